//! Whose a vault is, and what stands in its place: refused, and nothing of it changed.

use crate::harness::home::{Home, KEYFOB, THIRD_SECRET, uri};
use crate::harness::{need_program, say};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A user who owns nothing else here.
const USER: u32 = 65_123;

/// Who runs the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Root,
    /// Root, by way of sudo.
    Sudo,
    User,
}

/// Where only root can be somebody else.
fn needed() -> Option<PathBuf> {
    let setpriv = need_program("setpriv")?;
    let tried = as_user(&setpriv, Path::new(KEYFOB))
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if rustix::process::geteuid().is_root() && tried.is_ok_and(|status| status.success()) {
        return Some(setpriv);
    }
    say("passed over: the program can't be run as another user here");
    None
}

fn as_user(setpriv: &Path, program: &Path) -> Command {
    let mut command = Command::new(setpriv);
    let user = USER.to_string();
    command.args(["--reuid", &user, "--regid", &user, "--clear-groups"]).arg(program).env_clear();
    command
}

/// The exit code of a command on this vault, and what it says.
fn run(home: &Home, who: Who, vault: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = match (who, needed()) {
        (Who::User, Some(setpriv)) => as_user(&setpriv, Path::new(KEYFOB)),
        _ => Command::new(KEYFOB),
    };
    command.env_clear().envs(home.env()).current_dir(home.path(""));
    if who == Who::Sudo {
        command.env("SUDO_UID", USER.to_string());
    }
    command.arg("--vault").arg(vault).arg("--passphrase-file").arg(home.path("passphrase")).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(uri("New", "carol", THIRD_SECRET).as_bytes());
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// A home whose folder and passphrase the user may use, and whose vault is of this owner and mode.
fn home_of(folder: u32, owner: u32, mode: u32) -> Home {
    let home = Home::with_two();
    for (path, owner) in [(home.path(""), folder), (home.path("passphrase"), USER), (home.vault(), owner)] {
        chown(path, Some(owner), Some(owner)).unwrap();
    }
    std::fs::remove_file(home.path("vault.age.lock")).unwrap();
    std::fs::remove_dir_all(home.path("vault.age.history")).unwrap();
    std::fs::set_permissions(home.path("passphrase"), std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::set_permissions(home.path(""), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(home.vault(), std::fs::Permissions::from_mode(mode)).unwrap();
    home
}

fn names(home: &Home) -> Vec<String> {
    let all = std::fs::read_dir(home.path("")).unwrap();
    let mut all: Vec<String> = all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    all.sort();
    all
}

/// Owner of the folder, owner and mode of the vault, who comes, and how reading and writing then end.
const CASES: &[(u32, u32, u32, Who, i32, i32)] = &[
    (USER, USER, 0o600, Who::User, 0, 0),
    (USER, USER, 0o644, Who::User, 0, 0),
    (USER, USER, 0o666, Who::User, 0, 0),
    (USER, USER, 0o400, Who::User, 0, 0),
    (USER, USER, 0o200, Who::User, 5, 5),
    (USER, USER, 0o000, Who::User, 5, 5),
    // Somebody else's, in a folder where anything could be put in its place.
    (USER, 0, 0o644, Who::User, 0, 5),
    (USER, 0, 0o666, Who::User, 0, 5),
    (USER, 0, 0o600, Who::User, 5, 5),
    // Somebody else's folder.
    (0, 0, 0o644, Who::User, 0, 5),
    (0, USER, 0o600, Who::User, 0, 5),
    // Root, who may do anything, and would leave what its owner can't use.
    (USER, USER, 0o600, Who::Root, 0, 5),
    (0, USER, 0o600, Who::Root, 0, 5),
    (USER, USER, 0o600, Who::Sudo, 5, 5),
    (0, USER, 0o600, Who::Sudo, 5, 5),
    (0, 0, 0o600, Who::Sudo, 0, 0),
    (0, 0, 0o600, Who::Root, 0, 0),
    (0, 0, 0o644, Who::Root, 0, 0),
];

#[test]
fn a_vault_of_another_is_read_where_it_may_be_and_never_taken_away() {
    if needed().is_none() {
        return;
    }
    for case in CASES {
        let (folder, owner, mode, who, reads, writes) = *case;
        let home = home_of(folder, owner, mode);
        let (before, there) = (std::fs::read(home.vault()).unwrap(), names(&home));
        let (code, said) = run(&home, who, &home.vault(), &["--read-only", "list"]);
        assert_eq!(code, reads, "list {case:?}: {said}");
        let (code, said) = run(&home, who, &home.vault(), &["add", "-"]);
        assert_eq!(code, writes, "add {case:?}: {said}");
        let now = std::fs::metadata(home.vault()).unwrap();
        assert_eq!(now.uid(), owner, "{case:?}");
        if writes == 0 {
            assert_ne!(std::fs::read(home.vault()).unwrap(), before, "{case:?}");
            assert_eq!(now.permissions().mode() & 0o7777, 0o600, "{case:?}");
        } else {
            assert_eq!(std::fs::read(home.vault()).unwrap(), before, "{case:?}");
            assert_eq!(names(&home), there, "{case:?}");
            assert!(said.starts_with("keyfob: ") && said.contains("vault.age"), "{case:?}: {said}");
        }
    }
    say(&format!("{} owners and modes", CASES.len()));
}

/// What may stand where a vault should: made there, and how a command on it ends.
type Stand = (&'static str, fn(&Home, &Path), i32);

const STANDS: &[Stand] = &[
    ("a folder", |_, at| std::fs::create_dir(at).unwrap(), 4),
    (
        "a pipe",
        |_, at| {
            rustix::fs::mknodat(rustix::fs::CWD, at, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        },
        4,
    ),
    ("a socket", |_, at| drop(UnixListener::bind(at).unwrap()), 5),
    ("a device", |_, at| symlink("/dev/null", at).unwrap(), 4),
    ("an endless device", |_, at| symlink("/dev/zero", at).unwrap(), 4),
    ("a terminal", |_, at| symlink("/dev/ptmx", at).unwrap(), 4),
    ("a dangling symlink", |home, at| symlink(home.path("nowhere"), at).unwrap(), 5),
    ("a symlink to itself", |_, at| symlink(at, at).unwrap(), 5),
    ("a symlink to a folder", |home, at| symlink(home.path(""), at).unwrap(), 4),
    ("nothing", |_, _| (), 5),
    ("an empty file", |_, at| std::fs::write(at, b"").unwrap(), 4),
];

#[test]
fn what_is_no_ordinary_file_is_no_vault() {
    for (name, make, code) in STANDS {
        let home = Home::empty();
        let at = home.path("there.age");
        make(&home, &at);
        let before = (std::fs::symlink_metadata(&at).ok().map(|found| found.ino()), names(&home));
        for arguments in
            [&["list"][..], &["add", "-"], &["lock", "show"], &["restore", "--list"], &["export", "b.age"]]
        {
            let (ended, said) = run(&home, Who::Root, &at, arguments);
            // Where there is no history there is no generation to be listed.
            let listed = arguments[0] == "restore" && ended == 0;
            assert!(ended == *code || listed, "{name}: {arguments:?}: {ended}: {said}");
        }
        if *name != "nothing" && *name != "a dangling symlink" {
            let (ended, said) = run(&home, Who::Root, &at, &["init", "--work-factor", "1"]);
            assert_eq!(ended, 5, "{name}: init: {said}");
        }
        let now = (std::fs::symlink_metadata(&at).ok().map(|found| found.ino()), names(&home));
        assert_eq!(now, before, "{name}");
    }
    say(&format!("{} things that are no vault", STANDS.len()));
}

#[test]
fn a_symlink_leads_to_its_own_users_vault_alone() {
    if needed().is_none() {
        return;
    }
    for (owner, writes) in [(USER, 0), (0, 5)] {
        let home = home_of(USER, owner, 0o644);
        let link = home.path("link.age");
        symlink(home.vault(), &link).unwrap();
        let (code, said) = run(&home, Who::User, &link, &["add", "-"]);
        assert_eq!(code, writes, "{owner}: {said}");
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::metadata(home.vault()).unwrap().uid(), owner);
    }
}

#[test]
fn a_program_with_somebody_elses_rights_does_nothing() {
    let Some(setpriv) = needed() else { return };
    let home = home_of(USER, USER, 0o600);
    let program = home.path("keyfob");
    std::fs::copy(KEYFOB, &program).unwrap();
    for (mode, code) in [(0o4755, 5), (0o2755, 5), (0o6755, 5), (0o755, 0)] {
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(mode)).unwrap();
        for arguments in [&["list"][..], &["export", "x.age"], &["doctor"]] {
            let mut command = as_user(&setpriv, &program);
            command.envs(home.env()).current_dir(home.path("")).args(home.options()).args(arguments);
            let output = command.stdin(Stdio::null()).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            if code == 0 {
                assert!(!said.contains("setuid"), "{mode:o}: {said}");
                continue;
            }
            assert_eq!(output.status.code(), Some(code), "{mode:o} {arguments:?}: {said}");
            assert!(said.contains("setuid") && output.stdout.is_empty(), "{mode:o}: {said}");
        }
    }
}
