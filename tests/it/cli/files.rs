//! Files of others in, backups and clear text out.

use super::harness::{run, said, said_to};
use crate::exchange::kdbx::{PLAIN, Recipe};
use crate::harness::home::{Home, OTHER_SECRET, RFC_SECRET, THIRD_SECRET, uri};
use serde_json::json;

const LIST: &str = "\u{feff}# my devices\r\n\r\notpauth://totp/AWS:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AWS\r\notpauth://totp/Copy:of?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\r\notpauth://totp/Long:er?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8\r\nsome words\r\notpauth://totp/bad?secret=1\r\nsteam://KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU\r\n";

#[test]
fn import_takes_what_is_good_and_reports_the_rest() {
    let home = Home::with_vault();
    std::fs::write(home.path("list.txt"), LIST).unwrap();
    let refused = "\
refused list.txt, line 5: its secret belongs to AWS:alice already, which makes other codes from it
refused list.txt, line 6: it is no otpauth URI
refused list.txt, line 7: its secret is no good: character 1 is not base32; a letter I is often meant there
";
    let before = std::fs::read(home.vault()).unwrap();
    let dry = said(&home, &["import", "list.txt", "--dry-run"]);
    assert_eq!(
        dry,
        format!("new AWS:alice\nnew Steam\n{refused}would add 2 devices, 1 there already, 3 refused\n[0]")
    );
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
    let first = said(&home, &["import", "list.txt"]);
    assert_eq!(first, format!("{refused}added 2 devices, 1 there already, 3 refused\n[0]"));
    let again = said(&home, &["import", "list.txt"]);
    assert_eq!(again, format!("{refused}added 0 devices, 3 there already, 3 refused\n[0]"));
    assert_eq!(home.accounts(), ["", "alice"]);
}

#[test]
fn import_json_reports_every_entry() {
    let home = Home::with_two();
    let text = format!("{}\n{}\nwords\n", uri("AWS", "alice", RFC_SECRET), uri("New", "carol", THIRD_SECRET));
    std::fs::write(home.path("list.txt"), text).unwrap();
    let dry = home.json(&["import", "list.txt", "--dry-run"]);
    assert_eq!((&dry["dry_run"], &dry["devices"][1]["id"]), (&json!(true), &json!(null)));
    let json = home.json(&["import", "list.txt"]);
    assert_eq!(
        (&json["format"], &json["dry_run"], &json["new"], &json["duplicate"], &json["refused"]),
        (&json!("uris"), &json!(false), &json!(1), &json!(1), &json!(1))
    );
    let list = home.json(&["list"]);
    assert_eq!((&json["devices"][0]["id"], &json["devices"][1]["id"]), (&list[0]["id"], &list[2]["id"]));
    let refused = &json["devices"][2];
    assert_eq!(
        (&refused["outcome"], &refused["reason"], &refused["kind"], &refused["file"], &refused["place"]),
        (
            &json!("refused"),
            &json!("it is no otpauth URI"),
            &json!(null),
            &json!("list.txt"),
            &json!("line 3")
        )
    );
}

