//! Many at once on one vault.

use super::{home, numbered};
use crate::harness::home::{Home, PASSPHRASE};
use crate::harness::{kill_at, say};
use crate::vault::{Failed, NOW, candidate, passphrase};
use keyfob::vault::{Change, Reason, Store, Unlock};
use std::io::Write as _;
use std::process::{Child, Stdio};

#[test]
fn thirty_two_sessions_with_fifty_changes_each_lose_nothing_and_double_nothing() {
    let home = home();
    std::thread::scope(|scope| {
        for session in 0..32 {
            let home = &home;
            scope.spawn(move || {
                let store = Store::real(home.vault());
                let sealed = store.read().unwrap();
                let mut open = sealed.open(Unlock::Passphrase(&passphrase(PASSPHRASE))).unwrap();
                for change in 0..50 {
                    let add = Change::Add(Box::new(candidate(1_000 + session * 50 + change)));
                    // A lock that is not to be had within its patience is said, and tried again, as a person would.
                    let mut save =
                        || open.update(Reason::Change, NOW, |vault| Ok::<_, Failed>(vault.apply(&add, NOW)?));
                    while save().is_err() {}
                }
            });
        }
    });
    let mut expected: Vec<String> = (1_000..2_600).map(|number| format!("user{number}")).collect();
    expected.push("user0000".to_owned());
    expected.sort();
    assert_eq!(home.accounts(), expected);
}

/// A program that adds a device.
fn adding(home: &Home, number: usize) -> Child {
    let mut command = home.command();
    command.args(["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(numbered(number).as_bytes()).unwrap();
    child
}

/// How often each of the programs is run: `KEYFOB_ROUNDS` says so.
fn rounds() -> usize {
    std::env::var("KEYFOB_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(2)
}

#[test]
fn thirty_two_programs_at_once_all_add_theirs() {
    let home = home();
    for round in 0..rounds() {
        let children: Vec<_> = (1..=32).map(|number| adding(&home, round * 32 + number)).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && !said.contains("came back"), "{said}");
        }
    }
    let all = rounds() * 32;
    assert_eq!(home.accounts(), (0..=all).map(|number| format!("user{number:04}")).collect::<Vec<_>>());
    say(&format!("{all} changes by 32 programs at once"));
}

#[test]
fn writers_that_are_killed_while_they_hold_the_lock_hold_up_nobody_and_lose_nothing() {
    use std::time::Duration;
    let home = home();
    let mut acknowledged = vec!["user0000".to_owned()];
    let mut killed = 0;
    for round in 0..10_usize {
        let mut children: Vec<_> =
            (0..8).map(|one| 1 + round * 8 + one).map(|number| (number, adding(&home, number))).collect();
        for (number, child) in &mut children {
            // Every other one is killed, at moments that a fixed multiplier spreads over its life.
            let lived = if number.is_multiple_of(2) {
                child.wait().unwrap().success()
            } else {
                kill_at(child, Duration::from_micros((*number as u64 * 7_919) % 12_000))
            };
            killed += usize::from(!lived);
            acknowledged.extend(lived.then(|| format!("user{number:04}")));
        }
    }
    let have = home.accounts();
    assert!(acknowledged.iter().all(|account| have.contains(account)), "{acknowledged:?}, {have:?}");
    let mut once = have.clone();
    once.dedup();
    assert_eq!(once, have, "doubled");
    say(&format!("{killed} of 80 were killed, {} are there", have.len() - 1));
    assert!(killed > 10, "only {killed} were killed");
}

#[test]
fn two_screens_and_the_command_line_change_one_vault_and_nothing_is_lost_or_doubled() {
    let home = home();
    let up = || {
        let mut pty = home.screen().start();
        pty.wait_text("user0000");
        pty
    };
    let (mut one, mut other) = (up(), up());
    for round in 0..5 {
        let first = round * 3 + 1;
        one.paste(&numbered(first));
        one.wait_text(&format!("user{first:04}"));
        other.paste(&numbered(first + 1));
        other.wait_text(&format!("user{:04}", first + 1));
        home.add(&numbered(first + 2));
        // All three at once, as near as keys come.
        one.press("Enter");
        other.press("Enter");
        for pty in [&mut one, &mut other] {
            // The codes of the new device can be checked; that is left out here.
            pty.wait_text("Enrol or check");
            pty.press("Esc");
            pty.wait("all of this round", |screen| {
                screen.lines().next().is_some_and(|line| line.contains(&format!(" {} devices", first + 3)))
            });
        }
    }
    one.quit();
    other.quit();
    assert_eq!(home.accounts(), (0..16).map(|number| format!("user{number:04}")).collect::<Vec<_>>());
}
