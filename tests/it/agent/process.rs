//! `keyfob agent` as it is used.

use super::WithAgent;
use crate::harness::{eventually, is_alive};
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt;

fn mode(path: &std::path::Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_held_vault_opens_without_the_passphrase() {
    let home = WithAgent::new();
    let before = home.run(&["code", "alice"]);
    assert_eq!((before.code, before.stdout.as_str()), (Some(3), ""));
    assert_eq!(home.run(&["agent", "status"]).code, Some(1));
    let told = home.0.done(&["agent", "--lifetime", "2h"]);
    assert!(told.ends_with("until it was not used for 2 hours, 12 hours at most\n"), "{told}");
    assert_eq!((mode(&home.0.path("keyfob")), mode(&home.place().socket())), (0o700, 0o600));
    assert_eq!(home.run(&["code", "alice", "--at", "59"]).stdout, "287082\n");
    assert_eq!(home.run(&["edit", "alice", "--note", "x"]).code, Some(0));
    assert_eq!(home.run(&["list"]).stdout.lines().count(), 2);
    let status: serde_json::Value =
        serde_json::from_str(&home.run(&["agent", "status", "--json"]).stdout).unwrap();
    assert_eq!((&status["running"], &status["vaults"][0]["lifetime"]), (&true.into(), &7200.into()));
    assert_eq!(home.run(&["agent", "lock"]).code, Some(0));
    assert_eq!(home.run(&["code", "alice"]).code, Some(3));
    assert_eq!(home.run(&["agent", "status"]).code, Some(1));
}

#[test]
fn what_shows_secrets_or_changes_the_lock_asks_all_the_same() {
    let home = WithAgent::new();
    home.hold();
    let guarded: [&[&str]; 4] = [
        &["qr", "alice", "--png", "a.png"],
        &["export", "b.age", "--backup-passphrase-file", "passphrase"],
        &["lock", "passphrase", "--new-passphrase-file", "passphrase"],
        &["lock", "recipients", "--add", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
    ];
    for arguments in guarded {
        assert_eq!(home.run(arguments).code, Some(3), "{arguments:?}");
    }
    // Whoever comes in by a forced command is asked, whatever the owner has unlocked.
    assert_eq!(home.run_with(&["--read-only"], &["list"]).code, Some(3));
    // And what was named is used: a passphrase that is wrong stays wrong.
    std::fs::write(home.0.path("wrong"), "wrong\n").unwrap();
    assert_eq!(home.run_with(&["--passphrase-file", "wrong"], &["list"]).code, Some(3));
}

#[test]
fn a_wrong_passphrase_starts_no_agent() {
    let home = WithAgent::new();
    std::fs::write(home.0.path("wrong"), "wrong\n").unwrap();
    assert_eq!(home.run_with(&["--passphrase-file", "wrong"], &["agent"]).code, Some(3));
    assert!(!home.place().socket().exists());
}

#[test]
fn sighup_locks_it_and_sigterm_ends_it() {
    let home = WithAgent::new();
    home.hold();
    let pid = home.pid();
    home.signal(Signal::HUP);
    eventually("the lock by SIGHUP", || home.run(&["agent", "status"]).code == Some(1));
    assert_eq!(home.pid(), pid, "it goes on");
    home.hold();
    assert_eq!(home.pid(), pid, "the same one holds it again");
    home.signal(Signal::TERM);
    eventually("its end", || !is_alive(pid) && !home.place().socket().exists());
}

#[test]
fn what_a_killed_agent_leaves_is_replaced() {
    let home = WithAgent::new();
    home.hold();
    let pid = home.pid();
    home.signal(Signal::KILL);
    eventually("its death", || !is_alive(pid));
    assert!(home.place().socket().exists());
    assert_eq!(home.run(&["code", "alice"]).code, Some(3), "asked for, as without an agent");
    let told = home.run(&["agent", "lock"]);
    assert_eq!(told.stderr, "keyfob: agent: none runs\n  try: keyfob agent, which starts one\n");
    home.hold();
    assert_eq!(home.run(&["code", "alice"]).code, Some(0));
    // There is never a second one.
    let second = home.run(&["agent", "run"]);
    assert_eq!(second.code, Some(5), "{}", second.stderr);
    assert_eq!(home.run(&["code", "alice"]).code, Some(0));
}

#[test]
fn stopping_one_does_not_wait_for_another_that_was_started_meanwhile() {
    use keyfob::agent::Answer;
    use std::io::Read as _;
    use std::io::Write as _;
    let home = WithAgent::new();
    home.hold();
    let pid = home.pid();
    home.signal(Signal::KILL);
    eventually("its death", || !is_alive(pid));
    // In its place one that says that it ends, while somebody holds the lock.
    std::fs::remove_file(home.place().socket()).unwrap();
    let listener = std::os::unix::net::UnixListener::bind(home.place().socket()).unwrap();
    let lock = std::fs::File::open(home.0.path("keyfob/agent.lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 64]);
            let _ = stream.write_all(&Answer::Done.to_bytes());
        }
    });
    // By the clock of the tests waiting takes no time.
    let stop = crate::cli::harness::run(&home.0, &["agent", "stop"], "", &[]);
    assert_eq!(stop.code, Some(5), "{}", stop.stderr);
    assert!(stop.stderr.contains("one runs already"), "{}", stop.stderr);
}

#[test]
fn a_changed_passphrase_makes_it_ask_again() {
    let home = WithAgent::new();
    home.hold();
    std::fs::write(home.0.path("new"), "another one, long enough\n").unwrap();
    home.0.done(&["lock", "passphrase", "--new-passphrase-file", "new", "--work-factor", "10"]);
    assert_eq!(home.run(&["code", "alice"]).code, Some(3));
    assert_eq!(home.run_with(&["--passphrase-file", "new"], &["agent"]).code, Some(0));
    assert_eq!(home.run(&["code", "alice"]).code, Some(0));
}

#[test]
fn it_can_not_be_looked_into() {
    let home = WithAgent::new();
    home.hold();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", home.pid())).unwrap();
    let cores = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(cores.split_whitespace().nth(4), Some("0"), "{cores}");
    let status = std::fs::read_to_string(format!("/proc/{}/status", home.pid())).unwrap();
    let locked = status.lines().find_map(|line| line.strip_prefix("VmLck:")).unwrap().trim();
    let told: serde_json::Value =
        serde_json::from_str(&home.run(&["agent", "status", "--json"]).stdout).unwrap();
    assert_eq!(told["memory_locked"], locked != "0 kB");
}

#[test]
fn the_full_screen_opens_by_it_and_still_asks_before_a_secret() {
    let home = WithAgent::new();
    home.hold();
    let mut screen = home.0.locked_screen().start();
    screen.wait_text("alice");
    screen.press("r");
    screen.wait_text("passphrase");
    screen.press("\x1b");
    // Locked on the screen it wants the passphrase, too: that is what the key is for.
    screen.press_until("L", "the unlock form", |text| text.contains("passphrase") && !text.contains("alice"));
}
