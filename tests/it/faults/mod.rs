//! A disk that fails: every operation of every save path, with every error, and killed at every operation.

mod disk;
mod matrix;

use crate::vault::odd::Odd;
use crate::vault::{
    Failed, NOW, accounts, add, candidate, change, cheap, open_with_identity, passphrase, recipients_lock,
};
use disk::{ENOSPC, ERRORS, Fault, FaultDisk};
use keyfob::vault::disk::{Disk, MemoryDisk};
use keyfob::vault::{BackupLock, Change, Reason, Session, Store, VaultError, seal_backup, write_new_file};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const PATH: &str = "/v/vault.age";

/// One way to save, run on a disk that may fail.
struct Scenario {
    name: &'static str,
    run: fn(&FaultDisk, &MemoryDisk) -> Result<(), VaultError>,
    /// The accounts that the vault must hold when nothing was saved, and when it was.
    before: Option<&'static [&'static str]>,
    after: &'static [&'static str],
}

/// The vault opened on the sound disk, its session moved to the one that fails.
fn session_on(disk: &FaultDisk) -> Result<Session, VaultError> {
    open_with_identity(&Store::on(Arc::new(disk.clone()), PATH.into()))
}

/// A session on the sound disk.
fn open(store: &Store) -> Session {
    open_with_identity(store).unwrap()
}

fn earlier(session: &Session, generation: &str) -> Result<Session, VaultError> {
    let sealed = session.store().read_generation(generation)?;
    sealed.open(keyfob::vault::Unlock::Identities(&crate::vault::recipient().0))
}

fn vault_error(failed: Failed) -> VaultError {
    match failed {
        Failed::Vault(error) => error,
        Failed::Change(error) => panic!("{error:?}"),
    }
}

const SCENARIOS: [Scenario; 7] = [
    Scenario {
        name: "init",
        run: |disk, _| {
            Store::on(Arc::new(disk.clone()), PATH.into()).create(&recipients_lock(), NOW).map(|_| ())
        },
        before: None,
        after: &[],
    },
    Scenario {
        name: "add",
        run: |disk, _| {
            let mut session = session_on(disk)?;
            change(&mut session, &Change::Add(Box::new(candidate(2)))).map_err(vault_error).map(|_| ())
        },
        before: Some(&["user1"]),
        after: &["user1", "user2"],
    },
    Scenario {
        name: "remove",
        run: |disk, _| {
            let mut session = session_on(disk)?;
            let id = session.vault().devices().next().unwrap().id;
            change(&mut session, &Change::Remove(id)).map_err(vault_error).map(|_| ())
        },
        before: Some(&["user1"]),
        after: &[],
    },
    Scenario {
        name: "import",
        run: |disk, _| {
            let mut session = session_on(disk)?;
            let many: Vec<_> = (2..5).map(candidate).collect();
            session.update(Reason::Import, NOW, |vault| {
                vault.import(&many, NOW);
                Ok::<_, VaultError>(())
            })?;
            Ok(())
        },
        before: Some(&["user1"]),
        after: &["user1", "user2", "user3", "user4"],
    },
    Scenario {
        name: "merge with another session's save",
        run: |disk, sound| {
            let mut session = session_on(disk)?;
            add(&mut open(&Store::on(Arc::new(sound.clone()), PATH.into())), candidate(3));
            change(&mut session, &Change::Add(Box::new(candidate(2)))).map_err(vault_error).map(|_| ())
        },
        before: Some(&["user1", "user3"]),
        after: &["user1", "user2", "user3"],
    },
    Scenario {
        name: "a new passphrase",
        run: |disk, _| {
            session_on(disk)?.change_passphrase(&passphrase("correct horse"), cheap(), NOW).map(|_| ())
        },
        before: Some(&["user1"]),
        after: &["user1"],
    },
    Scenario {
        name: "restore",
        run: |disk, _| {
            let mut session = session_on(disk)?;
            let earlier = earlier(&session, "1")?;
            session.update(Reason::Restore, NOW, |vault| {
                vault.replace_with(earlier.vault(), NOW);
                Ok::<_, VaultError>(())
            })?;
            Ok(())
        },
        before: Some(&["user1"]),
        after: &[],
    },
];

fn prepared(scenario: &Scenario) -> MemoryDisk {
    let disk = MemoryDisk::default();
    if scenario.before.is_some() {
        let store = Store::on(Arc::new(disk.clone()), PATH.into());
        store.create(&recipients_lock(), NOW).unwrap();
        add(&mut open(&store), candidate(1));
    }
    disk
}

/// Runs a scenario with one fault; how many operations it took, and whether it said that it saved.
fn run(scenario: &Scenario, at: usize, fault: Fault) -> (usize, Result<(), VaultError>, MemoryDisk) {
    let sound = prepared(scenario);
    let disk = FaultDisk::new(&sound, at, fault);
    let outcome = (scenario.run)(&disk, &sound);
    (disk.count.load(Ordering::Relaxed), outcome, sound)
}

