//! What the tests drive the real program with: a home of its own, a terminal, an sshd, a tmux.

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

/// What something came to, and what it took here and now: to spread something over that, or to be told. No test fails
/// by it.
#[allow(clippy::disallowed_methods)]
pub fn timed<T>(something: impl FnOnce() -> T) -> (T, std::time::Duration) {
    let start = std::time::Instant::now();
    (something(), start.elapsed())
}

/// Kills a program at some moment of its life, whatever it does then; whether it had ended well by then.
pub fn kill_at(child: &mut std::process::Child, moment: std::time::Duration) -> bool {
    std::thread::sleep(moment);
    let _ = child.kill();
    child.wait().unwrap().success()
}

/// Waits until something is so.
#[track_caller]
#[allow(clippy::disallowed_methods)] // a deadline, as in `pty`
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + pty::PATIENCE;
    while !is_so() {
        assert!(std::time::Instant::now() < deadline, "{what}: not within {:?}", pty::PATIENCE);
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Whether a process is there and more than a zombie, which only its parent can bury.
pub fn is_alive(pid: u32) -> bool {
    state_of(pid).is_some_and(|state| !matches!(state, 'Z' | 'X'))
}

/// The letter for what a process is at (proc(5)): `S` where it waits for something.
pub fn state_of(pid: u32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
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
