//! Every system call of a whole session: no secret leaves by one, no file is opened or left that is not ours.

use super::trace::{Call, calls};
use crate::harness::home::{Home, KEYFOB};
use crate::harness::pty::Pty;
use crate::harness::{need_program, quoted, say};
use crate::memory::everything::{PASSPHRASE, WRONG, home, passphrases, secrets, unlock, use_everything};
use crate::memory::needles::of_identity;
use crate::memory::scan::Needles;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// All that lets bytes out, and all that opens, makes or starts something.
const TRACED: &str = "trace=%file,%network,%process,write,writev,pwrite64,pwritev,pwritev2,sendfile,splice,ioctl,\
                      msgsnd,mq_timedsend,process_vm_writev,memfd_create,prctl,add_key,keyctl";

/// A session under strace, and where that writes to; the umask is that of somebody who never thought of it.
fn traced(home: &Home, options: &[String]) -> Option<Pty> {
    let strace = need_program("strace")?;
    let words: Vec<String> = options.iter().map(|word| quoted(word)).collect();
    let script = format!(
        "umask 000; exec {} -f -qq -y -v -xx -s 1000000 -o {} -e {TRACED} {KEYFOB} {}",
        quoted(&strace.display().to_string()),
        quoted(&log(home).display().to_string()),
        words.join(" ")
    );
    Some(home.terminal("/bin/sh").args(&["-c", &script]).start())
}

/// Beside the home folder's other files, but none that the program makes.
fn log(home: &Home) -> PathBuf {
    home.path("strace.log")
}

/// Unlocks, browses, copies, shows a secret, pastes a device, imports, exports, locks and quits. None: strace may not
/// trace here.
fn whole_session(home: &Home) -> Option<()> {
    let mut pty = traced(home, &home.vault_option())?;
    pty.wait("a question, or a refusal", |screen| {
        screen.contains("passphrase") || screen.contains("strace:")
    });
    if pty.text().contains("strace:") {
        say("passed over: strace may not trace here");
        return None;
    }
    unlock(&mut pty, WRONG);
    pty.wait_text("does not open");
    unlock(&mut pty, PASSPHRASE);
    pty.wait_text("alice");
    pty.press_and_see("Right");
    use_everything(&mut pty);
    pty.press("L");
    pty.wait_text("passphrase");
    pty.press("Ctrl-c");
    pty.wait_exit();
    Some(())
}

fn needles(home: &Home) -> Needles {
    passphrases().into_iter().chain(secrets()).chain(of_identity(&home.vault(), PASSPHRASE)).collect()
}

/// Eight bytes of one in a row are as good as all of it.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let parts: BTreeSet<&[u8]> = needle.windows(8).collect();
    bytes.windows(8).any(|window| parts.contains(window))
}

/// What of the needles goes out by a call, each with the call that lets it out.
fn leaks(calls: &[Call], needles: &Needles) -> Vec<String> {
    let of = |call: &Call| {
        let found = needles.iter().filter(|(_, needle)| call.texts.iter().any(|text| holds(text, needle)));
        found.map(|(name, _)| format!("{name} by {}", call.told)).collect::<Vec<_>>()
    };
    calls.iter().flat_map(of).collect()
}

/// What a session may open: what the loader, the C library and Rust's own look at, the terminal, and its own files.
fn may_open(path: &Path, home: &Path) -> bool {
    let text = path.to_string_lossy();
    let ours = ["vault.age", "state/", "config/keyfob/", "list.txt", "backup.age", "keyfob", "data/"];
    let in_home = path.strip_prefix(home).is_ok_and(|below| {
        let below = below.to_string_lossy();
        below.is_empty()
            || ours.iter().any(|start| below.starts_with(start) || below.starts_with(&format!(".{start}")))
    });
    let library = text.contains("/lib") && (text.contains(".so") || text.ends_with("/glibc-hwcaps"));
    let system = [
        "/etc/ld.so.",
        "/proc/self/",
        "/dev/pts/",
        "/dev/tty",
        "/dev/null",
        "/dev/urandom",
        "/etc/localtime",
        "/usr/share/zoneinfo",
        "/sys/fs/cgroup/",
    ];
    in_home || library || system.iter().any(|start| text.starts_with(start))
}

