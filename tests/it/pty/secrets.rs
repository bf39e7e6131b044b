//! A secret on the real screen: only after the passphrase, and only for a while.

use super::{holds, two};
use crate::harness::home::{Home, OTHER_SECRET, PASSPHRASE, RFC_SECRET, THIRD_SECRET, uri};

/// base32 in groups of four, as the screen writes it.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_secret_is_shown_after_the_right_passphrase_only() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press_and_see("Home V");
    pty.wait_text("passphrase");
    pty.type_text("quite another one");
    pty.press("Enter");
    pty.wait_text("does not open");
    let secrets = [RFC_SECRET, OTHER_SECRET].map(grouped);
    let shown = |screen: &str| secrets.iter().any(|secret| screen.contains(secret.as_str()));
    assert!(!shown(&pty.text()), "{}", pty.text());
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    pty.wait("secret", shown);
    pty.press("Esc");
    pty.wait("list", |screen| screen.contains("alice") && !shown(screen));
    let raw = pty.quit();
    assert!(!String::from_utf8_lossy(&raw).contains(PASSPHRASE));
}

#[test]
fn a_passphrase_that_was_changed_elsewhere_is_asked_for_and_nothing_is_lost() {
    let home = Home::with_two();
    let mut pty = two(&home);
    // A form keeps the screen from looking at the file until it has something to save.
    pty.paste(&uri("Pasted", "carol", THIRD_SECRET));
    pty.wait_text("Pasted");
    std::fs::write(home.path("new"), "another passphrase 7\n").unwrap();
    home.done(&["lock", "passphrase", "--new-passphrase-file", "new", "--work-factor", "10"]);
    std::fs::rename(home.path("new"), home.path("passphrase")).unwrap();
    // All is there, so that one Enter saves; a second one could come when the vault is locked already.
    pty.press("Enter");
    pty.wait("unlock form", |screen| screen.contains("changed elsewhere") && screen.contains("not saved"));
    assert_eq!(home.accounts(), ["alice", "bob"]);
    pty.type_text("another passphrase 7");
    pty.press("Enter");
    pty.wait("third device", holds(3));
    assert_eq!(home.accounts(), ["alice", "bob", "carol"]);
    pty.quit();
}
