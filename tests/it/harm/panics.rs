//! What a panic, and a program that is killed by a fault, leave behind: nothing of what they knew.

use super::sessions::{From, SESSIONS, Session, assert_intact, begin};
use crate::harness::home::Home;
use crate::harness::pty::Exit;
use crate::harness::{eventually, is_alive, need_program, say};
use rustix::process::Signal;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

/// What the message of a planted panic quotes.
const QUOTED: &str = "GEZDGNBV hunter2 passphrase";

fn plant(home: &Home, place: &str) {
    // Whole at once: the program may look at any moment.
    std::fs::write(home.path("planting"), format!("{place}\n{QUOTED}")).unwrap();
    std::fs::rename(home.path("planting"), home.path("panic")).unwrap();
}

#[test]
fn a_panic_in_every_screen_gives_the_terminal_back_and_quotes_nothing() {
    for session in SESSIONS.iter().filter(|session| session.1 != From::Command) {
        let (home, empty) = (Home::with_two(), Home::empty());
        let file = home.path("panic").display().to_string();
        let mut pty = begin(&home, &empty, session, &[("KEYFOB_PANIC", &file)]);
        plant(&home, "loop");
        pty.signal(Signal::WINCH);
        assert_eq!(pty.wait_exit(), Exit::Code(101), "{}", session.0);
        pty.assert_restored();
        let raw = String::from_utf8_lossy(pty.raw()).into_owned();
        let (_, after) = raw.rsplit_once("\u{1b}[?1049l").unwrap();
        assert!(after.contains("keyfob: a fault in keyfob ended it: src/"), "{}: {after}", session.0);
        assert!(!raw.contains("hunter2"), "{}", session.0);
        assert_intact(&home, &empty);
    }
}

#[test]
fn a_panic_in_the_background_does_too() {
    let (home, empty) = (Home::with_two(), Home::empty());
    let file = home.path("panic").display().to_string();
    let mut pty = begin(&home, &empty, &SESSIONS[0], &[("KEYFOB_PANIC", &file)]);
    plant(&home, "worker");
    pty.press("*");
    assert_eq!(pty.wait_exit(), Exit::Code(5));
    pty.assert_restored();
    let raw = String::from_utf8_lossy(pty.raw()).into_owned();
    assert!(raw.contains("a fault in keyfob ended it") && !raw.contains("hunter2"), "{raw}");
    assert_intact(&home, &empty);
}

#[test]
fn a_panic_in_a_command_tells_its_place_alone() {
    let home = Home::with_two();
    plant(&home, "command");
    for arguments in [&["list"][..], &["code", "alice", "--json"], &["export", "backup.age"]] {
        let mut command = home.command();
        let output = command.args(arguments).env("KEYFOB_PANIC", home.path("panic")).output().unwrap();
        assert_eq!(output.status.code(), Some(101));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with("keyfob: a fault in keyfob ended it: src/"), "{said}");
        assert!(!said.contains("hunter2") && !said.contains("GEZD") && output.stdout.is_empty(), "{said}");
    }
}

/// The limit on cores is raised, the folder is writable, and the signal of abort(3) comes. A shell under the same rules
/// leaves a core: the control.
#[test]
fn no_core_is_left_where_others_leave_one() {
    let home = Home::with_two();
    let cores = || {
        let all = std::fs::read_dir(home.path("")).unwrap();
        all.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("core")).count()
    };
    let run = |script: &str| {
        let mut command = Command::new("/bin/sh");
        command.env_clear().envs(home.env()).current_dir(home.path(""));
        command.args(["-c", &format!("ulimit -c unlimited 2>/dev/null; {script}")]).stdin(Stdio::piped());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let words: Vec<String> = home.options().iter().map(|word| crate::harness::quoted(word)).collect();
    // It waits for its input: with a vault that is open already by then.
    let mut child = run(&format!("exec {} {} add -", crate::harness::home::KEYFOB, words.join(" ")));
    let pid = child.id();
    let limits = || std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap_or_default();
    let is_ours =
        || std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name == "keyfob\n");
    let of_cores = |limits: &str| {
        limits.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default().to_owned()
    };
    eventually("a limit of no core", || {
        is_ours() && of_cores(&limits()).split_whitespace().nth(4) == Some("0")
    });
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), Signal::ABORT).unwrap();
    let status = child.wait().unwrap();
    assert_eq!((status.signal(), status.core_dumped()), (Some(6), false));
    assert_eq!(cores(), 0);
    let control = run("kill -ABRT $$").wait().unwrap();
    let seen = control.core_dumped() || cores() > 0;
    say(if seen { "the control left a core" } else { "no control: this system writes no cores" });
}

/// Whoever runs as the same user can't read its memory, its environment or its open files.
#[test]
fn others_of_the_same_user_cannot_look_into_it() {
    let Some(setpriv) = need_program("setpriv").filter(|_| rustix::process::geteuid().is_root()) else {
        say("passed over: only root can be another user");
        return;
    };
    let home = Home::with_two();
    let user = ["--reuid", "65123", "--regid", "65123", "--clear-groups"];
    let own = Command::new("chown").args(["-R", "65123:65123"]).arg(home.path("")).status();
    assert!(own.unwrap().success());
    let as_user = |program: &str| {
        let mut command = Command::new(&setpriv);
        command.args(user).arg(program).env_clear().envs(home.env());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut keyfob =
        as_user(crate::harness::home::KEYFOB).args(home.options()).args(["add", "-"]).spawn().unwrap();
    let mut sleeper = as_user("/bin/cat").spawn().unwrap();
    let named = |pid: u32, name: &str| {
        eventually(name, || {
            std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == name)
        });
    };
    named(keyfob.id(), "keyfob");
    named(sleeper.id(), "cat");
    let reads = |pid: u32, what: &str| {
        as_user("/bin/sh").args(["-c", &format!("head -c1 /proc/{pid}/{what}")]).status().unwrap().success()
    };
    eventually("a closed environment", || !reads(keyfob.id(), "environ"));
    for what in ["environ", "maps", "auxv"] {
        assert!(reads(sleeper.id(), what), "the control can't be read: {what}");
        assert!(!reads(keyfob.id(), what), "{what}");
    }
    for child in [&mut keyfob, &mut sleeper] {
        drop(child.stdin.take());
        child.wait().unwrap();
        assert!(!is_alive(child.id()));
    }
}

/// Sessions are used by their names alone here.
#[test]
fn each_screen_has_a_name_of_its_own() {
    let mut names: Vec<&str> = SESSIONS.iter().map(|session: &Session| session.0).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), SESSIONS.len());
}
