//! How long things take, next to what the libraries below need alone, measured in the same run: a number
//! means something only as a ratio to its neighbour.
//!
//! `cargo bench` runs them all, `cargo bench save` those whose name holds that word.
#![allow(clippy::unwrap_used)] // helpers of benchmarks

mod app;
mod codes;
mod frames;
mod vault;

fn main() {
    divan::main();
}