/// The vault is whole, and is the old one or the new one; after "saved" the new one.
fn check(scenario: &Scenario, at: usize, fault: Fault) {
    let (_, outcome, sound) = run(scenario, at, fault);
    let context = format!("{} with {fault:?} at operation {at}: {outcome:?}", scenario.name);
    let store = Store::on(Arc::new(sound.clone()), PATH.into());
    if sound.stat(Path::new(PATH)).is_err() {
        assert!(scenario.before.is_none() && outcome.is_err(), "no vault: {context}");
        store.create(&recipients_lock(), NOW).unwrap();
        return;
    }
    let mut session = open(&store);
    let mut have = accounts(session.vault());
    have.sort();
    if outcome.is_ok() {
        assert_eq!(have, scenario.after, "said to be saved: {context}");
    } else {
        let other_session = scenario.name.starts_with("merge") && have == ["user1"];
        let old = scenario.before.is_some_and(|before| have == before);
        assert!(old || have == scenario.after || other_session, "{have:?}: {context}");
    }
    // The next save works, and takes away whatever was left behind.
    add(&mut session, candidate(99));
    let names = sound.list(Path::new("/v")).unwrap();
    let ours = |name: &String| !name.starts_with("vault.age");
    assert!(!names.iter().any(ours), "left behind: {names:?} after {context}");
}

#[test]
fn every_error_at_every_operation_leaves_the_old_vault_or_the_new_one() {
    let mut cases = 0;
    for scenario in &SCENARIOS {
        let (operations, outcome, _) = run(scenario, usize::MAX, Fault::Kill);
        assert!(outcome.is_ok(), "{}: {outcome:?}", scenario.name);
        assert!(operations >= 5, "{} took {operations} operations", scenario.name);
        for at in 0..operations {
            for fault in
                ERRORS.map(|(_, code)| Fault::Error(code)).into_iter().chain([Fault::ShortWrite, Fault::Kill])
            {
                check(scenario, at, fault);
                cases += 1;
            }
        }
    }
    assert!(cases > 700, "{cases} cases");
}

#[test]
fn nothing_is_said_to_be_saved_before_the_folder_is_durable() {
    let scenario = &SCENARIOS[1];
    let (operations, _, _) = run(scenario, usize::MAX, Fault::Kill);
    let mut unconfirmed = 0;
    for at in 0..operations {
        let (_, outcome, sound) = run(scenario, at, Fault::Error(5));
        let in_place = accounts(open(&Store::on(Arc::new(sound), PATH.into())).vault()).len() == 2;
        if let Err(VaultError::Io { step: keyfob::vault::Step::SyncFolder, .. }) = outcome {
            assert!(in_place);
            unconfirmed += 1;
        }
    }
    assert_eq!(unconfirmed, 1, "exactly one operation comes between the rename and the word 'saved'");
}

#[test]
fn a_full_disk_is_told_with_the_file_and_the_step() {
    let scenario = &SCENARIOS[1];
    let (operations, _, _) = run(scenario, usize::MAX, Fault::Kill);
    let told = (0..operations).any(|at| {
        let (_, outcome, _) = run(scenario, at, Fault::ShortWrite);
        matches!(outcome, Err(VaultError::Io { path, step: keyfob::vault::Step::Write, error })
            if path.ends_with(".vault.age.new") && error.raw_os_error() == Some(ENOSPC))
    });
    assert!(told);
}

#[test]
fn a_backup_that_fails_leaves_nothing_behind() {
    let sound = prepared(&SCENARIOS[1]);
    let session = open(&Store::on(Arc::new(sound.clone()), PATH.into()));
    let lock = BackupLock::Passphrase(passphrase("other"), cheap());
    let sealed = seal_backup(session.vault(), None, &lock).unwrap();
    let target = Path::new("/b/backup.age");
    for at in 0..10 {
        for overwrite in [false, true] {
            let disk = FaultDisk::new(&sound, at, Fault::ShortWrite);
            let outcome = write_new_file(&disk, target, sealed.bytes(), overwrite);
            let names = sound.list(Path::new("/b")).unwrap();
            if outcome.is_ok() || names == ["backup.age"] {
                assert_eq!(sealed.prove(&sound.read(target, 1 << 20).unwrap().0), Ok(1));
                sound.remove(target).unwrap();
            } else {
                assert!(names.is_empty(), "operation {at}: {names:?}");
            }
        }
    }
}

#[test]
fn where_there_are_no_hard_links_a_copy_is_kept() {
    let store = Store::on(Arc::new(Odd::without_links()), PATH.into());
    store.create(&recipients_lock(), NOW).unwrap();
    let mut session = open(&store);
    assert!(matches!(store.create(&recipients_lock(), NOW), Err(VaultError::Exists { .. })));
    add(&mut session, candidate(1));
    add(&mut session, candidate(2));
    let earlier = earlier(&session, "2").unwrap();
    assert_eq!(accounts(earlier.vault()), ["user1"]);
}

#[test]
fn a_generation_that_was_being_copied_is_never_half_a_vault() {
    let scenario = &SCENARIOS[1];
    for at in 0..45 {
        for fault in [Fault::Kill, Fault::ShortWrite] {
            let sound = prepared(scenario);
            let disk = FaultDisk { links: false, ..FaultDisk::new(&sound, at, fault) };
            let outcome = (scenario.run)(&disk, &sound);
            let session = open(&Store::on(Arc::new(sound.clone()), PATH.into()));
            for generation in session.store().generations().unwrap() {
                let opened = earlier(&session, &generation.name);
                assert!(opened.is_ok(), "{fault:?} at {at}: {outcome:?}, {}: {opened:?}", generation.name);
            }
            assert!(at < 35 || outcome.is_ok(), "{outcome:?}");
        }
    }
}
