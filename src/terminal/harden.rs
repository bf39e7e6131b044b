//! What a process can do so that others see less of it.

use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};
use std::sync::OnceLock;

/// What was so before, for a program that takes this one's place.
static BEFORE: OnceLock<(Mode, Rlimit)> = OnceLock::new();

/// No core dumps, no reading of our memory by others of the same user, files that only the owner can read, and
/// panics that tell nothing but their place. The first thing that `main` does. Where the system says no, we run all
/// the same.
pub fn harden() {
    super::guard::hush_panics();
    let cores = getrlimit(Resource::Core);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), ..cores });
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    let mask = umask(Mode::RWXG | Mode::RWXO);
    let _ = BEFORE.set((mask, cores));
}

/// Takes back what a program that takes this one's place would inherit: it is somebody else's, and its files are too.
pub fn soften() {
    if let Some((mask, cores)) = BEFORE.get() {
        umask(*mask);
        let _ = setrlimit(Resource::Core, *cores);
    }
}
