//! Hardware tokens: kept by their serial number, without a secret, and no code is made up for one.

use super::harness::{run, said};
use crate::harness::home::{Home, PASSPHRASE, RFC_SECRET, uri};

const SERIAL: &str = "GAHT12345678";
const TOKEN: [&str; 9] =
    ["add", "--kind", "hardware", "--serial", SERIAL, "--issuer", "AWS", "--account", "root"];

fn home() -> Home {
    let home = Home::with_vault();
    home.done(&TOKEN);
    home
}

#[test]
fn a_token_is_listed_and_found_by_its_serial_number() {
    let home = home();
    let list = home.json(&["list"]);
    let token = &list[0];
    assert_eq!((token["kind"].as_str(), token["serial"].as_str()), (Some("hardware"), Some(SERIAL)));
    for field in ["algorithm", "digits", "period", "counter"] {
        assert!(token[field].is_null(), "{field}: {token}");
    }
    let edited = home.json(&["edit", SERIAL, "--tag", "safe"]);
    assert_eq!((&edited["tags"][0], &edited["serial"]), (&"safe".into(), &SERIAL.into()));
}

#[test]
fn no_code_and_no_secret_of_a_token_is_made_up() {
    let home = home();
    let no = "! keyfob: AWS:root: its codes are on the token\n!   try: keyfob aws credentials, which asks for a code of it\n[1]";
    let svg = home.path("code.svg").display().to_string();
    for arguments in
        [&["code", SERIAL] as &[&str], &["check", SERIAL, "123456"], &["qr", SERIAL, "--svg", &svg]]
    {
        assert_eq!(said(&home, arguments), no, "{arguments:?}");
    }
    assert!(!home.path("code.svg").exists());
    // Another device's codes are not taken for the token's either.
    home.add(&uri("GitHub", "alice", RFC_SECRET));
    let ran = run(&home, &["check", "alice", "000000", "111111", "--json"], "", &[]);
    assert!(ran.stdout.contains("no-match"), "{}", ran.stdout);
}

#[test]
fn a_token_is_there_once_and_stays_the_same_one() {
    let home = home();
    let again = run(&home, &TOKEN, "", &[]);
    assert_eq!(again.code, Some(4), "{}", again.stderr);
    assert!(again.stderr.contains("AWS:root"), "{}", again.stderr);
    let other = run(&home, &["edit", SERIAL, "--serial", "GAHT00000000"], "", &[]);
    assert!(other.stderr.contains("a token is its serial number"), "{}", other.stderr);
    assert_eq!(home.json(&["list"])[0]["serial"], SERIAL);
}

#[test]
fn what_makes_no_sense_for_a_token_is_said() {
    let home = Home::with_vault();
    let with = |more: &[&str]| said(&home, &[&["add", "--kind", "hardware"], more].concat());
    assert!(with(&[]).contains("--serial is missing") && with(&[]).ends_with("[2]"), "{}", with(&[]));
    for option in ["--generate", "--digits=8", "--period=60"] {
        let told = with(&["--serial", SERIAL, option]);
        assert!(told.contains("means nothing for hardware devices") && told.ends_with("[2]"), "{told}");
    }
}

#[test]
fn exports_say_what_they_leave_out_and_a_backup_leaves_nothing_out() {
    let home = home();
    home.add(&uri("GitHub", "alice", RFC_SECRET));
    let file = |name: &str| home.path(name).display().to_string();
    for format in ["uris", "aegis", "2fas", "andotp", "csv", "migration", "html"] {
        let out = file(&format!("out-{format}"));
        let ran = run(&home, &["export", &out, "--format", format, "--plaintext"], "", &[]);
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.stderr);
        assert!(ran.stdout.contains("wrote 1 device "), "{format}: {}", ran.stdout);
        assert!(ran.stderr.contains("AWS:root"), "{format}: {}", ran.stderr);
        let text = std::fs::read(&out).unwrap();
        assert!(!text.windows(SERIAL.len()).any(|part| part == SERIAL.as_bytes()), "{format}");
    }
    let (backup, key, copy) = (file("backup.age"), file("key"), file("copy.age"));
    std::fs::write(&key, format!("{PASSPHRASE}\n")).unwrap();
    home.done(&["export", &backup, "--backup-passphrase-file", &key, "--work-factor", "10"]);
    home.done(&["restore", &backup, "--into", &copy, "--work-factor", "10"]);
    assert_eq!(home.accounts_of(&copy), ["alice", "root"]);
}
