//! Vaults and backups: encrypted, so that each is another one.

use super::super::targets::IDENTITY;
use super::{Seed, reader, seed};
use crate::vault::{candidate, cheap, hotp, memory_store, passphrase, recipient};
use age::armor::{ArmoredWriter, Format};
use keyfob::vault::disk::Disk as _;
use keyfob::vault::{BackupLock, Change, NewLock, Recipient, Vault, VaultId, WriterId, seal_backup};
use std::io::{Read as _, Write as _};

pub fn all() -> Vec<Seed> {
    let seeds = [
        reader("keyfob", "backup.age", to_identity()),
        reader("keyfob", "backup.asc", armored(&to_identity())),
        seed("vault-header", "passphrase-backup", with_passphrase()),
        seed("vault-header", "recipients", to_identity()),
        seed("vault-header", "vault", vault_file()),
        seed("vault-contents", "two-devices", contents()),
        seed("identities", "age", [b"# mine\n", IDENTITY.as_bytes(), b"\n"].concat()),
    ];
    seeds.into_iter().map(|seed| Seed { is_random: true, ..seed }).collect()
}

fn two_devices() -> Vault {
    let mut vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(7));
    for candidate in [candidate(1), hotp(2, 1 << 40)] {
        vault.import([&candidate], crate::vault::NOW);
    }
    let gone = vault.devices().next().unwrap().id;
    vault.apply(&Change::Remove(gone), crate::vault::NOW).unwrap();
    vault
}

fn to_identity() -> Vec<u8> {
    let identity: age::x25519::Identity = IDENTITY.parse().unwrap();
    let recipient = Recipient::parse(&identity.to_public().to_string()).unwrap();
    seal_backup(&two_devices(), None, &BackupLock::Recipients(vec![recipient])).unwrap().bytes().to_vec()
}

fn with_passphrase() -> Vec<u8> {
    let lock = BackupLock::Passphrase(passphrase("correct horse"), cheap());
    seal_backup(&two_devices(), None, &lock).unwrap().bytes().to_vec()
}

fn vault_file() -> Vec<u8> {
    let (disk, store) = memory_store();
    store.create(&NewLock::Recipients(vec![recipient().1]), crate::vault::NOW).unwrap();
    disk.read(store.path(), 1 << 20).unwrap().0
}

fn armored(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// What is inside of the MAC.
fn contents() -> Vec<u8> {
    let identity: age::x25519::Identity = IDENTITY.parse().unwrap();
    let file = to_identity();
    let decryptor = age::Decryptor::new_buffered(file.as_slice()).unwrap();
    let mut plain = Vec::new();
    let identity: &dyn age::Identity = &identity;
    decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plain).unwrap();
    let outer = rmpv::decode::read_value(&mut plain.as_slice()).unwrap();
    let content = outer.as_map().unwrap().iter().find(|(key, _)| key.as_str() == Some("content")).unwrap();
    content.1.as_slice().unwrap().to_vec()
}
