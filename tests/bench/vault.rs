//! Opening and saving, on a disk in memory: what the disk takes is not keyfob's doing.
//!
//! An open costs one scrypt run, which the work factor decides; here it is small, so that the rest shows.
//! The stock age crate on as many bytes, and `MessagePack` of the same devices, are the floors.

use age::secrecy::SecretString;
use divan::Bencher;
use keyfob::clock::UnixTime;
use keyfob::device::Candidate;
use keyfob::otp::Secret;
use keyfob::text::Text;
use keyfob::vault::disk::MemoryDisk;
use keyfob::vault::{
    Change, ChangeError, Edit, NewLock, Passphrase, Reason, Session, Store, Unlock, VaultError, WorkFactor,
};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::sync::Arc;
use zeroize::Zeroizing;

const PASSPHRASE: &str = "correct horse battery staple 9";
const WORK_FACTOR: u8 = 10;
const NOW: UnixTime = UnixTime(1_800_000_000);
const SIZES: [usize; 3] = [10, 100, 1000];

fn passphrase() -> Passphrase {
    Passphrase::new(Zeroizing::new(PASSPHRASE.to_owned())).unwrap()
}

fn secret_of(number: usize) -> [u8; 20] {
    let mut secret = [7; 20];
    secret[..8].copy_from_slice(&number.to_be_bytes());
    secret
}

fn candidate(number: usize) -> Candidate {
    Candidate {
        issuer: Text::line(&format!("Issuer {number}")).unwrap(),
        account: Text::line(&format!("user{number}@example.org")).unwrap(),
        ..Candidate::bare(Secret::from_bytes(&secret_of(number)).unwrap())
    }
}

/// A vault of so many devices, and it open.
fn vault_of(devices: usize) -> (Store, Session) {
    let store = Store::on(Arc::new(MemoryDisk::default()), "/vault.age".into());
    let lock = NewLock::Passphrase(passphrase(), WorkFactor::new(WORK_FACTOR.into()).unwrap());
    let mut session = store.create(&lock, NOW).unwrap();
    let candidates: Vec<Candidate> = (0..devices).map(candidate).collect();
    let imported = session.update(Reason::Import, NOW, |vault| {
        Ok::<_, VaultError>(vault.import(&candidates, NOW).iter().all(Result::is_ok))
    });
    assert!(imported.unwrap().0);
    (store, session)
}

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, devices: usize) {
    let (store, _) = vault_of(devices);
    let passphrase = passphrase();
    bencher.bench(|| store.read().unwrap().open(Unlock::Passphrase(&passphrase)).unwrap());
}

/// One field of one device: read and compare, encode, encrypt, decrypt that again and compare, replace.
#[divan::bench(args = SIZES)]
fn save(bencher: Bencher<'_, '_>, devices: usize) {
    let (_, mut session) = vault_of(devices);
    let id = session.vault().devices().next().unwrap().id;
    let mut turn = 0u64;
    bencher.bench_local(|| {
        turn += 1;
        let note = Some(Text::note(&turn.to_string()).unwrap());
        let change = Change::Edit { id, edit: Box::new(Edit { note, ..Edit::default() }) };
        session.update(Reason::Change, NOW, |vault| vault.apply(&change, NOW).map_err(Stopped::from)).unwrap()
    });
}

/// Why a benchmark's save did not go through.
#[derive(Debug)]
#[allow(dead_code)] // shown by `unwrap` alone
enum Stopped {
    Change(ChangeError),
    Vault(VaultError),
}

impl From<ChangeError> for Stopped {
    fn from(error: ChangeError) -> Self {
        Self::Change(error)
    }
}

impl From<VaultError> for Stopped {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

/// As many bytes as such a vault has.
fn bytes_of(devices: usize) -> Vec<u8> {
    rmp_serde::to_vec_named(&rows(devices)).unwrap()
}

/// The floor of `open`: the stock age crate and the same work factor.
#[divan::bench(args = SIZES)]
fn age_alone_opens_with_a_passphrase(bencher: Bencher<'_, '_>, devices: usize) {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(PASSPHRASE.to_owned()));
    recipient.set_work_factor(WORK_FACTOR);
    let file = encrypt(&bytes_of(devices), &recipient);
    let identity = age::scrypt::Identity::new(SecretString::from(PASSPHRASE.to_owned()));
    bencher.bench(|| decrypt(&file, &identity));
}

/// The floor of `save`: encrypting to one key and decrypting that again, as a save does.
#[divan::bench(args = SIZES)]
fn age_alone_encrypts_and_reads_back(bencher: Bencher<'_, '_>, devices: usize) {
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public();
    let plain = bytes_of(devices);
    bencher.bench(|| decrypt(&encrypt(&plain, &recipient), &identity));
}

fn encrypt(plain: &[u8], recipient: &dyn age::Recipient) -> Vec<u8> {
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).unwrap();
    let mut file = Vec::new();
    let mut writer = encryptor.wrap_output(&mut file).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap();
    file
}

fn decrypt(file: &[u8], identity: &dyn age::Identity) -> Vec<u8> {
    let decryptor = age::Decryptor::new(file).unwrap();
    let mut plain = Vec::new();
    decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plain).unwrap();
    plain
}

/// A device as plain data.
#[derive(Serialize, Deserialize)]
struct Row {
    id: [u64; 2],
    issuer: String,
    account: String,
    secret: Vec<u8>,
    kind: String,
    algorithm: String,
    digits: u8,
    period: u64,
    created: u64,
    modified: u64,
}

fn rows(devices: usize) -> Vec<Row> {
    let row = |number: usize| Row {
        id: [7, number as u64],
        issuer: format!("Issuer {number}"),
        account: format!("user{number}@example.org"),
        secret: secret_of(number).to_vec(),
        kind: "totp".to_owned(),
        algorithm: "SHA1".to_owned(),
        digits: 6,
        period: 30,
        created: NOW.0,
        modified: NOW.0,
    };
    (0..devices).map(row).collect()
}

#[divan::bench(args = SIZES)]
fn messagepack_alone_writes(bencher: Bencher<'_, '_>, devices: usize) {
    let rows = rows(devices);
    bencher.bench(|| rmp_serde::to_vec_named(&rows).unwrap());
}

#[divan::bench(args = SIZES)]
fn messagepack_alone_reads(bencher: Bencher<'_, '_>, devices: usize) {
    let bytes = bytes_of(devices);
    bencher.bench(|| rmp_serde::from_slice::<Vec<Row>>(&bytes).unwrap());
}
