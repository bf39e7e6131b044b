//! Changes by keys: what the screen calls saved is on disk.

use super::{holds, two};
use crate::harness::home::{Home, PASSPHRASE, THIRD_SECRET, uri};
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_pasted_device_outlives_a_kill_once_it_is_called_saved() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.paste(&uri("Pasted", "carol", THIRD_SECRET));
    pty.wait_text("Pasted");
    pty.press_until("Enter", "third device", holds(3));
    pty.signal(Signal::KILL);
    pty.wait_exit();
    assert_eq!(home.accounts(), ["alice", "bob", "carol"]);
}

#[test]
fn a_device_is_added_by_the_form() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press_and_see("a");
    pty.type_text("krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu");
    pty.press("Tab");
    pty.type_text("Handmade");
    pty.press("Tab");
    pty.type_text("dave");
    pty.press_until("Enter", "third device", holds(3));
    assert_eq!(home.accounts(), ["alice", "bob", "dave"]);
    let at = |query: &str| home.done(&["code", query, "--at", "59"]);
    home.add(&uri("Pasted", "carol", &THIRD_SECRET.replace('K', "L")));
    assert_eq!(at("Handmade:dave"), at("dave"));
    assert_ne!(at("dave"), at("carol"));
}

#[test]
fn a_backup_is_written_read_back_and_whole() {
    let home = Home::with_two();
    let out = home.path("backup.age");
    let mut pty = two(&home);
    pty.press_and_see("x");
    pty.press("Ctrl-u");
    pty.type_text(&out.display().to_string());
    pty.press("Tab");
    pty.type_text(PASSPHRASE);
    pty.press("Tab");
    pty.type_text(PASSPHRASE);
    pty.press_until("Enter", "proof", |screen| screen.contains("read back"));
    assert_eq!(out.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!String::from_utf8_lossy(pty.raw()).contains(PASSPHRASE));
    let passphrase = home.path("passphrase");
    let (out, passphrase) = (out.to_str().unwrap(), passphrase.to_str().unwrap());
    let seen = home.json(&["import", out, "--password-file", passphrase, "--dry-run"]);
    assert_eq!((&seen["duplicate"], &seen["new"]), (&2.into(), &0.into()));
}

#[test]
fn two_good_codes_are_answered() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press_and_see("Home v");
    // Whichever device is the first of the list.
    let account = if pty.text().contains("alice") { "alice" } else { "bob" };
    let [first, second] = home.codes(account);
    assert!(!pty.text().contains("Both"));
    pty.type_text(&first);
    pty.press("Tab");
    pty.type_text(&second);
    pty.press_until("Enter", "answer", |screen| screen.contains("Both"));
}

#[test]
fn finding_narrows_the_list_as_one_types() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press("/");
    pty.type_text("githu");
    pty.wait("bob alone", |screen| screen.contains("bob") && !screen.contains("alice"));
    pty.press("Esc");
    pty.wait_text("alice");
    pty.quit();
}

#[test]
fn deleting_asks_and_can_be_undone() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press("Home");
    pty.press_and_see("d");
    pty.press_and_see("n");
    assert_eq!(home.accounts().len(), 2);
    // Asked anew, so the first question is over.
    pty.press_and_see("d");
    pty.press("y");
    pty.wait("one device", holds(1));
    assert_eq!(home.accounts().len(), 1);
    pty.press("u");
    pty.wait("both devices", holds(2));
    assert_eq!(home.accounts(), ["alice", "bob"]);
    pty.quit();
}
