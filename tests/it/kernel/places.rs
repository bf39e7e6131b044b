//! Vaults in places that make it hard.

use super::{home, numbered};
use crate::harness::home::Home;
use crate::harness::say;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::Command;

/// A file system of so many KiB in memory; none where that may not be made. Unmounted when dropped.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(at: &'a Path, kib: u32) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mount = |arguments: &[&str]| {
            let done =
                Command::new("mount").args(arguments).arg(at).stderr(std::process::Stdio::null()).status();
            done.is_ok_and(|status| status.success())
        };
        if mount(&["-t", "tmpfs", "-o", &format!("size={kib}k,mode=700"), "tmpfs"]) {
            return Some(Self(at));
        }
        say("passed over: nothing can be mounted here");
        None
    }

    fn make_read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,ro"]).arg(self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

/// A home whose vault stands in another folder.
fn moved(home: &Home, to: &Path) -> String {
    let vault = to.join("vault.age");
    std::fs::copy(home.vault(), &vault).unwrap();
    vault.display().to_string()
}

#[test]
fn on_a_full_disk_the_old_vault_stays_and_the_file_is_named() {
    let home = home();
    let folder = home.path("small");
    let Some(_small) = Small::mount(&folder, 64) else { return };
    let vault = moved(&home, &folder);
    let mut have = home.accounts_of(&vault);
    let full = (1..60).find_map(|number| {
        let ran = home.run(&["add", "-", "--vault", &vault], &numbered(number));
        if ran.code == Some(0) {
            have.push(format!("user{number:04}"));
            return None;
        }
        Some(ran)
    });
    let ran = full.expect("a full disk");
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
    assert!(ran.stderr.contains("vault.age") && ran.stderr.contains("  try: "), "{}", ran.stderr);
    assert_eq!(home.accounts_of(&vault), have);
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name == ".vault.age.new"), "{names:?}");
}

#[test]
fn on_a_read_only_disk_codes_come_and_changes_are_refused() {
    let home = home();
    let folder = home.path("fixed");
    let Some(fixed) = Small::mount(&folder, 1024) else { return };
    let vault = moved(&home, &folder);
    fixed.make_read_only();
    let ran = home.run(&["add", "-", "--vault", &vault], &numbered(1));
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
    assert!(ran.stderr.to_lowercase().contains("read-only"), "{}", ran.stderr);
    assert_eq!(home.done(&["code", "user0000", "--vault", &vault]).len(), 7);
}

#[test]
fn a_symlinked_vault_stays_a_symlink_and_its_target_is_saved_to() {
    let home = home();
    std::fs::create_dir(home.path("elsewhere")).unwrap();
    let target = home.path("elsewhere/real.age");
    std::fs::rename(home.vault(), &target).unwrap();
    symlink(&target, home.vault()).unwrap();
    home.add(&numbered(1));
    assert!(std::fs::symlink_metadata(home.vault()).unwrap().is_symlink());
    assert_eq!(home.accounts_of(&target.display().to_string()), ["user0000", "user0001"]);
    assert!(home.path("elsewhere/real.age.history").is_dir());
}

#[test]
fn another_name_of_the_file_keeps_what_it_had() {
    let home = home();
    let other = home.path("other.age");
    std::fs::hard_link(home.vault(), &other).unwrap();
    home.add(&numbered(1));
    assert_eq!(home.accounts_of(&other.display().to_string()), ["user0000"]);
    assert_ne!(std::fs::metadata(&other).unwrap().ino(), std::fs::metadata(home.vault()).unwrap().ino());
}
