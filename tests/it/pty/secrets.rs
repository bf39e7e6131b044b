//! A secret on the real screen: only after the passphrase, and only for a while.

use super::two;
use crate::harness::home::{Home, OTHER_SECRET, PASSPHRASE, RFC_SECRET};

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
    pty.wait("secret", &shown);
    pty.press("Esc");
    pty.wait("list", |screen| screen.contains("alice") && !shown(screen));
    let raw = pty.quit();
    assert!(!String::from_utf8_lossy(&raw).contains(PASSPHRASE));
}
