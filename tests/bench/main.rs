//! How long things take, next to what the libraries below need alone, measured in the same run: a number
//! means something only as a ratio to its neighbour.
//!
//! `cargo bench` runs them all, `cargo bench save` those whose name holds that word, and
//! `cargo bench idle` tells what the program costs while nobody types, in half a minute or in as many seconds as
//! are named: `cargo bench -- idle 3600`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of benchmarks

mod app;
mod codes;
mod frames;
mod terminal;
mod vault;

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "idle").skip(1);
    if std::env::args().any(|argument| argument == "idle") {
        return terminal::idle(arguments.find_map(|argument| argument.parse().ok()).unwrap_or(30));
    }
    divan::main();
}
