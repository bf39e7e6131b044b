//! The ways to save.

use super::disk::CrashDisk;
use super::session;
use crate::vault::{Failed, NOW, add, candidate, change, cheap, lock, passphrase, recipients_lock};
use keyfob::clock::UnixTime;
use keyfob::text::Text;
use keyfob::vault::{
    Change, Edit, Identities, LockInfo, Reason, RecipientChange, Session, Store, Unlock, Vault, VaultError,
    WorkFactor,
};

/// Those that open a vault in some state of some scenario.
pub const PASSPHRASES: [&str; 2] = ["correct horse", "another horse"];

pub struct Scenario {
    pub name: &'static str,
    /// What is there before, durable.
    pub prepare: fn(&Store),
    /// Saves once or more, and says so each time.
    pub run: fn(&Store, &CrashDisk) -> Result<(), Failed>,
}

fn with_one(store: &Store) {
    store.create(&recipients_lock(), NOW).unwrap();
    add(&mut session(store).unwrap(), candidate(1));
}

fn with_passphrase(store: &Store) {
    store.create(&lock(), NOW).unwrap();
    add(&mut session(store).unwrap(), candidate(1));
}

/// A vault with 31 generations, each of a day of its own and so kept till now; all but the newest go at the next save.
fn with_many_generations(store: &Store) {
    let day = |number: u32| UnixTime(NOW.0 - (90 - u64::from(number)) * 86_400);
    store.create(&recipients_lock(), day(0)).unwrap();
    let mut session = session(store).unwrap();
    for number in 1..=30 {
        let add = Change::Add(Box::new(candidate(number)));
        let apply = |vault: &mut Vault| Ok::<_, Failed>(vault.apply(&add, day(number))?);
        session.update(Reason::Change, day(number), apply).unwrap();
    }
}

/// The vault as the running program opens it.
fn opened(store: &Store) -> Result<Session, VaultError> {
    let sealed = store.read()?;
    if !matches!(sealed.lock(), LockInfo::Passphrase { .. }) {
        return sealed.open(Unlock::Identities(&crate::vault::recipient().0));
    }
    sealed.open(Unlock::Passphrase(&passphrase(PASSPHRASES[0])))
}

fn apply(session: &mut Session, disk: &CrashDisk, wanted: &Change) -> Result<(), Failed> {
    change(session, wanted)?;
    disk.say_saved(session.vault());
    Ok(())
}

pub const SCENARIOS: [Scenario; 12] = [
    Scenario {
        name: "init",
        prepare: |_| {},
        run: |store, disk| {
            disk.say_saved(store.create(&recipients_lock(), NOW)?.vault());
            Ok(())
        },
    },
    Scenario {
        name: "first device",
        prepare: |store| drop(store.create(&recipients_lock(), NOW).unwrap()),
        run: |store, disk| apply(&mut opened(store)?, disk, &Change::Add(Box::new(candidate(1)))),
    },
    Scenario {
        name: "add",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            (2..5).try_for_each(|n| apply(&mut session, disk, &Change::Add(Box::new(candidate(n)))))
        },
    },
    Scenario {
        name: "edit",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            let id = session.vault().devices().next().unwrap().id;
            let edit = Edit { account: Some(Text::line("renamed").unwrap()), ..Edit::default() };
            apply(&mut session, disk, &Change::Edit { id, edit: Box::new(edit) })
        },
    },
    Scenario {
        name: "remove, and bring back",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            let device = session.vault().devices().next().unwrap().clone();
            apply(&mut session, disk, &Change::Remove(device.id))?;
            apply(&mut session, disk, &Change::Restore(Box::new(device)))
        },
    },
    Scenario {
        name: "import of 500",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            let import = Change::Import((2..502).map(candidate).collect());
            session.update(Reason::Import, NOW, |vault| Ok::<_, Failed>(vault.apply(&import, NOW)?))?;
            disk.say_saved(session.vault());
            Ok(())
        },
    },
    Scenario {
        name: "merge with what another session saved",
        prepare: with_one,
        run: |store, disk| {
            let (mut one, mut other) = (opened(store)?, opened(store)?);
            apply(&mut other, disk, &Change::Add(Box::new(candidate(2))))?;
            apply(&mut one, disk, &Change::Add(Box::new(candidate(3))))?;
            apply(&mut other, disk, &Change::Add(Box::new(candidate(4))))
        },
    },
    Scenario {
        name: "a new passphrase",
        prepare: with_passphrase,
        run: |store, disk| {
            let mut session = opened(store)?;
            session.change_passphrase(&passphrase(PASSPHRASES[1]), cheap(), NOW)?;
            disk.say_saved(session.vault());
            apply(&mut session, disk, &Change::Add(Box::new(candidate(2))))
        },
    },
    Scenario {
        name: "a new cost",
        prepare: with_passphrase,
        run: |store, disk| {
            let mut session = opened(store)?;
            session.change_passphrase(&passphrase(PASSPHRASES[0]), WorkFactor::new(2).unwrap(), NOW)?;
            disk.say_saved(session.vault());
            Ok(())
        },
    },
    Scenario {
        name: "new readers",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            let other = age::x25519::Identity::generate().to_public().to_string();
            let add = vec![keyfob::vault::Recipient::parse(&other).unwrap()];
            let wanted = RecipientChange { add, ..RecipientChange::default() };
            session.change_recipients(&wanted, None, NOW)?;
            disk.say_saved(session.vault());
            Ok(())
        },
    },
    Scenario {
        name: "restore",
        prepare: with_one,
        run: |store, disk| {
            let mut session = opened(store)?;
            let identities: Identities = crate::vault::recipient().0;
            let earlier = store.read_generation("1")?.open(Unlock::Identities(&identities))?;
            session.update(Reason::Restore, NOW, |vault| {
                vault.replace_with(earlier.vault(), NOW);
                Ok::<_, VaultError>(())
            })?;
            disk.say_saved(session.vault());
            Ok(())
        },
    },
    Scenario {
        name: "prune",
        prepare: with_many_generations,
        run: |store, disk| {
            let mut session = opened(store)?;
            apply(&mut session, disk, &Change::Add(Box::new(candidate(100))))?;
            // What the first took away may still be there when the second is at it.
            apply(&mut session, disk, &Change::Add(Box::new(candidate(101))))
        },
    },
];
