//! The worker's own tests, on a disk in memory.

use super::*;
use crate::app::{Asked, ExportLock, ExportRequest, Guarded, NotExported, NotProved, Proof, Why};
use crate::clock::FixedClock;
use crate::device::{Candidate, DeviceId};
use crate::otp::Secret;
use crate::vault::disk::{Disk as _, MemoryDisk};
use crate::vault::{MAX_FILE, open_backup};
use std::path::Path;
use zeroize::Zeroizing;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.into())).unwrap()
}

/// A vault in memory whose passphrase `open` costs nothing to try.
fn keeper() -> Keeper {
    let store = Store::on(Arc::new(MemoryDisk::default()), "/home/me/vault.age".into());
    let lock = NewLock::Passphrase(passphrase("open"), WorkFactor::new(1).unwrap());
    let session = Some(store.create(&lock, UnixTime(1)).unwrap());
    let clock = Arc::new(FixedClock::at(59));
    Keeper { store, session, state: None, identity_files: Vec::new(), home: Some("/home/me".into()), clock }
}

fn perform(keeper: &mut Keeper, effect: Effect) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    keeper.perform(effect, &mut |outcome, _| outcomes.push(outcome));
    outcomes.retain(|outcome| !matches!(outcome, Outcome::Progress(_)));
    outcomes
}

fn add() -> Effect {
    let candidate = Candidate::bare(Secret::from_bytes(b"12345678901234567890").unwrap());
    Effect::Change { change: Box::new(Change::Add(Box::new(candidate))), why: Why::Done }
}

fn export(path: &str, overwrite: bool) -> Effect {
    let lock = ExportLock::Passphrase(passphrase("backup"));
    Effect::Export(Box::new(ExportRequest { path: path.into(), lock, overwrite }))
}

#[test]
fn a_change_is_on_disk_when_it_is_answered() {
    let mut keeper = keeper();
    let before = keeper.store.stamp();
    let outcomes = perform(&mut keeper, add());
    let [Outcome::Changed { result: Ok((applied, vault)), .. }] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert!(applied.id.is_some() && vault.devices().len() == 1);
    assert_ne!(keeper.store.stamp(), before);
    assert_eq!(keeper.stamp(), keeper.store.stamp());
}

#[test]
fn what_can_never_be_is_refused_and_what_can_be_later_is_not_saved() {
    let mut keeper = keeper();
    perform(&mut keeper, add());
    let outcomes = perform(&mut keeper, add());
    assert!(matches!(outcomes.as_slice(), [Outcome::Changed { result: Err(NotChanged::Refused(_)), .. }]));
    perform(&mut keeper, Effect::Lock);
    let outcomes = perform(&mut keeper, add());
    assert!(matches!(outcomes.as_slice(), [Outcome::Changed { result: Err(NotChanged::NotSaved(_)), .. }]));
}

#[test]
fn a_locked_vault_opens_with_its_passphrase_only() {
    let mut keeper = keeper();
    let outcomes = perform(&mut keeper, Effect::Lock);
    assert!(matches!(outcomes.as_slice(), [Outcome::Locked(Ok(LockInfo::Passphrase { .. }))]));
    assert!(keeper.session.is_none() && keeper.stamp().is_none());
    let unlock = |text| Effect::Unlock { passphrase: Some(passphrase(text)) };
    assert!(matches!(perform(&mut keeper, unlock("wrong")).as_slice(), [Outcome::Unlocked(Err(_))]));
    assert!(matches!(perform(&mut keeper, unlock("open")).as_slice(), [Outcome::Unlocked(Ok(_))]));
    assert!(keeper.session.is_some());
}

#[test]
fn who_is_there_is_proved_by_the_passphrase_alone_and_can_be_tried_again() {
    let mut keeper = keeper();
    perform(&mut keeper, add());
    let id = keeper.session.as_ref().and_then(|session| session.vault().devices().next()).unwrap().id;
    let then = Guarded::Secret(id);
    let mut prove = |text: Option<&str>| {
        let outcomes = perform(&mut keeper, Effect::Prove { then, passphrase: text.map(passphrase) });
        let [Outcome::Proved { result, .. }] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        result.clone()
    };
    assert_eq!(prove(None), Err(NotProved::Ask(Asked::Vault)));
    assert_eq!(prove(Some("wrong")), Err(NotProved::DoesNotOpen));
    assert_eq!(prove(Some("open")), Ok(Proof::Typed));
    perform(&mut keeper, Effect::Lock);
    let outcomes = perform(&mut keeper, Effect::Prove { then, passphrase: Some(passphrase("open")) });
    assert!(matches!(outcomes.as_slice(), [Outcome::Proved { result: Err(NotProved::Failed(_)), .. }]));
}

