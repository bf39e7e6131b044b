//! Every error at every operation of every way to save: what is said, with which exit code, and what is there then.

use super::disk::{ERRORS, Fault, FaultDisk};
use crate::crash::disk::{CrashDisk, Event};
use crate::crash::scenarios::{SCENARIOS, Scenario};
use crate::crash::session;
use crate::harness::say;
use crate::vault::Failed;
use keyfob::explain::{Exit, Explain as _};
use keyfob::vault::{Step, Store, Vault, VaultError};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What came of a run of which one operation failed.
struct Ran {
    operations: usize,
    outcome: Result<(), Failed>,
    /// The vault that was last said to be saved; none before there was one.
    saved: Option<Vault>,
    /// What opens afterwards, on the disk that works again.
    there: Option<Vault>,
}

fn run(scenario: &Scenario, at: usize, error: i32) -> Ran {
    let sound = CrashDisk::new(true);
    let store = Store::on(Arc::new(sound.clone()), crate::crash::PATH.into());
    (scenario.prepare)(&store);
    let before = session(&store).map(|session| session.vault().clone());
    sound.record(None);
    let failing = FaultDisk::new(&sound, at, Fault::Error(error));
    let on_it = Store::on(Arc::new(failing.clone()), crate::crash::PATH.into());
    let outcome = (scenario.run)(&on_it, &sound);
    let said = sound.recorded().1.into_iter().rev().find_map(|event| match event {
        Event::Saved(vault) => Some(*vault),
        _ => None,
    });
    let there = session(&store).map(|session| session.vault().clone());
    Ran { operations: failing.count.load(Ordering::Relaxed), outcome, saved: said.or(before), there }
}

/// What is told names the file, what could not be done, what the system said, and what to do.
fn check_words(error: &VaultError, words: &str, context: &str) {
    let told = error.explain();
    assert_eq!(told.exit, Exit::System, "{context}: {}", told.message);
    let parts: Vec<&str> = told.message.splitn(3, ": ").collect();
    let [path, what, why] = parts[..] else { panic!("{context}: {}", told.message) };
    assert!(path.starts_with("/v") && !what.is_empty(), "{context}: {}", told.message);
    assert_eq!(why, words, "{context}");
    assert!(told.hint.is_some_and(|hint| !hint.is_empty()), "{context}: no next step");
    assert!(!told.message.contains("secret number"), "{context}: a secret");
}

fn check(scenario: &Scenario, at: usize, (words, error): (&str, i32)) {
    let ran = run(scenario, at, error);
    let context = format!("{}, operation {at}, {words}", scenario.name);
    let generation = |vault: &Option<Vault>| vault.as_ref().map_or(0, Vault::generation);
    let same = match (&ran.saved, &ran.there) {
        (Some(saved), Some(there)) => there.same_contents(saved),
        (saved, there) => saved.is_none() && there.is_none(),
    };
    match &ran.outcome {
        // What is put off (a generation less, a folder that was there) is no error.
        Ok(()) => assert!(same, "{context}: said to be saved, and it is not"),
        Err(Failed::Vault(told)) => {
            check_words(told, words, &context);
            let in_place = matches!(told, VaultError::Io { step: Step::SyncFolder, .. });
            let newer = generation(&ran.there) == generation(&ran.saved) + 1;
            assert!(same || in_place && newer, "{context}: the old vault is not there: {told:?}");
        }
        Err(Failed::Change(told)) => panic!("{context}: {told:?}"),
    }
}

#[test]
fn every_error_at_every_operation_is_told_and_leaves_what_was_saved() {
    let mut cases = 0;
    for scenario in &SCENARIOS {
        let operations = run(scenario, usize::MAX, 0).operations;
        for at in 0..operations {
            // 500 devices make it no safer: there one error for each operation, another one each time, has to do.
            let dear = scenario.name.starts_with("import");
            for error in ERRORS.into_iter().skip(if dear { at % ERRORS.len() } else { 0 }).take(if dear {
                1
            } else {
                ERRORS.len()
            }) {
                check(scenario, at, error);
                cases += 1;
            }
        }
    }
    say(&format!("{cases} errors"));
    assert!(cases > 2_000, "{cases} cases");
}
