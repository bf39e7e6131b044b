//! What is left in the memory of the real program of what it must forget.

mod agent;
mod footprint;
pub mod needles;
pub mod scan;

use crate::harness::home::{Home, KEYFOB, uri};
use crate::harness::pty::Pty;
use crate::harness::say;
use needles::{of_identity, of_secret};
use scan::{Needles, scan};

/// Texts and bytes that stand in no dictionary, program or test but this one.
const PASSPHRASE: &str = "zK4vQ9xLm2Wp7TfdRb6N";
const WRONG: &str = "Yq8HsJ3cGt5XnVw1Eoua";
const FIRST: &str = "R6PV3SCHQFYKO67UE4YZ4CW7J7ZLJ4T5";
const PASTED: &str = "527EDS2UHQ5EGSUKRZSMELKOMODJYGFV";
const IMPORTED: &str = "EQ4OFLPYSXRA7FBPPD656G3IMUIEJJZL";
const BACKUP: &str = "Lf7UdC0zPk9ArMi4SbXg";

fn home() -> Home {
    let home = Home::empty();
    std::fs::write(home.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    home.done(&["init", "--work-factor", "10"]);
    home.add(&uri("First", "alice", FIRST));
    std::fs::write(home.path("list.txt"), uri("Imported", "carol", IMPORTED)).unwrap();
    home
}

fn passphrases() -> Needles {
    [("the passphrase", PASSPHRASE), ("the wrong passphrase", WRONG), ("the backup's passphrase", BACKUP)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .to_vec()
}

fn secrets() -> Needles {
    [("first", FIRST), ("pasted", PASTED), ("imported", IMPORTED)]
        .into_iter()
        .flat_map(|(name, base32)| of_secret(&format!("the {name} secret"), base32))
        .collect()
}

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

fn unlock(pty: &mut Pty, typed: &str) {
    pty.wait_text("passphrase");
    pty.type_text(typed);
    pty.press("Enter");
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
    // Copied, shown, pasted and saved, imported, exported.
    pty.press_and_see("Enter");
    pty.press_and_see("V");
    unlock(&mut pty, PASSPHRASE);
    pty.wait("the secret", |screen| screen.contains(&FIRST[..4]) && screen.contains(&FIRST[28..]));
    pty.press("Esc");
    pty.wait_text("alice");
    pty.paste(&uri("Pasted", "bob", PASTED));
    pty.wait_text("bob");
    pty.press("Enter");
    pty.wait_text("2 devices");
    pty.press("Esc");
    pty.press_until("i", "the import form", |screen| screen.contains("Import"));
    pty.type_text("~/list.txt");
    pty.press("Enter");
    pty.wait_text("1 to add");
    pty.press("Enter");
    pty.wait_text("3 devices");
    pty.press_and_see("x");
    pty.press("Ctrl-u");
    pty.type_text("~/backup.age");
    pty.press("Tab");
    pty.type_text(BACKUP);
    pty.press("Tab");
    pty.type_text(BACKUP);
    pty.press("Enter");
    pty.wait_text("read back");
    pty.press("Esc");
    pty.wait_text("alice");
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
