//! Files on the real disk: modes, generations, locks, symlinks, two writers.

use super::*;
use keyfob::vault::disk::{Disk, RealDisk};
use keyfob::vault::{write_new_file, write_proven_file};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

fn real_store(folder: &Path) -> Store {
    Store::real(folder.join("deep/vault.age"))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_vault_is_an_age_file_that_only_its_owner_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    store.create(&lock(), NOW).unwrap();
    assert_eq!(mode(store.path()), 0o600);
    assert_eq!(mode(store.path().parent().unwrap()), 0o700);
    assert!(fs::read(store.path()).unwrap().starts_with(b"age-encryption.org/v1\n"));
    assert!(matches!(store.create(&lock(), NOW), Err(VaultError::Exists { .. })));
}

#[test]
fn every_save_keeps_the_file_before_as_a_generation() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut session = store.create(&lock(), NOW).unwrap();
    for number in 0..3 {
        let before = fs::read(store.path()).unwrap();
        add(&mut session, candidate(number));
        let newest = store.generations().unwrap().remove(0);
        assert_eq!(
            fs::read(folder.path().join("deep/vault.age.history").join(&newest.name)).unwrap(),
            before
        );
    }
    let numbers: Vec<u64> = store.generations().unwrap().iter().map(|generation| generation.number).collect();
    assert_eq!(numbers, [3, 2, 1]);
    let middle =
        store.read_generation("2").unwrap().open(Unlock::Passphrase(&passphrase("correct horse"))).unwrap();
    assert_eq!(accounts(middle.vault()), ["user0"]);
    assert!(matches!(store.read_generation("17"), Err(VaultError::NoGeneration { .. })));
    assert_eq!(mode(&folder.path().join("deep/vault.age.history")), 0o700);
}

#[test]
fn a_change_that_changes_nothing_or_fails_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut session = store.create(&lock(), NOW).unwrap();
    let id = add(&mut session, candidate(1));
    let before = fs::metadata(store.path()).unwrap().ino();
    let same = keyfob::vault::Edit { issuer: Some(Text::line("Acme").unwrap()), ..Default::default() };
    change(&mut session, &Change::Edit { id, edit: Box::new(same) }).unwrap();
    let taken = change(&mut session, &Change::Add(Box::new(candidate(1))));
    assert!(matches!(taken, Err(Failed::Change(ChangeError::SecretTaken { same_codes: true, .. }))));
    assert_eq!(fs::metadata(store.path()).unwrap().ino(), before);
}

#[test]
fn two_sessions_on_one_vault_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut one = store.create(&lock(), NOW).unwrap();
    let mut two = open(&store);
    for number in 0..5 {
        add(&mut one, candidate(number));
        add(&mut two, candidate(100 + number));
    }
    assert!(one.reload().unwrap());
    assert!(!one.reload().unwrap(), "nothing new the second time");
    let expected =
        ["user0", "user1", "user100", "user101", "user102", "user103", "user104", "user2", "user3", "user4"];
    for session in [&one, &two, &open(&store)] {
        let mut have = accounts(session.vault());
        have.sort();
        assert_eq!(have, expected);
    }
}

#[test]
fn counters_are_handed_out_once_whoever_asks() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut one = store.create(&lock(), NOW).unwrap();
    let id = add(&mut one, hotp(1, 5));
    let mut two = open(&store);
    let mut factors = Vec::new();
    for _ in 0..4 {
        factors.push(change(&mut one, &Change::Advance(id)).unwrap().factor.unwrap());
        factors.push(change(&mut two, &Change::Advance(id)).unwrap().factor.unwrap());
    }
    assert_eq!(factors, [5, 6, 7, 8, 9, 10, 11, 12]);
}

#[test]
fn threads_that_save_at_once_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    store.create(&lock(), NOW).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let store = store.clone();
            scope.spawn(move || {
                let mut session = open(&store);
                for number in 0..4 {
                    add(&mut session, candidate(writer * 10 + number));
                }
            });
        }
    });
    assert_eq!(open(&store).vault().devices().len(), 32);
}

#[test]
fn a_held_lock_is_told_with_its_holder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.age.lock");
    let held = RealDisk.lock(&path, Duration::ZERO).unwrap();
    let error = RealDisk.lock(&path, Duration::ZERO).err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    assert_eq!(RealDisk.lock_holder(&path), Some(std::process::id()));
    drop(held);
    assert!(RealDisk.lock(&path, Duration::ZERO).is_ok());
}

