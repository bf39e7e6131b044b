//! The thin binary: everything is in the library.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: keyfob::terminal::wipe::WipingAllocator = keyfob::terminal::wipe::WipingAllocator;

fn main() -> ExitCode {
    keyfob::cli::main()
}
