//! Killed, with SIGKILL, wherever a save can be.

use super::{home, numbered};
use crate::harness::home::Home;
use crate::harness::{kill_at, need_program, say, timed};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What a save asks of the kernel; those with a question mark are not on every machine.
const CALLS: [&str; 14] = [
    "openat",
    "?open",
    "read",
    "write",
    "close",
    "flock",
    "ftruncate",
    "fsync",
    "getdents64",
    "linkat",
    "?renameat",
    "?renameat2",
    "?rename",
    "?unlinkat",
];

/// Has a device added by a program that is killed at its `at`-th call of that name; whether it lived to the end.
fn add_and_die(home: &Home, strace: &str, number: usize, call: &str, at: usize) -> bool {
    let [option, vault, file_option, file] = home.options();
    let mut child = Command::new(strace)
        .env_clear()
        .envs(home.env())
        .args(["-f", "-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={call}"))
        .arg("-e")
        .arg(format!("inject={call}:signal=KILL:when={at}"))
        .arg(crate::harness::home::KEYFOB)
        .args([option, vault, file_option, file])
        .args(["add", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(numbered(number).as_bytes());
    child.wait().unwrap().success()
}

#[test]
fn at_any_call_of_a_save_the_vault_is_the_old_one_or_the_new_one() {
    let Some(strace) = need_program("strace") else { return };
    let strace = strace.to_str().unwrap();
    let home = home();
    // strace counts to 65,535.
    if !add_and_die(&home, strace, 1, "write", 60_000) {
        say("passed over: strace may not trace here");
        return;
    }
    let mut have = home.accounts();
    assert_eq!(have, ["user0000", "user0001"]);
    let (mut number, mut kills, mut saved) = (2, 0, 0);
    for call in CALLS {
        for at in 1.. {
            let lived = add_and_die(&home, strace, number, call, at);
            let now = home.accounts();
            let added = format!("user{number:04}");
            let is_new = now.contains(&added);
            have.extend(is_new.then_some(added));
            assert_eq!(now, have, "killed at {call} {at}");
            number += 1;
            if lived {
                assert!(is_new, "it ended well, and nothing is there");
                break;
            }
            kills += 1;
            saved += usize::from(is_new);
        }
    }
    assert!(kills > 40 && saved > 0, "{kills} kills, {saved} of them after the rename");
    say(&format!("{kills} kills, {saved} of them after the rename"));
    let mut left = std::fs::read_dir(home.vault().parent().unwrap()).unwrap();
    assert!(!left.any(|entry| entry.unwrap().file_name() == ".vault.age.new"), "half a save is left");
}

/// So many are killed at random moments of one vault's saves.
const ROUND: usize = 500;

/// How many are, in all: `KEYFOB_KILLS` says so.
fn rounds() -> usize {
    std::env::var("KEYFOB_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(ROUND).div_ceil(ROUND)
}

#[test]
fn at_random_moments_too() {
    let (mut killed, mut saved) = (0, 0);
    for round in 0..rounds() {
        let (of_round, saved_of_round) = kill_at_random(round * ROUND);
        killed += of_round;
        saved += saved_of_round;
    }
    let all = rounds() * ROUND;
    assert!(killed > all / 5, "only {killed} of {all} were killed in time");
    say(&format!("{killed} of {all} were killed in time, {saved} of those after their save"));
}

/// How many of a round were killed before they ended, and how many of those had saved by then.
fn kill_at_random(seed: usize) -> (usize, usize) {
    let home = home();
    let mut have = home.accounts();
    // Spread over what a whole run takes, by a fixed multiplier: the moments differ, the test does not.
    let ((), whole) = timed(|| home.add(&numbered(1)));
    have.push("user0001".to_owned());
    let (mut killed, mut saved) = (0, 0);
    for number in 2..ROUND + 2 {
        let moment = (seed + number).wrapping_mul(2_654_435_761) >> 8 & 0xfff;
        let mut child =
            home.command().args(["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(numbered(number).as_bytes());
        let lived = kill_at(&mut child, whole * u32::try_from(moment).unwrap() / 0x1000);
        // What is there is looked at now and then only: most of the time is for the kills.
        if lived {
            have.push(format!("user{number:04}"));
        } else {
            killed += 1;
        }
        if number % 25 == 0 || number == ROUND + 1 {
            let now = home.accounts();
            assert!(
                have.iter().all(|account| now.contains(account)),
                "{have:?} were saved, {now:?} are there"
            );
            saved += now.len() - have.len();
            have = now;
        }
    }
    (killed, saved)
}
