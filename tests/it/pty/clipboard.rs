//! Codes on the clipboard of the terminal's own machine.

use super::up;
use crate::harness::escapes::clipboard;
use crate::harness::home::Home;
use crate::harness::pty::{Pty, Start};
use crate::harness::tmux::Tmux;

fn over_ssh(start: Start) -> Start {
    start.env("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2").env("SSH_TTY", "/dev/pts/9")
}

/// All codes that may be on the screen about now.
fn codes(home: &Home) -> Vec<String> {
    ["alice", "bob"].iter().flat_map(|account| home.codes(account)).collect()
}

#[track_caller]
fn copy(pty: &mut Pty, home: &Home) {
    let known = codes(home);
    pty.press("c");
    pty.wait_until("a code on the clipboard", |pty| {
        clipboard(pty.raw()).first().is_some_and(|text| known.contains(text))
    });
    pty.wait_text("sent");
}

#[test]
fn a_code_is_sent_by_osc_52_and_cleared_at_the_end() {
    let home = Home::with_two();
    let mut pty = up(over_ssh(home.screen()).start());
    copy(&mut pty, &home);
    let sent = clipboard(&pty.quit());
    assert!(sent.len() >= 2 && sent.last().is_some_and(String::is_empty), "{sent:?}");
}

#[test]
fn the_next_code_can_be_sent_too() {
    let home = Home::with_two();
    let mut pty = up(over_ssh(home.screen()).start());
    let known = codes(&home);
    pty.press("n");
    pty.wait_text("sent");
    let sent = clipboard(pty.raw());
    // A step may end between our look and the key.
    let later = codes(&home);
    assert!(sent.iter().any(|text| known.contains(text) || later.contains(text)), "{sent:?}");
    pty.quit();
}

#[test]
fn a_signal_clears_the_clipboard_too() {
    let home = Home::with_two();
    let mut pty = up(over_ssh(home.screen()).start());
    copy(&mut pty, &home);
    pty.signal(rustix::process::Signal::TERM);
    pty.wait_exit();
    assert_eq!(clipboard(pty.raw()).last().map(String::as_str), Some(""));
}

#[test]
fn tmux_passes_a_code_on_where_it_may() {
    for settings in ["set -s set-clipboard on\n", "set -g allow-passthrough on\n"] {
        let home = Home::with_two();
        let Some(tmux) = Tmux::new(&home, settings) else { return };
        let mut pty = up(over_ssh(tmux.terminal(&home)).start());
        copy(&mut pty, &home);
        pty.press("q");
        pty.wait_exit();
    }
}

#[test]
fn tmux_that_would_drop_a_code_is_told_of() {
    let home = Home::with_two();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut pty = up(over_ssh(tmux.terminal(&home)).size(80, 24).start());
    pty.press("c");
    pty.wait_text("set-clipboard");
    pty.press("q");
    pty.wait_exit();
}
