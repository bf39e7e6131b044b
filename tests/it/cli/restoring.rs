//! Generations and backups, brought back.

use super::harness::{bare, said, transcript};
use crate::harness::home::{Home, KEYFOB, PASSPHRASE, THIRD_SECRET, uri};
use crate::harness::pty::Exit;

#[test]
fn generations_are_listed_by_name_and_come_back_without_loss() {
    let home = Home::with_two();
    home.done(&["remove", "bob", "--yes"]);
    let list = home.done(&["restore", "--list"]);
    let names: Vec<&str> = list.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| home.path("vault.age.history").join(name).is_file()), "{list}");

    assert_eq!(
        said(&home, &["restore", "3"]),
        "restored 2 devices from generation 3; what was there before is kept as a generation\n[0]"
    );
    assert_eq!(home.accounts(), ["alice", "bob"]);
    let after = home.done(&["restore", "--list"]);
    assert_eq!(after.lines().count(), 4);
    assert!(after.lines().next().unwrap().ends_with("  before restore"), "{after}");
    home.done(&["restore", "4"]);
    assert_eq!(home.accounts(), ["alice"]);
    assert_eq!(
        said(&home, &["restore", "99"]),
        "! keyfob: 99: no generation has this name\n!   try: keyfob restore --list, which shows the earlier generations\n[5]"
    );
}

#[test]
fn a_generation_may_become_a_vault_of_its_own() {
    let home = Home::with_two();
    let name =
        home.done(&["restore", "--list"]).lines().next().unwrap().split(' ').next().unwrap().to_owned();
    let into = ["restore", &name, "--into", "old.age", "--work-factor", "10"];
    assert_eq!(said(&home, &into), "restored 1 device into old.age\n[0]");
    assert_eq!(home.accounts(), ["alice", "bob"]);
    let file = home.path("passphrase").display().to_string();
    let list = ["list", "--vault", "old.age", "--passphrase-file", &file];
    assert_eq!(transcript(&home, &bare(&home, &list, &[])), "ID  AWS  alice  totp\n[0]");
    let there = "! keyfob: old.age: there is a file already, and it was left alone\n!   try: another name, or moving that file away first\n[5]";
    assert_eq!(said(&home, &into), there);
}

#[test]
fn a_backup_comes_back_over_later_changes_and_into_a_vault_that_never_was() {
    let home = Home::with_two();
    home.done(&["export", "backup.age", "--backup-passphrase-file", "passphrase", "--work-factor", "10"]);
    home.done(&["remove", "bob", "--yes"]);
    home.add(&uri("New", "carol", THIRD_SECRET));
    home.done(&["edit", "alice", "--account", "someone"]);
    assert_eq!(
        said(&home, &["restore", "backup.age"]),
        "restored 2 devices from backup.age; what was there before is kept as a generation\n[0]"
    );
    assert_eq!(home.accounts(), ["alice", "bob"]);

    let elsewhere = Home::empty();
    std::fs::copy(home.path("backup.age"), elsewhere.path("backup.age")).unwrap();
    let vault = elsewhere.vault().display().to_string();
    let into = ["restore", "backup.age", "--into", &vault, "--work-factor", "10"];
    assert_eq!(said(&elsewhere, &into), "restored 2 devices into ~/vault.age\n[0]");
    assert_eq!(said(&elsewhere, &["code", "alice", "--at", "59"]), "287082\n[0]");
}

#[test]
fn what_can_not_be_brought_back_changes_nothing() {
    let home = Home::with_two();
    let before = std::fs::read(home.vault()).unwrap();
    std::fs::write(home.path("words"), "hello").unwrap();
    assert_eq!(
        said(&home, &["restore", "words"]),
        "! keyfob: words: it is no age file, so it is no vault\n[4]"
    );
    std::fs::write(home.path("other"), "another passphrase 77\n").unwrap();
    home.done(&[
        "export",
        "locked.age",
        "--backup-passphrase-file",
        "other",
        "--work-factor",
        "10",
        "--only",
        "alice",
    ]);
    assert_eq!(
        said(&home, &["restore", "locked.age"]),
        "! keyfob: locked.age: the passphrase does not open this backup\n!   try: --backup-passphrase-file FILE, where it has a passphrase of its own\n[3]"
    );
    let mut cut = std::fs::read(home.path("locked.age")).unwrap();
    cut.truncate(cut.len() - 5);
    std::fs::write(home.path("passphrase"), "another passphrase 77\n").unwrap();
    std::fs::write(home.path("locked.age"), cut).unwrap();
    assert_eq!(
        said(&home, &["restore", "locked.age", "--into", "new.age"]),
        "! keyfob: locked.age: it is damaged: bytes were changed or are missing\n[4]"
    );
    assert_eq!(
        said(&home, &["restore", "gone.age"]),
        "! keyfob: gone.age: no generation has this name\n!   try: keyfob restore --list, which shows the earlier generations\n[5]"
    );
    assert!(!home.path("new.age").exists());
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn a_backup_and_a_generation_may_have_passphrases_of_their_own() {
    let home = Home::with_two();
    std::fs::write(home.path("other"), "another passphrase 77\n").unwrap();
    home.done(&["export", "backup.age", "--backup-passphrase-file", "other", "--work-factor", "10"]);
    home.done(&["lock", "passphrase", "--new-passphrase-file", "other", "--work-factor", "10"]);
    std::fs::rename(home.path("passphrase"), home.path("old")).unwrap();
    std::fs::copy(home.path("other"), home.path("passphrase")).unwrap();
    let before = std::fs::read(home.vault()).unwrap();
    // Generation 2 is of the time of the old passphrase.
    assert_eq!(
        said(&home, &["restore", "2"]).lines().skip(1).collect::<Vec<_>>(),
        ["!   try: --backup-passphrase-file FILE, where it has a passphrase of its own", "[3]"]
    );
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
    assert!(
        said(&home, &["restore", "2", "--backup-passphrase-file", "old"])
            .starts_with("restored 1 device from")
    );
    let told = said(&home, &["restore", "backup.age", "--backup-passphrase-file", "other"]);
    assert!(told.starts_with("restored 2 devices from backup.age"), "{told}");
    let told = said(&home, &["restore", "backup.age", "--backup-passphrase-file", "old"]);
    assert_eq!(told, "! keyfob: backup.age: the passphrase does not open this backup\n[3]");
}

#[test]
fn what_was_typed_for_the_vault_opens_its_generations_too() {
    let home = Home::with_two();
    let restore = |typed: &[(&str, &str)]| {
        let mut pty = home.terminal(KEYFOB).args(&home.vault_option()).args(&["restore", "2"]).start();
        for (question, passphrase) in typed {
            pty.wait_text(question);
            pty.type_text(&format!("{passphrase}\r"));
        }
        assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
        pty.assert_restored();
        assert!(pty.text().contains("restored 1 device from generation 2"), "{}", pty.text());
    };
    restore(&[("Passphrase:", PASSPHRASE)]);
    std::fs::write(home.path("new"), "another passphrase 77\n").unwrap();
    home.done(&["lock", "passphrase", "--new-passphrase-file", "new", "--work-factor", "10"]);
    restore(&[("Passphrase:", "another passphrase 77"), ("Passphrase of the generation:", PASSPHRASE)]);
}
