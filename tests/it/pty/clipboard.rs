//! Codes on the clipboard of the terminal's own machine.

use super::up;
use crate::harness::escapes::clipboard;
use crate::harness::eventually;
use crate::harness::home::{Home, grouped};
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

/// What the terminal around tmux gets, and what is said: docs/clipboard.md's second table.
#[test]
fn tmux_does_with_a_code_what_its_settings_say() {
    for clipboard in ["external", "on", "off"] {
        for passthrough in ["on", "off"] {
            let settings =
                format!("set -s set-clipboard {clipboard}\nset -g allow-passthrough {passthrough}\n");
            let home = Home::with_two();
            let Some(tmux) = Tmux::new(&home, &settings) else { return };
            match (clipboard, passthrough) {
                (_, "on") => passed_on(&home, &tmux, ""),
                // tmux passes no empty text on.
                ("on", _) => passed_on(&home, &tmux, " "),
                _ => dropped(&home, &tmux),
            }
        }
    }
}

/// The terminal gets the code, and in the end `last` in its place.
#[track_caller]
fn passed_on(home: &Home, tmux: &Tmux, last: &str) {
    let mut pty = up(over_ssh(tmux.terminal(home)).size(80, 24).start());
    copy(&mut pty, home);
    assert!(!pty.text().contains("tmux needs"), "{}", pty.text());
    let held = tmux.buffers();
    assert!(last.is_empty() == held.is_empty(), "tmux holds {held:?}");
    pty.press("q");
    pty.wait_exit();
    let sent = clipboard(pty.raw());
    assert_eq!(sent.last().map(String::as_str), Some(last), "{sent:?}");
}

/// The terminal gets nothing, and that is told.
#[track_caller]
fn dropped(home: &Home, tmux: &Tmux) {
    let mut pty = up(over_ssh(tmux.terminal(home)).size(80, 24).start());
    pty.press("c");
    pty.wait_text("tmux needs allow-passthrough or set-clipboard on");
    pty.press("q");
    pty.wait_exit();
    assert_eq!(clipboard(pty.raw()), [""; 0]);
}

/// keyfob deletes the buffer in which tmux keeps a code; others stay.
#[test]
fn tmux_keeps_no_code_and_loses_nothing_else() {
    let home = Home::with_two();
    let Some(tmux) = Tmux::new(&home, "set -s set-clipboard on\nset -g allow-passthrough off\n") else {
        return;
    };
    let mut pty = up(over_ssh(tmux.terminal(&home)).size(80, 24).start());
    tmux.run(&["set-buffer", "somebody's own"]);
    copy(&mut pty, &home);
    assert_eq!(tmux.buffers().len(), 2);
    pty.press("L");
    eventually("tmux forgets the code", || tmux.buffers() == ["somebody's own"]);
    pty.press("Ctrl-c");
    pty.wait_exit();
}

#[test]
fn a_clipboard_that_is_off_gets_nothing_and_the_code_is_shown() {
    let home = Home::with_two();
    configure(&home, "clipboard = \"off\"\n");
    let mut pty = up(over_ssh(home.screen()).start());
    let known: Vec<String> = codes(&home).iter().map(|code| grouped(code)).collect();
    pty.press("c");
    pty.wait_text("not copied: the clipboard is off");
    let said = pty.text();
    assert!(known.iter().any(|code| said.contains(&format!("{code} not copied"))), "{said}");
    assert_eq!(clipboard(&pty.quit()), [""; 0]);
}

#[test]
fn the_systems_clipboard_without_a_display_says_so() {
    let home = Home::with_two();
    configure(&home, "clipboard = \"system\"\n");
    let mut pty = up(home.screen().start());
    pty.press("c");
    pty.wait_text("not copied: ");
    assert_eq!(clipboard(&pty.quit()), [""; 0]);
}

#[test]
fn a_code_that_is_to_stay_is_not_cleared() {
    let home = Home::with_two();
    configure(&home, "clear_clipboard = 0\n");
    let mut pty = up(over_ssh(home.screen()).start());
    copy(&mut pty, &home);
    assert!(!pty.text().contains("cleared"), "{}", pty.text());
    let sent = clipboard(&pty.quit());
    assert!(sent.len() == 1 && !sent[0].is_empty(), "{sent:?}");
}

#[test]
fn the_command_obeys_the_setting_and_prints_the_code_all_the_same() {
    for (setting, said) in [("off", "the clipboard is off"), ("system", "not sent to the clipboard: ")] {
        let home = Home::with_two();
        configure(&home, &format!("clipboard = \"{setting}\"\n"));
        let ran = home.run(&["code", "alice", "--copy"], "");
        assert!(ran.code == Some(0) && ran.stdout.trim().len() == 6, "{ran:?}");
        assert!(ran.stderr.contains(said), "{ran:?}");
    }
}

fn configure(home: &Home, text: &str) {
    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    std::fs::write(home.path("config/keyfob/config.toml"), text).unwrap();
}
