//! `doctor`: what it finds, and when something needs doing.

use super::harness::{bare, run};
use crate::harness::home::{Home, PASSPHRASE, RFC_SECRET, uri};
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

/// The state of each check, of the last one where there are several of a name.
fn states(home: &Home, arguments: &[&str], code: i32) -> BTreeMap<String, String> {
    let all = [&["doctor", "--json"], arguments].concat();
    let ran = run(home, &all, "", &[]);
    assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let checks = told["checks"].as_array().unwrap();
    let to_do = checks.iter().filter(|check| check["state"] == "to-do").count();
    assert_eq!((told["to_do"].as_u64(), to_do > 0), (Some(to_do as u64), code == 1));
    let text = |check: &serde_json::Value, name: &str| check[name].as_str().unwrap().to_owned();
    checks.iter().map(|check| (text(check, "check"), text(check, "state"))).collect()
}

/// A vault that is as dear to open as new ones are, with one device and a backup.
fn well() -> Home {
    let home = Home::with_vault();
    std::fs::remove_file(home.vault()).unwrap();
    home.done(&["init"]);
    home.add(&uri("GitHub", "alice", RFC_SECRET));
    let key = home.path("backup-key");
    std::fs::write(&key, format!("{PASSPHRASE}2\n")).unwrap();
    let key = key.display().to_string();
    let backup = home.path("backup.age").display().to_string();
    home.done(&["export", &backup, "--backup-passphrase-file", &key, "--work-factor", "10"]);
    home
}

#[test]
fn where_all_is_well_nothing_needs_doing() {
    let home = well();
    let found = states(&home, &[], 0);
    for check in ["vault", "permissions", "lock", "history", "opening", "backup", "config"] {
        assert_eq!(found[check], "ok", "{check}: {found:?}");
    }
    for check in ["clock", "terminal"] {
        assert_eq!(found[check], "note", "{check}: {found:?}");
    }
    assert!(run(&home, &["doctor"], "", &[]).stdout.ends_with("\nnothing needs doing\n"));
}

#[test]
fn what_needs_doing_is_said_and_how() {
    let home = well();
    home.add(&uri("GitHub", "bob", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
    std::fs::set_permissions(home.vault(), Permissions::from_mode(0o644)).unwrap();
    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    std::fs::write(home.path("config/keyfob/config.toml"), "idle_lok = 3\n").unwrap();
    let found = states(&home, &[], 1);
    for check in ["permissions", "backup", "config"] {
        assert_eq!(found[check], "to-do", "{check}: {found:?}");
    }
    let said = run(&home, &["doctor"], "", &[]).stdout;
    let vault = home.vault().display().to_string();
    for part in [&format!("try: chmod 600 {vault}\n"), "1 change since are not in it", "idle_lok"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_cheap_lock_needs_doing() {
    assert_eq!(states(&Home::with_vault(), &[], 1)["lock"], "to-do");
}

#[test]
fn a_backup_is_opened_without_being_brought_back() {
    let home = well();
    let file = |name: &str| home.path(name).display().to_string();
    let (backup, key) = (file("backup.age"), file("backup-key"));
    let with = |key: &str| ["--backup", &backup, "--backup-passphrase-file", key].map(str::to_owned);
    let states = |key: &str, code| {
        let arguments = with(key);
        states(&home, &arguments.each_ref().map(String::as_str), code)["backup-file"].clone()
    };
    assert_eq!(states(&key, 0), "ok");
    std::fs::write(home.path("other-key"), "another passphrase\n").unwrap();
    assert_eq!(states(&file("other-key"), 1), "to-do");
}

#[test]
fn a_wrong_passphrase_is_a_finding_and_no_vault_is_one_too() {
    let home = well();
    std::fs::write(home.path("wrong"), "another passphrase\n").unwrap();
    let (vault, wrong) = (home.vault().display().to_string(), home.path("wrong").display().to_string());
    let ran = bare(&home, &["doctor", "--vault", &vault, "--passphrase-file", &wrong], &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.contains("to-do  opening") && ran.stdout.contains("does not open"), "{}", ran.stdout);
    let ran = bare(&home, &["doctor", "--vault", "none.age"], &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("to-do  vault"), "{}", ran.stdout);
}

#[cfg(feature = "aws")]
#[test]
fn aws_profiles_are_set_against_the_devices_here() {
    let home = well();
    let arn = |name: &str| format!("arn:aws:iam::123456789012:mfa/{name}");
    std::fs::create_dir(home.path(".aws")).unwrap();
    let config = |serial: &str| {
        std::fs::write(home.path(".aws/config"), format!("[default]\nmfa_serial = {serial}\n")).unwrap();
    };
    config(&arn("alice"));
    assert_eq!(states(&home, &[], 1)["aws"], "to-do");
    home.done(&["edit", "GitHub:alice", "--serial", &arn("alice")]);
    let backup = home.path("second.age").display().to_string();
    let key = home.path("backup-key").display().to_string();
    home.done(&["export", &backup, "--backup-passphrase-file", &key, "--work-factor", "10"]);
    assert_eq!(states(&home, &[], 0)["aws"], "ok");
    for (serial, state, code) in
        [(arn("alice").replace(":mfa/", ":user/"), "to-do", 1), ("GAHT12345678".to_owned(), "note", 0)]
    {
        config(&serial);
        let said = run(&home, &["doctor"], "", &[]);
        assert_eq!(said.code, Some(code), "{}", said.stdout);
        assert!(said.stdout.contains(&format!("{state:<7}aws")), "{}", said.stdout);
        assert!(said.stdout.contains("GitHub:alice: no profile names it"), "{}", said.stdout);
    }
}
