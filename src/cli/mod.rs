//! The command line: a second driver over the same floors.

use std::process::ExitCode;

/// Runs the program.
pub fn main() -> ExitCode {
    todo!()
}
