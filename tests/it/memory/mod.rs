//! What is left in the memory of the real program of what it must forget.

mod agent;
pub mod everything;
mod footprint;
pub mod needles;
pub mod scan;

use crate::harness::home::KEYFOB;
use crate::harness::say;
use everything::{FIRST, PASSPHRASE, WRONG, home, passphrases, secrets, unlock, use_everything};
use needles::of_identity;
use scan::{Needles, scan};

/// Nothing of these is there. Whether it could be looked at.
#[track_caller]
fn assert_forgotten(pid: i32, needles: &Needles, when: &str) -> bool {
    let Some(found) = scan(pid, needles) else {
        say("passed over: another process's memory can't be read here");
        return false;
    };
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort();
    assert!(found.is_empty(), "{when}: {found:?}");
    true
}

#[test]
fn nothing_is_left_after_a_session_is_locked() {
    let home = home();
    let mut pty = home.locked_screen().start();
    unlock(&mut pty, WRONG);
    pty.wait_text("does not open");
    unlock(&mut pty, PASSPHRASE);
    pty.wait_text("alice");
    if !assert_forgotten(pty.pid(), &passphrases(), "after unlocking") {
        return;
    }
    // What this test looks for, it finds where it is: an open vault holds its secrets.
    let open = scan(pty.pid(), &secrets()).unwrap();
    assert!(open.contains_key("the first secret raw"), "{open:?}");
    use_everything(&mut pty);
    assert_forgotten(pty.pid(), &passphrases(), "while it is open");
    pty.press("L");
    pty.wait_text("passphrase");
    let mut all = passphrases();
    all.extend(secrets());
    all.extend(of_identity(&home.vault(), PASSPHRASE));
    assert_forgotten(pty.pid(), &all, "after locking");
    pty.press("Ctrl-c");
    pty.wait_exit();
}

#[test]
fn a_secret_that_is_shown_is_found_where_it_is() {
    let home = home();
    let mut pty = home.terminal(KEYFOB).args(&home.options()).start();
    pty.wait_text("alice");
    pty.press_and_see("V");
    unlock(&mut pty, PASSPHRASE);
    pty.wait("the secret", |screen| screen.contains(&FIRST[..4]) && screen.contains(&FIRST[28..]));
    if let Some(found) = scan(pty.pid(), &secrets()) {
        assert!(found.contains_key("the first secret raw"), "{found:?}");
    }
    pty.press("Ctrl-c");
    pty.wait_exit();
}
