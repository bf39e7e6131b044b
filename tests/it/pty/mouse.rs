//! The mouse, where the terminal has one.

use super::up;
use crate::harness::escapes::clipboard;
use crate::harness::home::Home;

#[test]
fn a_click_selects_and_a_double_one_copies() {
    let home = Home::with_two();
    let mut pty = up(home.screen().env("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2").start());
    let text = pty.text();
    let row = text.lines().position(|line| line.contains("bob")).unwrap() + 1;
    let known = home.codes("bob");
    let press = format!("\x1b[<0;10;{row}M\x1b[<0;10;{row}m");
    pty.type_text(&press);
    pty.wait("the other device selected", |screen| {
        screen.lines().any(|line| line.contains('▌') && line.contains("bob"))
    });
    assert_eq!(clipboard(pty.raw()), Vec::<String>::new());
    pty.type_text(&press.repeat(2));
    pty.wait_until("its code at this end", |pty| {
        clipboard(pty.raw()).iter().any(|text| known.contains(text))
    });
    pty.quit();
}
