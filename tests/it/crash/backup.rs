//! The same for a backup that replaces a backup, and for one where none was.

use super::disk::{CrashDisk, Event};
use super::mistakes::Mistake;
use super::states::after_crashes;
use crate::vault::{add, candidate, cheap, open, passphrase};
use keyfob::vault::{BackupLock, Store, seal_backup, write_new_file};
use std::path::Path;
use std::sync::Arc;

const BACKUP: &str = "/b/backup.age";

/// How many states there were, and in how many of them the backup was neither the old one nor the new one.
fn look_at(overwrite: bool, mistake: Option<Mistake>) -> (usize, usize) {
    let vaults = Store::on(Arc::new(CrashDisk::default()), super::PATH.into());
    vaults.create(&crate::vault::lock(), crate::vault::NOW).unwrap();
    let mut session = open(&vaults);
    add(&mut session, candidate(1));
    let sealed =
        seal_backup(session.vault(), None, &BackupLock::Passphrase(passphrase("other"), cheap())).unwrap();
    let old: &[u8] = b"age-encryption.org/v1: the backup of last year";
    let path = Path::new(BACKUP);
    let disk = if overwrite { CrashDisk::with(&[(path.into(), old.to_vec())]) } else { CrashDisk::default() };
    disk.record(mistake);
    if write_new_file(&disk, path, sealed.bytes(), overwrite).is_ok() {
        disk.say_saved(session.vault());
    }
    let (before, events) = disk.recorded();
    let mut bad = usize::from(!events.iter().any(|event| matches!(event, Event::Saved(_))));
    let states = after_crashes(&before, &events, |state| {
        let there = state.files.names.get(path).map(|inode| state.files.contents[*inode].as_slice());
        let is_old = there == overwrite.then_some(old);
        let is_new = there == Some(sealed.bytes());
        bad += usize::from(!(is_new || is_old && state.said.is_none()));
    });
    (states, bad)
}

#[test]
fn a_backup_is_the_old_one_or_the_new_one() {
    for overwrite in [false, true] {
        let (states, bad) = look_at(overwrite, None);
        assert_eq!(bad, 0, "of {states}");
        assert!(states > 10, "{states}");
    }
}

#[test]
fn mistakes_with_a_backup_are_seen() {
    use Mistake::{
        InPlace, NoFileSync, NoFolderSync, RemoveBeforeRename, RenameBeforeWrite, ShortWriteIgnored,
    };
    for mistake in
        [InPlace, NoFileSync, NoFolderSync, RemoveBeforeRename, RenameBeforeWrite, ShortWriteIgnored]
    {
        assert!(look_at(true, Some(mistake)).1 > 0, "{mistake:?} was not seen");
    }
}
