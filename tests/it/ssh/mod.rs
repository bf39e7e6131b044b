//! Over a real ssh connection: nothing is saved by halves when it breaks, and nothing lives on.

mod forced;

use crate::harness::escapes::clipboard;
use crate::harness::home::{Home, KEYFOB, PASSPHRASE, THIRD_SECRET, uri};
use crate::harness::pty::{Exit, Pty};
use crate::harness::sshd::{REMOTE_PID, Sshd};
use crate::harness::tmux::Tmux;
use crate::harness::{eventually, is_alive};
use rustix::process::Signal;

/// keyfob at the other end, with its list up.
#[track_caller]
fn connect(sshd: &Sshd, home: &Home) -> Pty {
    let words: Vec<String> = std::iter::once(KEYFOB.to_owned()).chain(home.options()).collect();
    up(sshd.client(home, &words).start())
}

#[track_caller]
fn up(mut pty: Pty) -> Pty {
    pty.wait("list of both devices", |screen| screen.contains("alice") && screen.contains("bob"));
    pty
}

fn says(what: &'static str) -> impl Fn(&str) -> bool {
    move |screen| screen.lines().next().unwrap_or_default().contains(what) && !screen.contains("not saved")
}

fn remote_pid(home: &Home) -> u32 {
    std::fs::read_to_string(home.path(REMOTE_PID)).unwrap().trim().parse().unwrap()
}

#[test]
fn a_code_reaches_the_clipboard_at_the_clients_end() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let mut pty = connect(&sshd, &home);
    pty.press_and_see("Down");
    let known: Vec<String> = ["alice", "bob"].iter().flat_map(|account| home.codes(account)).collect();
    pty.press("c");
    pty.wait_text("sent");
    let sent = clipboard(pty.raw());
    assert!(sent.iter().any(|text| known.contains(text)), "{sent:?}");
    let sent = clipboard(&pty.quit());
    assert_eq!(sent.last().map(String::as_str), Some(""));
}

#[test]
fn a_broken_connection_loses_nothing_and_leaves_nothing_running() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let mut pty = connect(&sshd, &home);
    pty.paste(&uri("Pasted", "carol", THIRD_SECRET));
    pty.wait_text("Pasted");
    pty.press_until("Enter", "third device", says("3 devices"));
    let pid = remote_pid(&home);
    assert!(is_alive(pid));
    pty.signal(Signal::KILL);
    pty.wait_exit();
    eventually("end of keyfob at the other end", || !is_alive(pid));
    let mut pty = connect(&sshd, &home);
    pty.wait_text("carol");
    pty.quit();
}

#[test]
fn a_backup_is_written_at_the_other_end() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let out = home.path("backup.age");
    let mut pty = connect(&sshd, &home);
    pty.press_and_see("x");
    pty.press("Ctrl-u");
    pty.type_text(&out.display().to_string());
    for _ in 0..2 {
        pty.press("Tab");
        pty.type_text(PASSPHRASE);
    }
    pty.press_until("Enter", "proof", |screen| screen.contains("read back"));
    assert!(std::fs::read(&out).unwrap().starts_with(b"age-encryption.org/v1\n"));
    assert!(!String::from_utf8_lossy(pty.raw()).contains(PASSPHRASE));
}

#[test]
fn in_tmux_it_outlives_the_connection_and_is_found_again() {
    let home = Home::with_two();
    let Some(sshd) = Sshd::start(&home) else { return };
    let Some(tmux) = Tmux::new(&home, "set -s set-clipboard on\nset -g allow-passthrough on\n") else {
        return;
    };
    let mut pty = up(sshd.client(&home, &tmux.words()).start());
    pty.press_and_see("Down");
    let known: Vec<String> = ["alice", "bob"].iter().flat_map(|account| home.codes(account)).collect();
    pty.press("c");
    pty.wait_until("a code at this end", |pty| clipboard(pty.raw()).iter().any(|text| known.contains(text)));
    pty.signal(Signal::KILL);
    pty.wait_exit();
    let mut pty = up(sshd.client(&home, &tmux.words()).start());
    pty.press("q");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
}
