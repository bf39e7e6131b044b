//! Vaults in places that make it hard.

use super::{home, numbered};
use crate::harness::home::{Home, KEYFOB};
use crate::harness::{eventually, need_program, say};
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

/// Runs the program as nobody, whose home this becomes: root may write anywhere.
fn as_nobody(home: &Home, arguments: &[&str], input: &str) -> (Option<i32>, String) {
    use std::io::Write as _;
    use std::os::unix::process::CommandExt as _;
    use std::process::Stdio;
    let mut command = home.command();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Makes everything in a home nobody's, where that may be done.
fn give_to_nobody(home: &Home) {
    let files = [
        "",
        "passphrase",
        "vault.age",
        "vault.age.history",
        "vault.age.lock",
        "folder",
        "state",
        "state/keyfob",
    ];
    for file in files.iter().filter(|_| is_root()) {
        let _ = std::os::unix::fs::chown(home.path(file), Some(NOBODY), Some(NOBODY));
    }
}

#[test]
fn in_a_folder_without_write_permission_codes_come_and_changes_are_refused() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    std::fs::create_dir(home.path("folder")).unwrap();
    let vault = home.path("folder/vault.age");
    std::fs::copy(home.vault(), &vault).unwrap();
    std::fs::set_permissions(&vault, Permissions::from_mode(0o644)).unwrap();
    give_to_nobody(&home);
    std::fs::set_permissions(home.path("folder"), Permissions::from_mode(0o555)).unwrap();
    let path = vault.to_str().unwrap();
    let (code, said) = as_nobody(&home, &["add", "-", "--vault", path], &numbered(1));
    if said.is_empty() && code == Some(126) {
        return say("passed over: the program can't be run as nobody here");
    }
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("folder/.vault.age.") && said.contains("permission denied"), "{said}");
    assert!(said.contains("  try: keyfob doctor"), "{said}");
    assert_eq!(as_nobody(&home, &["code", "user0000", "--vault", path], "").0, Some(0));
    let names = std::fs::read_dir(home.path("folder")).unwrap().count();
    assert_eq!(names, 1, "something was left there");
    std::fs::set_permissions(home.path("folder"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn where_the_file_system_knows_no_locks_nothing_is_changed_and_that_is_said() {
    let Some(strace) = need_program("strace") else { return };
    let home = home();
    let before = std::fs::read(home.vault()).unwrap();
    for (error, words) in [
        ("ENOLCK", "no locks available"),
        ("ENOSYS", "function not implemented"),
        ("EOPNOTSUPP", "operation not supported"),
    ] {
        let injected = format!("inject=flock:error={error}");
        let mut child = Command::new(&strace)
            .env_clear()
            .envs(home.env())
            .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", &injected, KEYFOB])
            .args(home.options())
            .args(["add", "-"])
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), numbered(1).as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("strace:") {
            return say("passed over: strace may not trace here");
        }
        assert_eq!(output.status.code(), Some(5), "{said}");
        assert!(said.contains("vault.age.lock") && said.contains(words), "{said}");
        assert!(said.contains("  try: a folder on a file system that knows locks"), "{said}");
        assert_eq!(std::fs::read(home.vault()).unwrap(), before);
    }
}

#[test]
fn a_screen_on_a_full_disk_keeps_the_change_and_saves_it_once_there_is_room() {
    let home = home();
    let folder = home.path("small");
    let Some(_small) = Small::mount(&folder, 256) else { return };
    let vault = moved(&home, &folder);
    let passphrase = home.path("passphrase").display().to_string();
    let mut pty = home.terminal(KEYFOB).args(&["--vault", &vault, "--passphrase-file", &passphrase]).start();
    pty.wait_text("user0000");
    let ballast = folder.join("ballast");
    let fill = || {
        use std::io::Write as _;
        let mut file = std::fs::File::create(&ballast).unwrap();
        while file.write_all(&[0; 512]).is_ok() {}
    };
    fill();
    pty.press("*");
    pty.wait_text("not saved");
    pty.wait_text("no space left on device");
    // The line stays, whatever is done meanwhile.
    pty.press("Down");
    pty.press("?");
    pty.wait_text("Keys");
    pty.press("Esc");
    pty.wait("the red line again", |screen| screen.contains("not saved") && !screen.contains("Keys"));
    std::fs::remove_file(&ballast).unwrap();
    pty.press("R");
    pty.wait("all saved", |screen| screen.contains("saved") && !screen.contains("not saved"));
    eventually("the change on disk", || {
        let list: serde_json::Value =
            serde_json::from_str(&home.done(&["list", "--json", "--vault", &vault])).unwrap();
        list.as_array().unwrap().len() == 1
    });
    pty.quit();
}
