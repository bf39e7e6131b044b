//! A key that opens keyfob and nothing else: the line that docs/ssh.md gives, over a real sshd.

use crate::harness::escapes::clipboard;
use crate::harness::home::{Home, KEYFOB, OTHER_SECRET, PASSPHRASE, RFC_SECRET, THIRD_SECRET, uri};
use crate::harness::need_program;
use crate::harness::pty::{Exit, Pty};
use crate::harness::sshd::Sshd;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The options of the line that docs/ssh.md gives, up to the key.
fn options() -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ssh.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let mut lines = docs.lines().filter(|line| line.starts_with("    ") && line.contains("command=\""));
    let line = lines.next().unwrap();
    assert!(lines.next().is_none(), "docs/ssh.md gives one line");
    line.split_once(" ssh-ed25519 ").unwrap().0.trim().to_owned()
}

/// A home whose vault is where keyfob looks for it, with a counter device too, and keyfob in the `PATH`.
fn home() -> Home {
    let home = Home::with_two();
    home.add(&format!("otpauth://hotp/VPN:carol?secret={THIRD_SECRET}&issuer=VPN&counter=7"));
    let vault = home.path("data/keyfob");
    std::fs::create_dir_all(&vault).unwrap();
    std::fs::rename(home.vault(), vault.join("vault.age")).unwrap();
    std::fs::create_dir(home.path("bin")).unwrap();
    std::os::unix::fs::symlink(KEYFOB, home.path("bin/keyfob")).unwrap();
    home
}

fn sshd(home: &Home) -> Option<Sshd> {
    let mut env = home.env();
    env.retain(|(name, _)| *name != "TERM");
    let path = env.iter_mut().find(|(name, _)| *name == "PATH").unwrap();
    path.1 = format!("{}:{}", home.path("bin").display(), path.1);
    Sshd::start_with(home, &options(), &env)
}

