//! Files that others put in the vault's place: a sync program, an older copy that comes back.

use super::{home, numbered};
use crate::harness::home::{Home, PASSPHRASE};
use crate::harness::pty::Pty;
use crate::vault::{add, candidate, passphrase};
use keyfob::vault::{Rollback, Session, Store, Unlock, Vault};
use std::path::Path;

const OLDER: &str = "an older copy of the vault came back";

/// Puts another file in the vault's place, as programs that sync do: written beside it, and renamed.
fn replace(home: &Home, with: &[u8]) {
    let beside = home.path("vault.age.sync-partial");
    std::fs::write(&beside, with).unwrap();
    std::fs::rename(beside, home.vault()).unwrap();
}

fn bytes(home: &Home) -> Vec<u8> {
    std::fs::read(home.vault()).unwrap()
}

fn open(path: &Path) -> Session {
    Store::real(path.to_owned()).read().unwrap().open(Unlock::Passphrase(&passphrase(PASSPHRASE))).unwrap()
}

fn accounts(vault: &Vault) -> Vec<String> {
    let mut accounts = crate::vault::accounts(vault);
    accounts.sort();
    accounts
}

#[test]
fn an_older_copy_that_comes_back_is_said_until_it_is_changed_and_the_newer_one_can_be_merged() {
    let home = home();
    let older = bytes(&home);
    home.add(&numbered(1));
    let newer = home.path("newer.age");
    std::fs::copy(home.vault(), &newer).unwrap();
    replace(&home, &older);
    for _ in 0..2 {
        let ran = home.run(&["list"], "");
        assert!(ran.code == Some(0) && ran.stderr.contains(OLDER), "{}", ran.stderr);
        assert!(ran.stderr.contains("keyfob merge"), "{}", ran.stderr);
    }
    assert_eq!(home.accounts(), ["user0000"]);
    assert!(home.run(&["add", "-"], &numbered(2)).stderr.contains(OLDER));
    let ran = home.run(&["merge", newer.to_str().unwrap()], "");
    assert!(ran.code == Some(0) && !ran.stderr.contains(OLDER), "{}", ran.stderr);
    assert_eq!(home.accounts(), ["user0000", "user0001", "user0002"]);
}

#[test]
fn another_copy_of_the_same_age_is_said_and_both_merge_without_loss_or_doubles() {
    let home = home();
    let common = bytes(&home);
    home.add(&numbered(1));
    let ours = home.path("ours.age");
    std::fs::copy(home.vault(), &ours).unwrap();
    // Another machine, which remembers nothing of what was seen here.
    let elsewhere = Home::empty();
    replace(&elsewhere, &common);
    elsewhere.add(&numbered(2));
    // One QR code was read on both.
    home.add(&numbered(3));
    std::fs::copy(home.vault(), &ours).unwrap();
    elsewhere.add(&numbered(3));
    replace(&home, &bytes(&elsewhere));
    let ran = home.run(&["list"], "");
    assert!(ran.stderr.contains("another copy of the vault's generation"), "{}", ran.stderr);
    home.done(&["merge", ours.to_str().unwrap()]);
    assert_eq!(home.accounts(), ["user0000", "user0001", "user0002", "user0003"]);
}

#[test]
fn with_read_only_it_is_said_and_nothing_is_written_down() {
    let home = home();
    let older = bytes(&home);
    home.add(&numbered(1));
    replace(&home, &older);
    assert!(home.run(&["list", "--read-only"], "").stderr.contains(OLDER));
    assert!(home.run(&["list"], "").stderr.contains(OLDER));
}

#[test]
fn what_a_sync_program_puts_under_an_open_session_is_merged_and_never_written_over() {
    let home = home();
    let older = bytes(&home);
    let mut session = open(&home.vault());
    add(&mut session, candidate(1));
    // The older copy: what is open here still holds all, and the next save brings it back.
    replace(&home, &older);
    add(&mut session, candidate(2));
    assert!(matches!(session.take_rollback(), Some(Rollback { held: true, .. }) | None));
    assert_eq!(accounts(open(&home.vault()).vault()), ["user0000", "user1", "user2"]);
    // A copy that was changed elsewhere.
    let elsewhere = home.path("elsewhere.age");
    std::fs::write(&elsewhere, &older).unwrap();
    let mut other = open(&elsewhere);
    add(&mut other, candidate(3));
    replace(&home, &std::fs::read(&elsewhere).unwrap());
    add(&mut session, candidate(4));
    assert_eq!(accounts(open(&home.vault()).vault()), ["user0000", "user1", "user2", "user3", "user4"]);
}

#[test]
fn a_session_tells_an_older_copy_when_it_reads_it() {
    let home = home();
    let older = bytes(&home);
    let mut session = open(&home.vault());
    add(&mut session, candidate(1));
    replace(&home, &older);
    assert!(session.reload().unwrap());
    let told = session.take_rollback().unwrap();
    assert!(told.held && told.here < told.seen, "{told:?}");
    assert_eq!(session.take_rollback(), None, "told once");
    assert_eq!(accounts(session.vault()), ["user0000", "user1"]);
}

#[test]
fn another_vault_in_its_place_is_never_written_over() {
    let home = home();
    let mut pty = up(&home);
    let other = Home::with_vault();
    replace(&home, &bytes(&other));
    pty.press("*");
    pty.wait_text("how this vault is locked was changed elsewhere");
    pty.wait_text("not saved");
    // Nor does it take in what does not belong to it when its own passphrase opens that.
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    pty.wait_text("another vault");
    assert_eq!(bytes(&home), bytes(&other));
    pty.hang_up();
}

fn up(home: &Home) -> Pty {
    let mut pty = home.screen().start();
    pty.wait_text("user0000");
    pty
}

#[test]
fn a_screen_says_that_an_older_copy_came_back_and_saves_what_it_holds() {
    let home = home();
    let older = bytes(&home);
    home.add(&numbered(1));
    let mut pty = up(&home);
    pty.wait_text("user0001");
    replace(&home, &older);
    pty.wait_text(OLDER);
    assert!(pty.text().contains("user0001"), "{}", pty.text());
    pty.press("*");
    pty.wait_text("saved");
    crate::harness::eventually("both on disk", || home.accounts() == ["user0000", "user0001"]);
    pty.quit();
    // One that starts on an older copy says so, too.
    replace(&home, &older);
    let mut pty = up(&home);
    pty.wait_text(OLDER);
    pty.quit();
}
