//! A fault on purpose, in debug builds alone: tests look at what a panic leaves behind, and what it tells.

/// The fault, where it is asked for.
///
/// # Panics
///
/// Once the file that `KEYFOB_PANIC` names is there and its first line is this place; the rest is the message.
#[cfg(debug_assertions)]
#[allow(clippy::panic)] // what it is for
pub fn fault_if_planted(place: &str) {
    let planted = std::env::var_os("KEYFOB_PANIC").and_then(|file| std::fs::read_to_string(file).ok());
    if let Some((_, message)) =
        planted.as_deref().and_then(|text| text.split_once('\n')).filter(|it| it.0 == place)
    {
        panic!("{message}");
    }
}

/// Nothing: there is no such fault in the program that people use.
#[cfg(not(debug_assertions))]
pub fn fault_if_planted(_: &str) {}
