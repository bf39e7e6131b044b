//! Coming up, unlocking, and what an environment asks for.

use super::{shows_a_code, two, up};
use crate::harness::escapes::colours;
use crate::harness::home::{Home, PASSPHRASE, RFC_SECRET, grouped, uri};
use crate::harness::pty::Exit;

#[test]
fn the_list_comes_up_with_codes_and_q_gives_the_terminal_back() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.wait("a code", shows_a_code);
    pty.press_and_see("Down");
    pty.press_and_see("Up");
    pty.quit();
}

#[test]
fn the_code_on_the_screen_is_that_of_now() {
    let home = Home::with_vault();
    home.add(&uri("AWS", "alice", RFC_SECRET));
    let mut pty = home.screen().start();
    pty.wait_text("alice");
    let codes = home.codes("alice").map(|code| grouped(&code));
    pty.wait("the code of now", |screen| codes.iter().any(|code| screen.contains(code)));
    pty.quit();
}

#[test]
fn a_passphrase_is_typed_unseen_and_can_be_tried_again() {
    let home = Home::with_two();
    let mut pty = home.locked_screen().start();
    pty.wait("question", |screen| screen.to_lowercase().contains("passphrase"));
    pty.type_text("another-one");
    pty.press("Enter");
    pty.wait_text("does not open");
    pty.press("Ctrl-u");
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    let raw = up(pty).quit();
    let text = String::from_utf8_lossy(&raw);
    assert!(!text.contains(PASSPHRASE) && !text.contains("another-one"));
}

#[test]
fn a_locked_vault_shows_nothing_and_can_be_left() {
    let home = Home::with_two();
    let mut pty = home.locked_screen().start();
    pty.wait("question", |screen| screen.to_lowercase().contains("passphrase"));
    assert!(!pty.text().contains("alice"));
    pty.press("Ctrl-c");
    assert!(matches!(pty.wait_exit(), Exit::Code(0 | 130)));
    pty.assert_restored();
}

#[test]
fn no_color_writes_no_colour() {
    let home = Home::with_two();
    let raw = up(home.screen().env("NO_COLOR", "1").start()).quit();
    assert_eq!(colours(&raw), [""; 0]);
}

#[test]
fn a_locale_without_utf_8_gets_ascii() {
    let home = Home::with_two();
    let raw = up(home.screen().env("LANG", "C").env("LC_ALL", "C").start()).quit();
    let beyond: Vec<&u8> = raw.iter().filter(|byte| !byte.is_ascii()).collect();
    assert!(beyond.is_empty(), "{beyond:x?}");
}

#[test]
fn a_dumb_terminal_is_refused_in_one_line() {
    let home = Home::with_two();
    let mut pty = home.screen().env("TERM", "dumb").start();
    let exit = pty.wait_exit();
    assert!(matches!(exit, Exit::Code(1 | 2 | 5)), "{exit:?}");
    let said = String::from_utf8(pty.raw().to_vec()).unwrap();
    let mut lines = said.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("keyfob: ")), "{said:?}");
    assert!(lines.all(|line| line.starts_with("  try: ")), "{said:?}");
    assert!(!said.contains('\x1b'), "{said:?}");
}