#[test]
fn a_symlinked_vault_stays_a_symlink() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::real(folder.path().join("real/vault.age"));
    store.create(&lock(), NOW).unwrap();
    let link = folder.path().join("link.age");
    std::os::unix::fs::symlink(store.path(), &link).unwrap();
    let mut session = open(&Store::real(link.clone()));
    add(&mut session, candidate(1));
    assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    assert_eq!(open(&store).vault().devices().len(), 1);
    assert_eq!(store.generations().unwrap().len(), 1);
}

#[test]
fn what_a_killed_save_left_is_taken_away_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut session = store.create(&lock(), NOW).unwrap();
    fs::write(folder.path().join("deep/.vault.age.new"), b"half a va").unwrap();
    add(&mut session, candidate(1));
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("deep")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["vault.age", "vault.age.history", "vault.age.lock"]);
}

#[test]
fn a_missing_vault_is_an_error_and_never_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::real(folder.path().join("vault.age"));
    assert!(matches!(store.read(), Err(VaultError::Missing { path }) if path == store.path()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let mut session = store.create(&lock(), NOW).unwrap();
    fs::rename(store.path(), folder.path().join("away")).unwrap();
    let failed = change(&mut session, &Change::Add(Box::new(candidate(1))));
    assert!(matches!(failed, Err(Failed::Vault(VaultError::Missing { .. }))));
    assert!(!store.path().exists());
}

#[test]
fn folders_pipes_and_huge_files_are_no_vaults() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for path in [folder.path().to_owned(), pipe] {
        let refused = Store::real(path).read();
        assert!(matches!(refused, Err(VaultError::Bad { bad: keyfob::vault::BadVault::NotAFile, .. })));
    }
    let huge = folder.path().join("huge");
    fs::File::create(&huge).unwrap().set_len(keyfob::vault::MAX_FILE + 1).unwrap();
    let refused = Store::real(huge).read();
    assert!(matches!(refused, Err(VaultError::Bad { bad: keyfob::vault::BadVault::TooLarge { .. }, .. })));
}

#[test]
fn exports_are_private_and_never_replace_a_file_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.age");
    write_new_file(&RealDisk, &path, b"one", false).unwrap();
    assert!(matches!(write_new_file(&RealDisk, &path, b"two", false), Err(VaultError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"one");
    write_new_file(&RealDisk, &path, b"three", true).unwrap();
    assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"three".to_vec(), 0o600));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let nowhere = folder.path().join("no/such/folder/backup.age");
    assert!(matches!(write_new_file(&RealDisk, &nowhere, b"x", false), Err(VaultError::Io { .. })));
}

#[test]
fn what_can_not_be_proven_replaces_nothing_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.age");
    write_new_file(&RealDisk, &path, b"one", false).unwrap();
    let refused = || VaultError::ReadBack { path: path.clone() };
    for target in [path.clone(), folder.path().join("new.age")] {
        let mut seen = Vec::new();
        let answer = write_proven_file(&RealDisk, &target, b"two", true, |read_back| {
            seen = read_back.to_vec();
            Err::<(), VaultError>(refused())
        });
        assert!(matches!(answer, Err(VaultError::ReadBack { .. })));
        assert_eq!(seen, b"two");
    }
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(matches!(write_proven_file(&RealDisk, &path, b"two", true, |_| Ok::<_, VaultError>(7)), Ok(7)));
    assert_eq!(fs::read(&path).unwrap(), b"two");
}

#[test]
fn an_older_copy_that_comes_back_loses_nothing_that_an_open_session_knows() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    let old = fs::read(store.path()).unwrap();
    add(&mut session, candidate(2));
    fs::write(store.path(), old).unwrap();
    add(&mut session, candidate(3));
    assert_eq!(accounts(open(&store).vault()), ["user1", "user2", "user3"]);
}

#[test]
fn the_vaults_own_files_are_known_whatever_leads_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = real_store(folder.path());
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    let generation = store.generations().unwrap().remove(0).name;
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(store.path(), &link).unwrap();
    let deep = folder.path().join("deep");
    for own in [
        store.path().to_owned(),
        link,
        deep.join("../deep/vault.age"),
        deep.join("vault.age.lock"),
        deep.join("vault.age.history").join(generation),
        deep.join("vault.age.history/new"),
    ] {
        assert!(store.is_own(&own), "{}", own.display());
    }
    assert!(!store.is_own(&deep.join("backup.age")) && !store.is_own(&folder.path().join("vault.age")));
}
