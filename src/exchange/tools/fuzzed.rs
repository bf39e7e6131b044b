//! What is otherwise in a build for fuzzing (`--cfg fuzzing`, which cargo-fuzz sets).
//!
//! No fuzzer ever guesses a tag, and a key derivation that takes half a second leaves it two tries a second. So in such
//! a build nothing is derived dearly, what is sealed is taken for its own contents, and every proof holds: then
//! the readers behind the ciphers are fuzzed as well. Bounds are looked at all the same.

#[cfg(all(fuzzing, not(debug_assertions)))]
compile_error!("a build for fuzzing opens what it should not: it is never a release");

/// Whether this is such a build.
pub const FUZZED: bool = cfg!(fuzzing);

/// The most bytes that a key derivation fills in such a build; what would fill more is not run.
const MOST_WORK: u64 = 256 << 10;
/// The most rounds of one.
const MOST_ROUNDS: u32 = 16;

/// Whether a key derivation that fills so many bytes is passed over.
pub fn passes_over(work: u64) -> bool {
    FUZZED && work > MOST_WORK
}

/// How many rounds are run.
pub fn rounds(rounds: u32) -> u32 {
    if FUZZED { rounds.min(MOST_ROUNDS) } else { rounds }
}