/// A keeper of a vault for one identity, whose file is locked with a passphrase or with none.
fn keeper_by_identity(locked_with: Option<&str>) -> Keeper {
    use age::secrecy::ExposeSecret as _;
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let text = identity.to_string();
    let file = match locked_with {
        None => text.expose_secret().as_bytes().to_vec(),
        Some(passphrase) => {
            let mut to = age::scrypt::Recipient::new(passphrase.to_owned().into());
            to.set_work_factor(1);
            age::encrypt(&to, text.expose_secret().as_bytes()).unwrap()
        }
    };
    let disk = MemoryDisk::default();
    disk.create_dir(Path::new("/home/me")).unwrap();
    disk.create_new(Path::new("/home/me/key")).unwrap().write_all(&file).unwrap();
    let store = Store::on(Arc::new(disk), "/home/me/vault.age".into());
    let lock = NewLock::Recipients(vec![crate::vault::Recipient::parse(&recipient).unwrap()]);
    let session = Some(store.create(&lock, UnixTime(1)).unwrap());
    Keeper { store, session, identity_files: vec!["/home/me/key".into()], ..keeper() }
}

#[test]
fn identity_files_are_read_again_and_their_passphrase_is_asked_for() {
    let then = Guarded::Secret(DeviceId::random());
    let prove = |keeper: &mut Keeper, text: Option<&str>| {
        let outcomes = perform(keeper, Effect::Prove { then, passphrase: text.map(passphrase) });
        let [Outcome::Proved { result, .. }] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        result.clone()
    };
    let mut open = keeper_by_identity(None);
    assert_eq!(prove(&mut open, None), Ok(Proof::Unasked));
    let mut locked = keeper_by_identity(Some("mine"));
    assert_eq!(prove(&mut locked, None), Err(NotProved::Ask(Asked::Identity("/home/me/key".into()))));
    assert_eq!(prove(&mut locked, Some("wrong")), Err(NotProved::DoesNotOpen));
    assert_eq!(prove(&mut locked, Some("mine")), Ok(Proof::Typed));
    // Another identity, though a good one, proves nothing about this vault.
    let other = keeper_by_identity(None);
    let mut mixed = Keeper { identity_files: other.identity_files, store: other.store, ..locked };
    assert!(matches!(prove(&mut mixed, None), Err(NotProved::Failed(_))));
}

#[test]
fn a_vault_that_was_locked_anew_is_told_apart_from_one_that_can_not_be_saved() {
    let mut keeper = keeper();
    let sealed = keeper.store.read().unwrap();
    let mut other = sealed.open(Unlock::Passphrase(&passphrase("open"))).unwrap();
    other.change_passphrase(&passphrase("new"), WorkFactor::new(1).unwrap(), UnixTime(2)).unwrap();
    let outcomes = perform(&mut keeper, add());
    assert!(matches!(outcomes.as_slice(), [Outcome::Changed { result: Err(NotChanged::Relocked), .. }]));
    let outcomes = perform(&mut keeper, Effect::Reload);
    assert!(matches!(outcomes.as_slice(), [Outcome::Reloaded(Err(NotReloaded::Relocked))]));
}

#[test]
fn a_backup_is_proved_and_remembered_and_replaces_nothing_unasked() {
    let mut keeper = keeper();
    perform(&mut keeper, add());
    let outcomes = perform(&mut keeper, export("~/backup.age", false));
    let [Outcome::Exported(Ok(report)), Outcome::Reloaded(Ok(vault))] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert_eq!((report.path.as_path(), report.devices), (Path::new("/home/me/backup.age"), 1));
    assert_eq!(vault.last_backup(), Some((UnixTime(59), 0)));
    let (bytes, _) = keeper.store.disk().read(&report.path, MAX_FILE).unwrap();
    assert_eq!(bytes.len() as u64, report.bytes);
    let opened = open_backup(&bytes, Unlock::Passphrase(&passphrase("backup"))).unwrap();
    assert!(opened.devices().eq(vault.devices()));

    let outcomes = perform(&mut keeper, export("/home/me/backup.age", false));
    assert!(matches!(outcomes.as_slice(), [Outcome::Exported(Err(NotExported::Exists))]));
    let outcomes = perform(&mut keeper, export("/home/me/backup.age", true));
    assert!(matches!(outcomes.as_slice(), [Outcome::Exported(Ok(_)), Outcome::Reloaded(Ok(_))]));
}
