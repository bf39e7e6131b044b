//! What the tests drive the real program with: a home of its own, a terminal, an sshd, a tmux.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

pub mod escapes;
pub mod home;
pub mod pty;
pub mod samples;
mod selftest;
pub mod sshd;
pub mod tmux;

use std::path::{Path, PathBuf};

/// Where a program is: in `PATH`, or where daemons live, which is not in everybody's `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let daemons = ["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(daemons).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The same, but says that a test passes over when the program is not there.
pub fn need_program(name: &str) -> Option<PathBuf> {
    let found = find_program(name);
    if found.is_none() {
        say(&format!("passed over: {name} is not installed"));
    }
    found
}

/// Tells whoever runs the tests something that a passing test would hide.
pub fn say(what: &str) {
    use std::io::Write;
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    // Not eprintln: the test runner would keep that to itself.
    let _ = writeln!(std::io::stderr(), "{name}: {what}");
}

/// Writes an executable script.
pub fn write_script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).unwrap();
}

/// A word as `sh` reads it back.
pub fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