#[test]
fn no_secret_leaves_by_any_system_call_of_a_whole_session() {
    let home = home();
    let before = tree(&home.path(""));
    if whole_session(&home).is_none() {
        return;
    }
    let calls = calls(&std::fs::read_to_string(log(&home)).unwrap());
    assert!(calls.len() > 300, "{} calls", calls.len());
    let shown = |call: &Call| call.name.starts_with("write") && call.told.contains("</dev/pts/");
    let (to_terminal, others): (Vec<Call>, Vec<Call>) = calls.iter().cloned().partition(shown);
    assert!(to_terminal.len() > 20, "{} writes to the terminal", to_terminal.len());
    let needles = needles(&home);
    assert_eq!(leaks(&others, &needles), [""; 0]);
    // The secret that was asked for is on the screen, in groups; nothing else of them ever is.
    let on_screen = leaks(&to_terminal, &needles);
    assert!(on_screen.iter().all(|leak| leak.starts_with("the first secret in groups by ")), "{on_screen:?}");
    assert!(!on_screen.is_empty(), "the test has to see what it looks for");
    assert_calls(&calls, &home.path(""));
    assert_modes(&home, &before);
    say(&format!(
        "{} calls, {} of them writes to the terminal, {} needles",
        calls.len(),
        to_terminal.len(),
        needles.len()
    ));
}

/// No network, no other program, no file but those that are known.
#[track_caller]
fn assert_calls(calls: &[Call], home: &Path) {
    let named =
        |names: &[&str]| calls.iter().filter(|call| names.contains(&call.name.as_str())).collect::<Vec<_>>();
    let started = named(&["execve", "execveat", "fork", "vfork"]);
    assert_eq!(started.len(), 1, "{started:?}");
    // A pair of sockets wakes the loop; the agent's is asked for by its path.
    for call in named(&["socket", "connect", "bind", "listen"]) {
        assert!(call.told.contains("AF_UNIX"), "{call:?}");
    }
    // The second half of an interrupted call has no path: the first had it.
    let opened = named(&["open", "openat", "openat2", "creat"])
        .into_iter()
        .filter(|call| !call.told.contains("resumed>"));
    for call in opened {
        let path = call.path();
        assert!(may_open(&path, home), "{} was opened: {}", path.display(), call.told);
    }
    let dumpable = named(&["prctl"]);
    assert!(
        dumpable.iter().any(|call| call.told.contains("PR_SET_DUMPABLE, SUID_DUMP_DISABLE")),
        "{dumpable:?}"
    );
}

/// All below a folder.
fn tree(folder: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(tree(&path));
        }
        all.insert(path);
    }
    all
}

/// What a session made is its owner's alone, whatever the umask was.
#[track_caller]
fn assert_modes(home: &Home, before: &BTreeSet<PathBuf>) {
    let made: Vec<PathBuf> =
        tree(&home.path("")).difference(before).filter(|path| **path != log(home)).cloned().collect();
    assert!(made.iter().any(|path| path.ends_with("backup.age")) && made.len() > 4, "{made:?}");
    for path in made.iter().chain([&home.vault()]) {
        let rights = std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(rights, wanted, "{}: {rights:o}", path.display());
    }
}

/// The control: an export in clear text is seen for what it is, and its file is still its owner's alone.
#[test]
fn a_secret_that_leaves_is_seen() {
    let home = home();
    let before = tree(&home.path(""));
    let mut options = home.options().to_vec();
    options.extend(["export", "clear.txt", "--format", "uris", "--plaintext"].map(str::to_owned));
    options[1] = home.vault().display().to_string();
    let Some(mut pty) = traced(&home, &options) else { return };
    pty.wait_exit();
    if pty.text().contains("strace:") {
        return say("passed over: strace may not trace here");
    }
    let calls = calls(&std::fs::read_to_string(log(&home)).unwrap());
    let found = leaks(&calls, &needles(&home));
    assert!(found.iter().any(|leak| leak.starts_with("the first secret in base32 by write")), "{found:?}");
    let others = found.iter().filter(|leak| !leak.starts_with("the first secret in base32"));
    assert_eq!(others.count(), 0, "{found:?}");
    let made: Vec<PathBuf> = tree(&home.path("")).difference(&before).cloned().collect();
    let clear = made.iter().find(|path| path.to_string_lossy().contains("clear.txt"));
    let clear = clear.cloned().unwrap_or_else(|| PathBuf::from("clear.txt"));
    assert_eq!(std::fs::metadata(clear).unwrap().permissions().mode() & 0o7777, 0o600);
}