/// Every file below the home but what the ssh client itself writes, with all of its bytes.
fn files(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    fn add(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.insert(path.clone(), Vec::new());
                add(&path, all);
            } else {
                all.insert(path.clone(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    add(&home.path(""), &mut all);
    all.retain(|path, _| !path.starts_with(home.path("ssh")));
    all
}

/// Logs in, whatever is asked for, and unlocks.
#[track_caller]
fn unlocked(sshd: &Sshd, home: &Home, words: &[&str]) -> Pty {
    let mut pty = sshd.login(home, words).start();
    pty.wait_text("passphrase");
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    pty.wait("list of all devices", |screen| {
        ["alice", "bob", "carol"].iter().all(|who| screen.contains(who))
    });
    pty
}

/// The list itself answers: nothing else is open over it.
#[track_caller]
fn is_on_list(pty: &mut Pty, after: &str) {
    pty.press("/");
    pty.type_text("zq");
    pty.wait(&format!("list after {after:?}"), |screen| screen.contains("/ zq"));
    pty.press("Esc");
    pty.wait(&format!("whole list after {after:?}"), |screen| {
        screen.contains("alice") && !screen.contains("/ zq")
    });
}

fn failed(output: &Output) -> bool {
    !output.status.success()
}

#[test]
fn codes_are_read_and_copied() {
    let home = home();
    let Some(sshd) = sshd(&home) else { return };
    let mut pty = unlocked(&sshd, &home, &[]);
    assert!(pty.text().lines().next().unwrap().contains("read-only"), "{}", pty.text());
    pty.press("c");
    pty.wait_text("sent");
    assert!(clipboard(pty.raw()).iter().any(|text| text.len() == 6 && text.parse::<u32>().is_ok()));
    pty.press("q");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
}

#[test]
fn nothing_is_written_and_nothing_opens_that_could() {
    let home = home();
    let Some(sshd) = sshd(&home) else { return };
    let before = files(&home);
    let mut pty = unlocked(&sshd, &home, &[]);
    let writing = ["a", "e", "d", "u", "Ctrl-r", "x", "i", "r", "*", "V", "-", "R", "!", "Ctrl-o", "Ctrl-e"];
    for key in writing.into_iter().chain(["s", "t", "Space", "Space", "n", "c"]) {
        pty.press(key);
        is_on_list(&mut pty, key);
    }
    // By name they are not to be had either.
    for words in ["export", "add", "edit", "import", "delete", "secret"] {
        pty.press(":");
        pty.type_text(words);
        pty.press("Enter Esc");
        is_on_list(&mut pty, words);
    }
    // The counter device is the last, however the list is sorted or grouped when it is found.
    pty.press("/");
    pty.type_text("carol");
    pty.press("Enter Enter");
    pty.wait_text("read-only: a counter");
    pty.press("Esc");
    pty.paste(&uri("Pasted", "mallory", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"));
    pty.wait_text("read-only");
    pty.paste("/etc/passwd");
    pty.wait_text("Nothing fits");
    pty.press("Esc");
    is_on_list(&mut pty, "a pasted path");
    pty.press("q");
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert_eq!(files(&home), before, "something was written");
    let raw = String::from_utf8_lossy(pty.raw()).replace(' ', "");
    assert!([RFC_SECRET, OTHER_SECRET, THIRD_SECRET].iter().all(|secret| !raw.contains(&secret[..12])));
    assert!(!raw.contains("mallory"));
}

#[test]
fn what_the_client_asks_for_is_not_run() {
    let home = home();
    let Some(sshd) = sshd(&home) else { return };
    let made = home.path("made");
    let made = made.display().to_string();
    let mut pty = unlocked(&sshd, &home, &["touch", &made]);
    is_on_list(&mut pty, "the login");
    pty.press("q");
    pty.wait_exit();
    // Without a terminal there is nothing to show: it says so, and ends.
    for words in [vec!["touch", &made], vec!["keyfob", "export", &made], vec!["/bin/sh"]] {
        let output =
            sshd.command(&need_program("ssh").unwrap()).arg("127.0.0.1").args(words).output().unwrap();
        assert!(failed(&output) && output.stdout.is_empty(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("keyfob: "), "{output:?}");
    }
    assert!(!Path::new(&made).exists());
}

#[test]
fn no_file_is_copied_and_no_port_forwarded() {
    let home = home();
    let Some(sshd) = sshd(&home) else { return };
    let (Some(ssh), Some(scp), Some(sftp)) = (need_program("ssh"), need_program("scp"), need_program("sftp"))
    else {
        return;
    };
    let before = files(&home);
    let run = |mut command: Command| command.output().unwrap();
    let there = format!("127.0.0.1:{}", home.path("passphrase").display());
    let (mut down, mut up, mut old) = (sshd.command(&scp), sshd.command(&scp), sshd.command(&scp));
    down.args([&there, &home.path("copied").display().to_string()]);
    up.args([&home.path("passphrase").display().to_string(), &format!("{there}-copied")]);
    old.arg("-O").args([&there, &home.path("copied").display().to_string()]);
    let mut list = sshd.command(&sftp);
    list.args(["-b", "/dev/null", "127.0.0.1"]);
    // A listener here that nobody may reach through the other end.
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (mut through, mut back) = (sshd.command(&ssh), sshd.command(&ssh));
    through.args(["-W", &format!("127.0.0.1:{port}"), "127.0.0.1"]);
    back.args(["-N", "-o", "ExitOnForwardFailure=yes", "-R", &format!("0:127.0.0.1:{port}"), "127.0.0.1"]);
    for command in [down, up, old, list, through, back] {
        let name = format!("{command:?}");
        let output = run(command);
        assert!(failed(&output), "{name}: {output:?}");
    }
    assert!(listener.accept().is_err(), "the port was reached");
    assert_eq!(files(&home), before, "something was copied");
}

#[test]
fn the_keys_of_job_control_do_no_harm() {
    let home = home();
    let Some(sshd) = sshd(&home) else { return };
    let mut pty = sshd.login(&home, &[]).start();
    pty.wait_text("passphrase");
    pty.press("Ctrl-z Ctrl-\\");
    pty.type_text(PASSPHRASE);
    pty.press("Enter");
    pty.wait_text("alice");
    for key in ["Ctrl-z", "Ctrl-\\", "Ctrl-s", "Ctrl-q", "Ctrl-d"] {
        pty.press(key);
        is_on_list(&mut pty, key);
    }
    pty.press("Ctrl-c");
    assert!(matches!(pty.wait_exit(), Exit::Code(0 | 130)));
}
