//! Backups: what is written is proven, and opens elsewhere.

use super::*;
use keyfob::vault::{
    BackupError, BackupLock, BadVault, Identities, LockInfo, Recipient, backup_lock, open_backup, seal_backup,
};

fn vault_of_three() -> Vault {
    let (_, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    add(&mut session, hotp(2, 7));
    add(&mut session, candidate(3));
    session.vault().clone()
}

#[test]
fn a_backup_opens_with_its_own_passphrase_and_holds_everything() {
    let vault = vault_of_three();
    let sealed = seal_backup(&vault, None, &BackupLock::Passphrase(passphrase("other"), cheap())).unwrap();
    assert_eq!(sealed.prove(sealed.bytes()), Ok(3));
    assert_eq!(backup_lock(sealed.bytes()), Ok(LockInfo::Backup { work_factor: cheap() }));
    let opened = open_backup(sealed.bytes(), Unlock::Passphrase(&passphrase("other"))).unwrap();
    assert!(opened.same_contents(&vault));
    let wrong = open_backup(sealed.bytes(), Unlock::Passphrase(&passphrase("wrong")));
    assert_eq!(wrong.err(), Some(BackupError::WrongPassphrase));
}

#[test]
fn a_backup_of_some_devices_holds_those_alone() {
    let vault = vault_of_three();
    let only: Vec<DeviceId> = vault.devices().take(2).map(|device| device.id).collect();
    let sealed =
        seal_backup(&vault, Some(&only), &BackupLock::Passphrase(passphrase("other"), cheap())).unwrap();
    assert_eq!(sealed.prove(sealed.bytes()), Ok(2));
    let opened = open_backup(sealed.bytes(), Unlock::Passphrase(&passphrase("other"))).unwrap();
    assert_eq!(accounts(&opened), ["user1", "user2"]);
}

#[test]
fn a_backup_for_recipients_is_proven_without_their_identities() {
    let vault = vault_of_three();
    let identity = age::x25519::Identity::generate();
    let to = Recipient::parse(&identity.to_public().to_string()).unwrap();
    let sealed = seal_backup(&vault, None, &BackupLock::Recipients(vec![to])).unwrap();
    assert_eq!(sealed.prove(sealed.bytes()), Ok(3));
    let text = {
        use age::secrecy::ExposeSecret;
        identity.to_string().expose_secret().to_owned()
    };
    let identities = Identities::read(text.as_bytes(), "id", None).unwrap();
    assert!(open_backup(sealed.bytes(), Unlock::Identities(&identities)).unwrap().same_contents(&vault));
    let asked = open_backup(sealed.bytes(), Unlock::Passphrase(&passphrase("x")));
    assert_eq!(asked.err(), Some(BackupError::OtherLock { wants_passphrase: false }));
}

#[test]
fn the_proof_fails_for_anything_but_what_was_written() {
    let vault = vault_of_three();
    let lock = BackupLock::Passphrase(passphrase("other"), cheap());
    let sealed = seal_backup(&vault, None, &lock).unwrap();
    let mut damaged = sealed.bytes().to_vec();
    *damaged.last_mut().unwrap() ^= 1;
    assert_eq!(sealed.prove(&damaged), Err(BackupError::Bad(BadVault::Damaged)));
    assert!(sealed.prove(&sealed.bytes()[..sealed.bytes().len() - 1]).is_err());
    let other = seal_backup(&vault, Some(&[]), &lock).unwrap();
    assert_eq!(sealed.prove(other.bytes()), Err(BackupError::Differs));
}

#[test]
fn an_armored_backup_opens_too() {
    use std::io::Write;
    let vault = vault_of_three();
    let sealed = seal_backup(&vault, None, &BackupLock::Passphrase(passphrase("other"), cheap())).unwrap();
    let mut writer =
        age::armor::ArmoredWriter::wrap_output(Vec::new(), age::armor::Format::AsciiArmor).unwrap();
    writer.write_all(sealed.bytes()).unwrap();
    let armored = writer.finish().unwrap();
    assert!(armored.starts_with(b"-----BEGIN AGE"));
    assert!(open_backup(&armored, Unlock::Passphrase(&passphrase("other"))).unwrap().same_contents(&vault));
}

#[test]
fn a_backup_is_no_vault_and_a_vault_no_backup() {
    use keyfob::vault::disk::Disk;
    let (disk, store) = memory_store();
    let session = store.create(&lock(), NOW).unwrap();
    let vault_file = store.read().unwrap().bytes().to_vec();
    let refused = open_backup(&vault_file, Unlock::Passphrase(&passphrase("correct horse")));
    assert_eq!(refused.err(), Some(BackupError::Bad(BadVault::IsVault)));
    let sealed =
        seal_backup(session.vault(), None, &BackupLock::Passphrase(passphrase("other"), cheap())).unwrap();
    let path = PathBuf::from("/b/backup.age");
    disk.create_new(&path).unwrap().write_all(sealed.bytes()).unwrap();
    let refused =
        Store::on(Arc::new(disk), path).read().unwrap().open(Unlock::Passphrase(&passphrase("other")));
    assert!(matches!(refused, Err(VaultError::Bad { bad: BadVault::IsBackup, .. })));
}
