//! Making, finding and opening vaults.

use super::harness::{bare, bare_to, run, said, said_to, transcript};
use crate::harness::home::{Home, PASSPHRASE};
use std::os::unix::fs::PermissionsExt;

fn mode(path: &std::path::Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn init_makes_a_vault_and_never_touches_one() {
    let home = Home::empty();
    assert_eq!(said(&home, &["init", "--work-factor", "10"]), "made ~/vault.age\n[0]");
    assert_eq!(mode(&home.vault()), 0o600);
    let before = std::fs::read(home.vault()).unwrap();
    assert_eq!(
        said(&home, &["init", "--work-factor", "10"]),
        "! keyfob: ~/vault.age: there is a file already, and it was left alone\n!   try: another name, or moving that file away first\n[5]"
    );
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn a_missing_vault_is_named_and_not_made() {
    let home = Home::empty();
    for arguments in [&["list"][..], &["code", "x"], &["add", "-"], &["restore", "--list"]] {
        let told = said_to(&home, arguments, "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            told,
            "! keyfob: ~/vault.age: there is no vault here\n!   try: keyfob init, which makes one, or --vault FILE for another one\n[5]",
            "{arguments:?}"
        );
    }
    assert!(!home.vault().exists());
}

#[test]
fn the_vault_is_found_by_option_variable_configuration_or_in_its_usual_place() {
    let home = Home::empty();
    let file = home.path("passphrase").display().to_string();
    let init = ["init", "--work-factor", "10", "--passphrase-file", &file];
    let made = |variables: &[(&str, &str)]| transcript(&home, &bare(&home, &init, variables));
    assert_eq!(made(&[]), "made ~/data/keyfob/vault.age\n[0]");
    assert_eq!(mode(&home.path("data/keyfob")), 0o700);

    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    std::fs::write(home.path("config/keyfob/config.toml"), "vault = \"~/configured.age\"\nidle_lock = 60\n")
        .unwrap();
    assert_eq!(made(&[]), "made ~/configured.age\n[0]");

    let named = home.path("named.age").display().to_string();
    assert_eq!(made(&[("KEYFOB_VAULT", &named)]), "made ~/named.age\n[0]");
    let both = ["--vault", "given.age", "init", "--work-factor", "10", "--passphrase-file", &file];
    assert_eq!(transcript(&home, &bare(&home, &both, &[("KEYFOB_VAULT", &named)])), "made given.age\n[0]");
}

#[test]
fn a_passphrase_that_does_not_fit_ends_with_3() {
    let home = Home::with_vault();
    let wrong = |text: &[u8]| {
        std::fs::write(home.path("passphrase"), text).unwrap();
        said(&home, &["list"])
    };
    assert_eq!(wrong(b"not it\n"), "! keyfob: ~/vault.age: the passphrase does not open this vault\n[3]");
    assert_eq!(wrong(b"\nsecond line\n"), "! keyfob: ~/passphrase: its first line is empty\n[4]");
    assert_eq!(wrong(&[b'x'; 1025]), "! keyfob: ~/passphrase: more than 1024 bytes\n[4]");
    assert_eq!(wrong(b"\xff\n"), "! keyfob: ~/passphrase: it is not text in UTF-8\n[4]");
    for ending in ["\r\nmore\n", "\n", ""] {
        assert_eq!(wrong(format!("{PASSPHRASE}{ending}").as_bytes()), "[0]", "{ending:?}");
    }
    std::fs::remove_file(home.path("passphrase")).unwrap();
    assert_eq!(said(&home, &["list"]), "! keyfob: ~/passphrase: no such file or directory\n[5]");
}

#[test]
fn a_passphrase_may_come_from_standard_input() {
    let home = Home::with_vault();
    let vault = home.vault().display().to_string();
    let arguments = ["list", "--vault", &vault, "--passphrase-file", "-"];
    let ran = bare_to(&home, &arguments, &[], &format!("{PASSPHRASE}\n"));
    assert_eq!(transcript(&home, &ran), "[0]");
}

#[test]
fn what_is_no_vault_ends_with_4_and_stays_as_it_is() {
    let home = Home::with_vault();
    let good = std::fs::read(home.vault()).unwrap();
    let generations = "\n!   try: keyfob restore --list, which shows the earlier generations\n[4]";
    let mut flipped = good.clone();
    let last = flipped.len() - 3;
    flipped[last] ^= 1;
    let cases: [(&[u8], &str); 3] = [
        (b"", "the file is empty"),
        (b"hello\n", "it is no age file, so it is no vault"),
        (&flipped, "it is damaged: bytes were changed or are missing"),
    ];
    for (bytes, why) in cases {
        std::fs::write(home.vault(), bytes).unwrap();
        assert_eq!(said(&home, &["list"]), format!("! keyfob: ~/vault.age: {why}{generations}"));
        assert_eq!(std::fs::read(home.vault()).unwrap(), bytes);
    }
    std::fs::write(home.vault(), &good).unwrap();
    home.done(&["export", "backup.age", "--backup-passphrase-file", "passphrase", "--work-factor", "10"]);
    std::fs::rename(home.path("backup.age"), home.vault()).unwrap();
    assert_eq!(
        said(&home, &["list"]),
        "! keyfob: ~/vault.age: it is a backup or another age file, not a vault\n!   try: keyfob restore FILE, which brings a backup back\n[4]"
    );
}

#[test]
fn a_vault_for_recipients_opens_with_their_identities() {
    let home = Home::empty();
    std::fs::write(home.path("identity"), AGE_IDENTITY).unwrap();
    std::fs::write(home.path("recipients"), format!("# mine\n\n{AGE_RECIPIENT}\n")).unwrap();
    assert_eq!(said(&home, &["init", "--recipients-file", "recipients"]), "made ~/vault.age\n[0]");
    assert_eq!(
        said(&home, &["list"]),
        "! keyfob: ~/vault.age: it is locked to age recipients, so no passphrase opens it\n!   try: --identity FILE with the key of one of them\n[3]"
    );
    assert_eq!(said(&home, &["list", "-i", "identity"]), "[0]");
    assert_eq!(
        said(&home, &["lock", "show", "-i", "identity"]),
        format!("age recipients only, no passphrase\nrecipient {AGE_RECIPIENT}\n[0]")
    );
    std::fs::write(home.path("other"), OTHER_IDENTITY).unwrap();
    assert_eq!(
        said(&home, &["list", "-i", "other"]),
        "! keyfob: ~/vault.age: none of the identities opens it\n!   try: --identity FILE with one of its owners' keys\n[3]"
    );
    std::fs::write(home.path("none"), "# nothing\n").unwrap();
    assert_eq!(
        said(&home, &["list", "-i", "none"]),
        "! keyfob: none: there is no identity that can be used\n!   try: an age identity file (age-keygen makes one) or an OpenSSH private key\n[4]"
    );
}

// Made for this test, and used nowhere else.
const AGE_IDENTITY: &str = "AGE-SECRET-KEY-1L4RJYH6TK6KCLAKFYUN0GXL0V686T6U8XJFY748847P8EJZKEZJS03KCSN\n";
const AGE_RECIPIENT: &str = "age1w9w9awxhupjxrjupk6nwg65ymf678elyccuf4d9afy4n0mc92ahqjh4l78";
const OTHER_IDENTITY: &str = "AGE-SECRET-KEY-1VXQPMZAZ6RWKVLDLWAMF7F5Q5XDLGSEVPCG5VJSPQKDY264UCN7S3F8U9V\n";

#[test]
fn recipients_that_are_none_are_told_by_their_place() {
    let home = Home::empty();
    assert_eq!(
        said(&home, &["init", "--recipient", "bob"]),
        "! keyfob: --recipient number 1: neither an age recipient (age1...) nor an ssh public key\n[4]"
    );
    assert_eq!(
        said(&home, &["init", "--recipient", AGE_IDENTITY.trim()]),
        "! keyfob: --recipient number 1: this is a secret key: recipients are public keys\n[4]"
    );
    std::fs::write(home.path("list"), "# one\nage1nope\n").unwrap();
    assert_eq!(
        said(&home, &["init", "--recipients-file", "list"]),
        "! keyfob: list, line 2: neither an age recipient (age1...) nor an ssh public key\n[4]"
    );
    std::fs::write(home.path("list"), "# none\n").unwrap();
    assert_eq!(
        said(&home, &["init", "--recipients-file", "list"]),
        "! keyfob: list: there is not one recipient in it\n[4]"
    );
    assert!(!home.vault().exists());
}

#[test]
fn the_passphrase_can_be_changed() {
    let home = Home::with_two();
    assert_eq!(said(&home, &["lock", "show"]), "passphrase, scrypt work factor 10 (1 MiB a try)\n[0]");
    std::fs::write(home.path("new"), "four other random words\n").unwrap();
    assert_eq!(
        said(&home, &["lock", "passphrase", "--new-passphrase-file", "new", "--work-factor", "11"]),
        "saved: the new passphrase opens the vault; earlier generations and backups keep the passphrase they had\n[0]"
    );
    assert_eq!(said(&home, &["list"]), "! keyfob: ~/vault.age: the passphrase does not open this vault\n[3]");
    std::fs::rename(home.path("new"), home.path("passphrase")).unwrap();
    assert_eq!(home.accounts(), ["alice", "bob"]);
    assert_eq!(said(&home, &["lock", "show"]), "passphrase, scrypt work factor 11 (2 MiB a try)\n[0]");
}

#[test]
fn a_weak_passphrase_is_taken_and_called_weak() {
    let home = Home::empty();
    std::fs::write(home.path("passphrase"), "password1\n").unwrap();
    assert_eq!(
        said(&home, &["init", "--work-factor", "10"]),
        "made ~/vault.age\n! keyfob: note: this passphrase is quickly guessed; four or more random words are better\n[0]"
    );
}

#[test]
fn root_by_way_of_sudo_leaves_the_vaults_of_others_alone() {
    let home = Home::with_vault();
    let sudo = |home: &Home| transcript(home, &run(home, &["list"], "", &[("SUDO_UID", "1000")]));
    if !rustix::process::geteuid().is_root() {
        assert_eq!(sudo(&home), "[0]"); // whoever is not root leaves no files of root's
        return;
    }
    assert_eq!(sudo(&home), "[0]");
    std::os::unix::fs::chown(home.vault(), Some(1000), None).unwrap();
    assert_eq!(
        sudo(&home),
        "! keyfob: ~/vault.age: it belongs to another user, and root's files would be left beside it\n!   try: the same without sudo\n[5]"
    );
}

#[test]
fn read_only_reads_and_writes_nothing() {
    let home = Home::with_two();
    let before = std::fs::read(home.vault()).unwrap();
    let remembered = files_below(&home.path("state"));
    assert_eq!(said(&home, &["--read-only", "code", "alice", "--at", "59"]), "287082\n[0]");
    assert_eq!(run(&home, &["--read-only", "code", "alice"], "", &[]).code, Some(0));
    let writers: &[&[&str]] = &[
        &["init"],
        &["add", "-"],
        &["edit", "alice", "--note", "x"],
        &["remove", "alice", "--yes"],
        &["import", "x"],
        &["export", "x"],
        &["restore", "1"],
        &["lock", "passphrase"],
        &["man", "."],
    ];
    for arguments in writers {
        let ran = run(&home, &[&["--read-only"], *arguments].concat(), "", &[]);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
    }
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
    assert!(files_below(&home.path("state")) == remembered, "something was written down");
}

/// All files below a folder, and what is in them.
fn files_below(folder: &std::path::Path) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.insert(path.clone(), std::fs::read(path).unwrap());
        }
    }
    files
}
