//! What means harm, everywhere: strings, files, signals, owners; and that nothing secret leaves the program.

mod audit;
mod bombs;
mod commands;
mod owners;
mod panics;
mod screens;
mod sessions;
mod signals;
mod stream;
mod strings;
mod trace;

/// Of so many places each text is put into one, and into all of them where `KEYFOB_HARM=all`: that takes an hour.
/// Texts stand in the order of their kinds, so that each place gets some of each kind.
fn stride(places: usize) -> usize {
    if std::env::var("KEYFOB_HARM").is_ok_and(|wanted| wanted == "all") { 1 } else { places }
}
