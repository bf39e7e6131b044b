//! A session of everything, and what of it must not be found elsewhere.

use super::needles::of_secret;
use super::scan::Needles;
use crate::harness::home::{Home, uri};
use crate::harness::pty::Pty;

/// Texts and bytes that stand in no dictionary, program or test but these.
pub const PASSPHRASE: &str = "zK4vQ9xLm2Wp7TfdRb6N";
pub const WRONG: &str = "Yq8HsJ3cGt5XnVw1Eoua";
pub const FIRST: &str = "R6PV3SCHQFYKO67UE4YZ4CW7J7ZLJ4T5";
const PASTED: &str = "527EDS2UHQ5EGSUKRZSMELKOMODJYGFV";
const IMPORTED: &str = "EQ4OFLPYSXRA7FBPPD656G3IMUIEJJZL";
const BACKUP: &str = "Lf7UdC0zPk9ArMi4SbXg";

pub fn home() -> Home {
    let home = Home::empty();
    std::fs::write(home.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    home.done(&["init", "--work-factor", "10"]);
    home.add(&uri("First", "alice", FIRST));
    std::fs::write(home.path("list.txt"), uri("Imported", "carol", IMPORTED)).unwrap();
    home
}

pub fn passphrases() -> Needles {
    [("the passphrase", PASSPHRASE), ("the wrong passphrase", WRONG), ("the backup's passphrase", BACKUP)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .to_vec()
}

pub fn secrets() -> Needles {
    [("first", FIRST), ("pasted", PASTED), ("imported", IMPORTED)]
        .into_iter()
        .flat_map(|(name, base32)| of_secret(&format!("the {name} secret"), base32))
        .collect()
}

pub fn unlock(pty: &mut Pty, typed: &str) {
    pty.wait_text("passphrase");
    pty.type_text(typed);
    pty.press("Enter");
}

/// Of an open vault: copies, shows a secret, pastes a device and saves it, imports, exports.
pub fn use_everything(pty: &mut Pty) {
    pty.press_and_see("Enter");
    pty.press_and_see("V");
    unlock(pty, PASSPHRASE);
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
}
