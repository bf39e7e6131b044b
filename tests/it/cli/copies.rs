//! Copies of a vault that were changed apart, and who can open it with a key.

use super::harness::{bare, said, transcript};
use crate::harness::home::{Home, PASSPHRASE, THIRD_SECRET, uri};

// Made for this test, and used nowhere else.
const IDENTITY: &str = "AGE-SECRET-KEY-1L4RJYH6TK6KCLAKFYUN0GXL0V686T6U8XJFY748847P8EJZKEZJS03KCSN\n";
const RECIPIENT: &str = "age1w9w9awxhupjxrjupk6nwg65ymf678elyccuf4d9afy4n0mc92ahqjh4l78";

#[test]
fn two_copies_that_were_changed_apart_become_one() {
    let home = Home::with_two();
    std::fs::copy(home.vault(), home.path("copy.age")).unwrap();
    let copy = |arguments: &[&str]| {
        let file = home.path("passphrase").display().to_string();
        let ran =
            bare(&home, &[arguments, &["--vault", "copy.age", "--passphrase-file", &file]].concat(), &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    };
    copy(&["edit", "alice", "--note", "changed in the copy"]);
    copy(&["remove", "bob", "--yes"]);
    home.add(&uri("New", "carol", THIRD_SECRET));

    let merged =
        "merged copy.age: 0 added, 1 changed, 1 removed; what was there before is kept as a generation\n[0]";
    assert_eq!(said(&home, &["merge", "copy.age"]), merged);
    assert_eq!(home.accounts(), ["alice", "carol"]);
    let again = "nothing in copy.age is new here; nothing was changed\n[1]";
    assert_eq!(said(&home, &["merge", "copy.age"]), again);
    let json = "{\"added\":0,\"changed\":0,\"removed\":0}\n[1]";
    assert_eq!(said(&home, &["merge", "copy.age", "--json"]), json);
}

#[test]
fn a_backup_is_a_copy_and_may_have_a_passphrase_of_its_own() {
    let home = Home::with_two();
    std::fs::write(home.path("other"), "another passphrase 77\n").unwrap();
    home.done(&["export", "backup.age", "--backup-passphrase-file", "other", "--work-factor", "10"]);
    home.done(&["edit", "alice", "--note", "later"]);
    let said = said(&home, &["merge", "backup.age", "--other-passphrase-file", "other"]);
    assert_eq!(said, "nothing in backup.age is new here; nothing was changed\n[1]");
}

#[test]
fn another_vault_is_no_copy() {
    let home = Home::with_two();
    let file = home.path("passphrase").display().to_string();
    let init = ["init", "--vault", "foreign.age", "--passphrase-file", &file, "--work-factor", "10"];
    assert_eq!(transcript(&home, &bare(&home, &init, &[])), "made foreign.age\n[0]");
    let before = std::fs::read(home.vault()).unwrap();
    assert_eq!(
        said(&home, &["merge", "foreign.age"]),
        "! keyfob: foreign.age: it is another vault, not a copy of this one, so nothing was merged\n!   try: a backup of the other one, and keyfob import\n[4]"
    );
    assert_eq!(said(&home, &["merge", "nowhere.age"]).chars().last(), Some(']'));
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn readers_are_listed_added_and_taken_out() {
    let home = Home::with_two();
    std::fs::write(home.path("key.txt"), IDENTITY).unwrap();
    assert_eq!(
        said(&home, &["lock", "recipients"]),
        "! keyfob: note: no key opens this vault, only its passphrase does\n[0]"
    );
    assert_eq!(said(&home, &["lock", "recipients", "--add", RECIPIENT]), "saved: 1 added, 0 removed\n[0]");
    assert_eq!(said(&home, &["lock", "recipients"]), format!("{RECIPIENT}\n[0]"));
    let vault = home.vault().display().to_string();
    let with_key = ["list", "--vault", &vault, "-i", "key.txt"];
    assert_eq!(bare(&home, &with_key, &[]).code, Some(0));

    let removed = "saved: 0 added, 1 removed\nwhoever was removed may still have earlier copies, and opens those: generations, backups, synced files\n[0]";
    assert_eq!(said(&home, &["lock", "recipients", "--remove", RECIPIENT]), removed);
    assert_eq!(bare(&home, &with_key, &[]).code, Some(3));
    assert_eq!(home.accounts(), ["alice", "bob"], "{PASSPHRASE} opens it as before");
    let missing = said(&home, &["lock", "recipients", "--remove", RECIPIENT]);
    assert!(
        missing.starts_with("! keyfob: the vault is not locked to age1") && missing.ends_with("[1]"),
        "{missing}"
    );
    let secret = said(&home, &["lock", "recipients", "--add", IDENTITY.trim()]);
    assert!(secret.ends_with("[4]") && !secret.contains("AGE-SECRET"), "{secret}");
}
