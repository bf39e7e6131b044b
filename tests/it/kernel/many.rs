//! Many at once on one vault.

use super::{home, numbered};
use crate::harness::home::PASSPHRASE;
use crate::vault::{Failed, NOW, candidate, passphrase};
use keyfob::vault::{Change, Reason, Store, Unlock};
use std::process::Stdio;

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

#[test]
fn sixteen_programs_at_once_all_add_theirs() {
    use std::io::Write as _;
    let home = home();
    let start = |number: usize| {
        let mut child =
            home.command().args(["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(numbered(number).as_bytes()).unwrap();
        child
    };
    for round in 0..4 {
        let children: Vec<_> = (1..=16).map(|number| start(round * 16 + number)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
    }
    assert_eq!(home.accounts(), (0..=64).map(|number| format!("user{number:04}")).collect::<Vec<_>>());
}