#[test]
fn a_file_that_is_no_use_changes_nothing() {
    let home = Home::with_two();
    let before = std::fs::read(home.vault()).unwrap();
    let import = |bytes: &[u8], more: &[&str]| {
        std::fs::write(home.path("file"), bytes).unwrap();
        said(&home, &[&["import", "file"], more].concat())
    };
    let mut names: Vec<_> = keyfob::exchange::FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    let formats = format!("\n!   try: --format with one of: {}\n[4]", names.join(", "));
    assert_eq!(import(b"", &[]), "! keyfob: file: the file is empty\n[4]");
    assert_eq!(import(b"hello\n", &[]), format!("! keyfob: file: it is of no format that is known{formats}"));
    assert_eq!(
        import(b"\xff\xfe", &[]),
        format!("! keyfob: file: it is of no format that is known{formats}")
    );
    assert_eq!(
        import(b"hello\n", &["--format", "uris"]),
        "! keyfob: file: there is not one device in it\n[4]"
    );
    assert_eq!(import(b"\xff", &["--format", "uris"]), "! keyfob: file: it is not text in UTF-8\n[4]");
    assert_eq!(
        import(b"otpauth://totp/x?secret=\x1b[31m\n", &[]),
        "! keyfob: file, line 1: character 25 is a control character\n[4]"
    );
    assert_eq!(said(&home, &["import", "gone"]), "! keyfob: gone: no such file or directory\n[5]");
    // One file that is good does not save another that is not: all are read before anything is changed.
    std::fs::write(home.path("good"), uri("New", "carol", THIRD_SECRET)).unwrap();
    assert_eq!(said(&home, &["import", "good", "gone"]), "! keyfob: gone: no such file or directory\n[5]");
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn several_files_are_one_save() {
    let home = Home::with_vault();
    std::fs::write(home.path("one"), uri("A", "a", RFC_SECRET)).unwrap();
    std::fs::write(home.path("two"), uri("B", "b", OTHER_SECRET)).unwrap();
    assert_eq!(said(&home, &["import", "one", "two"]), "added 2 devices, 0 there already, 0 refused\n[0]");
    let generations = home.done(&["restore", "--list"]);
    assert_eq!(generations.lines().count(), 1);
    assert!(
        generations.contains("-before-import.age") && generations.ends_with("  before import\n"),
        "{generations}"
    );
    assert_eq!(
        said_to(&home, &["import", "-"], &uri("C", "c", THIRD_SECRET)),
        "added 1 device, 0 there already, 0 refused\n[0]"
    );
}

#[test]
fn ten_thousand_uris_are_imported_in_one_save() {
    let home = Home::with_vault();
    let secret =
        |n: usize| n.to_string().bytes().map(|digit| char::from(digit - b'0' + b'A')).collect::<String>();
    let uris: Vec<String> =
        (0..10_000).map(|n| uri("I", &format!("n{n}"), &format!("{:A<32}", secret(n + 100_000)))).collect();
    std::fs::write(home.path("list"), uris.join("\n")).unwrap();
    assert_eq!(said(&home, &["import", "list"]), "added 10000 devices, 0 there already, 0 refused\n[0]");
    assert_eq!(home.accounts().len(), 10_000);
}

#[test]
fn a_backup_is_written_read_back_and_taken_in_elsewhere() {
    let home = Home::with_two();
    std::fs::write(home.path("other"), "another passphrase 77\n").unwrap();
    let export = ["export", "backup.age", "--backup-passphrase-file", "other", "--work-factor", "10"];
    let told = said(&home, &export);
    assert!(
        told.starts_with("wrote 2 devices to backup.age (")
            && told
                .ends_with("B, only you can read it)\nread back and compared: all 2 devices are in it\n[0]"),
        "{told}"
    );
    let bytes = std::fs::read(home.path("backup.age")).unwrap();
    assert_eq!(
        said(&home, &export),
        "! keyfob: backup.age: there is a file already, and it was left alone\n!   try: another name, or --force, which replaces it\n[5]"
    );
    assert_eq!(std::fs::read(home.path("backup.age")).unwrap(), bytes);
    home.done(&[&export[..], &["--force", "--only", "alice"]].concat());

    let elsewhere = Home::with_vault();
    std::fs::rename(home.path("backup.age"), elsewhere.path("backup.age")).unwrap();
    let import = |file: &str| said(&elsewhere, &["import", "backup.age", "--password-file", file]);
    assert_eq!(import("passphrase"), "! keyfob: backup.age: the password does not open it\n[4]");
    std::fs::write(elsewhere.path("other"), "another passphrase 77\n").unwrap();
    assert_eq!(import("other"), "added 1 device, 0 there already, 0 refused\n[0]");
    assert_eq!(elsewhere.accounts(), ["alice"]);
}

#[test]
fn a_backup_to_recipients_is_proven_without_their_keys() {
    let home = Home::with_two();
    let recipient = "age1w9w9awxhupjxrjupk6nwg65ymf678elyccuf4d9afy4n0mc92ahqjh4l78";
    let identity = "AGE-SECRET-KEY-1L4RJYH6TK6KCLAKFYUN0GXL0V686T6U8XJFY748847P8EJZKEZJS03KCSN\n";
    let told = said(&home, &["export", "backup.age", "--recipient", recipient]);
    assert!(told.ends_with("read back and compared: all 2 devices are in it\n[0]"), "{told}");
    assert_eq!(
        said(&home, &["import", "backup.age"]),
        "! keyfob: backup.age: it is encrypted to age recipients\n!   try: --identity FILE with the key of one of its recipients\n[4]"
    );
    std::fs::write(home.path("identity"), identity).unwrap();
    let told = said(&home, &["import", "backup.age", "-i", "identity"]);
    assert_eq!(
        told,
        "! keyfob: ~/vault.age: it is locked with a passphrase, not to an identity\n!   try: the same without --identity\n[3]"
    );
    assert_eq!(
        said(&home, &["export", "x.age", "--recipient", recipient, "--backup-passphrase-file", "passphrase"]),
        "! keyfob: export: --backup-passphrase-file and --recipient can't go together\n!   try: keyfob export --help\n[2]"
    );
}

#[test]
fn only_some_devices_may_be_exported() {
    let home = Home::with_two();
    let only =
        |query: &str| said(&home, &["export", "u.txt", "--format", "uris", "--plaintext", "--only", query]);
    assert_eq!(only("nobody"), "! keyfob: nobody: no device fits\n[1]");
    assert!(!home.path("u.txt").exists());
    assert!(only("alice").starts_with("wrote 1 device to u.txt ("));
}

#[test]
fn clear_text_has_to_be_asked_for_and_reads_back_to_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_two();
    home.add(&format!("otpauth://hotp/VPN:ops?secret={THIRD_SECRET}&counter=7"));
    assert_eq!(
        said(&home, &["export", "u.txt", "--format", "uris", "--plaintext"]),
        "wrote 3 devices to u.txt (240 B, only you can read it)\n! keyfob: note: every secret in it is in clear text: whoever reads it has all the codes\n[0]"
    );
    assert_eq!(home.path("u.txt").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let elsewhere = Home::with_vault();
    std::fs::rename(home.path("u.txt"), elsewhere.path("u.txt")).unwrap();
    elsewhere.done(&["import", "u.txt"]);
    let devices = |home: &Home| {
        let mut list = home.json(&["list"]);
        for device in list.as_array_mut().unwrap() {
            for field in ["id", "created", "modified"] {
                device.as_object_mut().unwrap().remove(field);
            }
        }
        list
    };
    assert_eq!(devices(&home), devices(&elsewhere));
}

#[test]
fn a_place_that_can_not_be_written_is_told_and_left_clean() {
    let home = Home::with_two();
    let export = |path: &str| {
        said(&home, &["export", path, "--backup-passphrase-file", "passphrase", "--work-factor", "10"])
    };
    let told = export("no/such/folder.age");
    let try_this = "!   try: a folder that is there, or making this one first\n[5]";
    assert_eq!(
        told,
        format!("! keyfob: no/such/folder.age: it can't be made: no such file or directory\n{try_this}")
    );
    assert!(!home.path("no").exists());
}

#[test]
fn another_apps_encrypted_file_needs_its_own_password() {
    let home = Home::with_two();
    std::fs::write(home.path("pw"), "its own password 5\n").unwrap();
    let export = ["export", "aegis.json", "--format", "aegis", "--backup-passphrase-file", "pw"];
    assert!(said(&home, &export).starts_with("wrote 2 devices to aegis.json ("));
    assert!(!std::fs::read_to_string(home.path("aegis.json")).unwrap().contains(RFC_SECRET));
    let elsewhere = Home::with_vault();
    std::fs::rename(home.path("aegis.json"), elsewhere.path("aegis.json")).unwrap();
    std::fs::rename(home.path("pw"), elsewhere.path("pw")).unwrap();
    let import = |file: &str| said(&elsewhere, &["import", "aegis.json", "--password-file", file]);
    assert_eq!(import("passphrase"), "! keyfob: aegis.json: the password does not open it\n[4]");
    assert_eq!(import("pw"), "added 2 devices, 0 there already, 0 refused\n[0]");
    assert_eq!(elsewhere.json(&["import", "aegis.json", "--password-file", "pw"])["format"], "aegis");
    // Without a terminal nobody can be asked.
    assert!(said(&elsewhere, &["import", "aegis.json"]).ends_with("[4]"));
}

#[test]
fn a_key_file_goes_with_a_password_or_is_tried_alone() {
    let home = Home::with_vault();
    let key = Some([b'k'; 32]);
    let both = Recipe { key, password: Some("its own password 5"), ..PLAIN };
    for (name, bytes) in [
        ("both.kdbx", both.file()),
        ("alone.kdbx", Recipe { password: None, ..both }.file()),
        ("pw", b"its own password 5\n".to_vec()),
        ("key", vec![b'k'; 32]),
        ("other", vec![b'o'; 32]),
    ] {
        std::fs::write(home.path(name), bytes).unwrap();
    }
    let import = |arguments: &[&str]| {
        let told = said(&home, &[&["import", "--dry-run"], arguments].concat());
        told.split_once("would add").map_or(told.clone(), |(_, rest)| format!("would add{rest}"))
    };
    let done = "would add 1 device, 0 there already, 0 refused\n[0]";
    assert_eq!(import(&["both.kdbx", "--password-file", "pw", "--key-file", "key"]), done);
    assert_eq!(import(&["alone.kdbx", "--key-file", "key"]), done);
    assert_eq!(
        import(&["both.kdbx", "--password-file", "pw"]),
        "! keyfob: both.kdbx: the password does not open it\n!   try: where it has a key file as well: --key-file FILE\n[4]"
    );
    assert_eq!(
        import(&["both.kdbx", "--password-file", "pw", "--key-file", "other"]),
        "! keyfob: both.kdbx: the password and the key file do not open it\n[4]"
    );
    let alone = import(&["both.kdbx", "--key-file", "key"]);
    assert!(
        alone.contains("both.kdbx: the key file alone does not open it") && alone.ends_with("[4]"),
        "{alone}"
    );
    let gone = import(&["both.kdbx", "--password-file", "pw", "--key-file", "gone"]);
    assert!(gone.starts_with("! keyfob: gone: ") && gone.ends_with("[5]"), "{gone}");
}

#[test]
fn what_a_format_can_not_say_is_left_out_and_named() {
    let home = Home::with_vault();
    home.done(&["add", &uri("Six", "a", RFC_SECRET)]);
    home.done(&["add", &format!("{}&period=60", uri("Sixty", "b", OTHER_SECRET))]);
    let told = said(&home, &["export", "m.txt", "--format", "migration", "--plaintext"]);
    assert!(
        told.starts_with("wrote 1 device to m.txt (")
            && told.contains("left out Sixty:b: migration has no way"),
        "{told}"
    );
    assert!(
        std::fs::read_to_string(home.path("m.txt")).unwrap().starts_with("otpauth-migration://offline?data=")
    );
}

#[test]
fn a_folder_is_read_whole_and_what_holds_no_device_is_passed_over() {
    let home = Home::with_vault();
    for folder in ["store/aws", "store/.git"] {
        std::fs::create_dir_all(home.path(folder)).unwrap();
    }
    std::fs::write(
        home.path("store/aws/alice.txt"),
        format!("hunter2\n{}\n", uri("AWS", "alice", RFC_SECRET)),
    )
    .unwrap();
    std::fs::write(home.path("store/plain.txt"), "a password alone\n").unwrap();
    std::fs::write(home.path("store/.git/config"), uri("No", "no", OTHER_SECRET)).unwrap();
    std::fs::write(home.path("store/nameless.txt"), format!("otpauth://totp/?secret={OTHER_SECRET}\n"))
        .unwrap();
    assert_eq!(
        said(&home, &["import", "store"]),
        "added 2 devices, 0 there already, 0 refused\n! keyfob: note: passed over 1 file of store: no device is in there\n[0]"
    );
    assert_eq!(home.accounts(), ["alice", "nameless"]);
    std::fs::create_dir(home.path("none")).unwrap();
    assert_eq!(said(&home, &["import", "none"]), "! keyfob: none: there is not one device in it\n[4]");
}

#[test]
fn missing_parts_of_a_batch_are_named_over_all_files() {
    let home = Home::with_vault();
    for number in 0..12_u8 {
        let secret = format!("{}GEZDGNBVGY3TQOJQ", char::from(b'A' + number)).repeat(2);
        home.done(&["add", &uri("I", &format!("a{number}"), secret.get(..32).unwrap())]);
    }
    home.done(&["export", "all.txt", "--format", "migration", "--plaintext"]);
    let all = std::fs::read_to_string(home.path("all.txt")).unwrap();
    let (one, two) = all.trim().split_once('\n').unwrap();
    let elsewhere = Home::with_vault();
    std::fs::write(elsewhere.path("one"), one).unwrap();
    std::fs::write(elsewhere.path("two"), two).unwrap();
    assert_eq!(
        said(&elsewhere, &["import", "two", "--dry-run"]),
        "new I:a10\nnew I:a11\nrefused two, part 1 of 2: it is missing: the batch is not whole\nwould add 2 devices, 0 there already, 1 refused\n[0]"
    );
    assert_eq!(
        said(&elsewhere, &["import", "two", "one"]),
        "added 12 devices, 0 there already, 0 refused\n[0]"
    );
}

#[test]
fn a_migration_uri_adds_every_device_in_it() {
    let home = Home::with_vault();
    for (name, secret) in [("a", RFC_SECRET), ("b", OTHER_SECRET)] {
        home.done(&["add", &uri("Six", name, secret)]);
    }
    home.done(&["export", "m.txt", "--format", "migration", "--plaintext"]);
    let migration = std::fs::read_to_string(home.path("m.txt")).unwrap();
    let other = Home::with_vault();
    let told = said_to(&other, &["add", "-", "--tag", "phone"], &migration);
    assert_eq!(told, "added 2 devices, 0 there already, 0 refused\n[0]");
    assert_eq!(other.accounts(), ["a", "b"]);
    let named = said_to(&other, &["add", "-", "--issuer", "X"], &migration);
    assert!(named.ends_with("[2]"), "{named}");
    assert_eq!(home.json(&["add", migration.trim()])["duplicate"], 2);
}

#[test]
fn a_file_that_openpgp_encrypts_is_decrypted_by_gpg() {
    let home = Home::with_vault();
    let entry = format!(r#"[{{"secret":"{RFC_SECRET}","issuer":"GitHub","label":"octocat","type":"TOTP"}}]"#);
    std::fs::write(home.path("clear"), entry).unwrap();
    std::fs::write(home.path("otp_accounts.json.gpg"), "sealed").unwrap();
    std::fs::write(home.path("otp_accounts.json.asc"), "-----BEGIN PGP MESSAGE-----\n").unwrap();
    let folder = home.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let path = format!("{}:/bin:/usr/bin", folder.display());
    let import = |file: &str| run(&home, &["import", file], "", &[("PATH", &path)]);
    // A gpg that has the key, and one that has not.
    let gpg = format!("#!/bin/sh\nexec cat '{}'\n", home.path("clear").display());
    crate::harness::write_script(&folder.join("gpg"), &gpg);
    let first = import("otp_accounts.json.gpg");
    assert_eq!(first.stdout, "added 1 device, 0 there already, 0 refused\n", "{}", first.stderr);
    let again = import("otp_accounts.json.asc");
    assert_eq!(again.stdout, "added 0 devices, 1 there already, 0 refused\n", "{}", again.stderr);
    crate::harness::write_script(&folder.join("gpg"), "#!/bin/sh\nexit 2\n");
    let locked = import("otp_accounts.json.gpg");
    assert!(locked.code == Some(4) && locked.stderr.contains("gpg did not decrypt it"), "{}", locked.stderr);
}
