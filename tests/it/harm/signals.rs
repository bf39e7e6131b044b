//! Signals, hang-ups and stops in every screen: the terminal is given back, nothing is lost, nothing runs on.

use super::sessions::{From, SESSIONS, Session, assert_intact, begin};
use crate::harness::home::{Home, KEYFOB};
use crate::harness::pty::Exit;
use crate::harness::tmux::Tmux;
use crate::harness::{eventually, is_alive, say};
use rustix::process::Signal;
use std::process::{Command, Stdio};

/// Those that end it, and what the system calls an end by each.
const ENDING: [(Signal, u32, &str); 11] = [
    (Signal::HUP, 1, "Hangup"),
    (Signal::INT, 2, "Interrupt"),
    (Signal::QUIT, 3, "Quit"),
    (Signal::ABORT, 6, "Aborted"),
    (Signal::USR1, 10, "User defined signal 1"),
    (Signal::USR2, 12, "User defined signal 2"),
    (Signal::ALARM, 14, "Alarm clock"),
    (Signal::TERM, 15, "Terminated"),
    (Signal::XCPU, 24, "CPU time limit exceeded"),
    (Signal::VTALARM, 26, "Virtual timer expired"),
    (Signal::PROF, 27, "Profiling timer expired"),
];

/// So many sessions at a time, each in a terminal of its own.
fn in_pairs<T: Sync>(all: &[T], one: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for half in all.chunks(all.len().div_ceil(2)) {
            scope.spawn(|| half.iter().for_each(&one));
        }
    });
}

#[test]
fn every_signal_in_every_screen_gives_the_terminal_back() {
    let (home, empty) = (Home::with_two(), Home::empty());
    let cases: Vec<(&Session, (Signal, u32, &str))> =
        SESSIONS.iter().flat_map(|session| ENDING.map(|signal| (session, signal))).collect();
    in_pairs(&cases, |(session, (signal, number, name))| {
        let mut pty = begin(&home, &empty, session, &[]);
        pty.signal(*signal);
        let exit = pty.wait_exit();
        let by_signal = Exit::Signal((*name).to_owned());
        assert!(exit == Exit::Code(128 + number) || exit == by_signal, "{} {name}: {exit:?}", session.0);
        let left = pty.not_restored();
        assert!(left.is_empty(), "{} {name}: {left:?}", session.0);
    });
    assert_intact(&home, &empty);
    say(&format!("{} screens, {} signals, {} ends", SESSIONS.len(), ENDING.len(), cases.len()));
}

#[test]
fn signals_that_end_nothing_change_nothing() {
    let (home, empty) = (Home::with_two(), Home::empty());
    let sessions: Vec<&Session> = SESSIONS.iter().filter(|session| session.1 != From::Command).collect();
    in_pairs(&sessions, |session| {
        let mut pty = begin(&home, &empty, session, &[]);
        for _ in 0..50 {
            for signal in [Signal::PIPE, Signal::WINCH, Signal::CONT, Signal::CHILD, Signal::URG] {
                pty.signal(signal);
            }
        }
        let shows = session.3.to_lowercase();
        pty.press("Ctrl-l");
        pty.wait_taken();
        pty.wait(session.0, |screen| screen.to_lowercase().contains(&shows));
        pty.press("Ctrl-c");
        assert!(matches!(pty.wait_exit(), Exit::Code(0 | 130)), "{}", session.0);
        pty.assert_restored();
    });
    assert_intact(&home, &empty);
}

/// A window that is dragged: many sizes in a row, each with its signal.
#[test]
fn a_storm_of_sizes_ends_in_the_right_picture() {
    let (home, empty) = (Home::with_two(), Home::empty());
    for session in SESSIONS.iter().filter(|session| session.1 == From::Open).step_by(4) {
        let mut pty = begin(&home, &empty, session, &[]);
        for number in 0..2_000_u16 {
            pty.resize(20 + number * 7 % 120, 5 + number * 3 % 50);
            pty.signal(Signal::WINCH);
        }
        pty.resize(100, 45);
        let shows = session.3.to_lowercase();
        pty.wait(session.0, |screen| screen.to_lowercase().contains(&shows) && screen.lines().count() > 30);
        pty.press("Ctrl-c");
        assert!(matches!(pty.wait_exit(), Exit::Code(0 | 130)), "{}", session.0);
        pty.assert_restored();
    }
}

/// How many hang-ups: 57 in each run of the tests, so many as `KEYFOB_HANG_UPS` says else.
fn hang_ups() -> usize {
    std::env::var("KEYFOB_HANG_UPS").ok().and_then(|number| number.parse().ok()).unwrap_or(SESSIONS.len() * 3)
}

#[test]
fn hang_ups_in_a_row_leave_none_running() {
    let (home, empty) = (Home::with_two(), Home::empty());
    let numbers: Vec<usize> = (0..hang_ups()).collect();
    in_pairs(&numbers, |number| {
        let session = &SESSIONS[number % SESSIONS.len()];
        let mut pty = begin(&home, &empty, session, &[]);
        let pid = u32::try_from(pty.pid()).unwrap();
        // In the middle of what it does for a key, or at rest.
        if number % 2 == 0 {
            pty.press("Down");
        }
        pty.hang_up();
        let exit = pty.wait_exit();
        let ended = matches!(&exit, Exit::Code(129)) || exit == Exit::Signal("Hangup".to_owned());
        assert!(ended || session.1 == From::Command, "{}: {exit:?}", session.0);
        assert!(!is_alive(pid));
    });
    assert_intact(&home, &empty);
    say(&format!("{} hang-ups, none left running", numbers.len()));
}

#[test]
fn a_killed_tmux_session_takes_it_along() {
    let home = Home::with_two();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut pty = tmux.terminal(&home).start();
    pty.wait_text("alice");
    let pid: u32 = tmux.run(&["display-message", "-p", "#{pane_pid}"]).trim().parse().unwrap();
    assert!(is_alive(pid));
    tmux.run(&["kill-session", "-t", "test"]);
    eventually("end of keyfob", || !is_alive(pid));
    pty.wait_exit();
    assert_eq!(home.accounts(), ["alice", "bob"]);
}

/// Without standard streams the screen is refused, and commands still work or say why not.
#[test]
fn closed_streams_are_an_error_and_no_hang() {
    let home = Home::with_two();
    for (redirections, arguments) in [
        ("<&-", ""),
        (">&-", ""),
        ("<&- >&- 2>&-", ""),
        ("<&-", "list"),
        (">&-", "list"),
        ("2>&-", "code nobody"),
        ("<&- >&- 2>&-", "list"),
        (">/dev/full", "list"),
    ] {
        let words: Vec<String> = home.options().iter().map(|word| crate::harness::quoted(word)).collect();
        let script = format!("exec {KEYFOB} {} {arguments} {redirections}", words.join(" "));
        let mut command = Command::new("/bin/sh");
        command.env_clear().envs(home.env()).current_dir(home.path("")).args(["-c", &script]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command.output().unwrap();
        let code = output.status.code();
        assert!(code.is_some_and(|code| code <= 5), "{script}: {output:?}");
        assert!(!arguments.is_empty() || code == Some(5), "{script}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("fault in keyfob"), "{script}: {said}");
    }
    assert_eq!(home.accounts(), ["alice", "bob"]);
}
