//! The vault from inside: what is written opens, what is damaged does not, and nobody's change is lost.

mod apply;
mod backups;
mod conformance;
mod damage;
mod disks;
mod drift;
mod files;
mod frozen;
mod histories;
mod limits;
mod locks;
mod merging;
pub mod odd;

use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, DeviceId};
use keyfob::otp::{Digits, Method, Secret};
use keyfob::text::Text;
use keyfob::vault::disk::MemoryDisk;
use keyfob::vault::{
    Applied, Change, ChangeError, NewLock, Passphrase, Reason, Session, Store, Unlock, Vault, VaultError,
    WorkFactor,
};
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

pub const NOW: UnixTime = UnixTime(1_764_000_000);

/// The cheapest scrypt there is: its cost is not what is tested here.
pub fn cheap() -> WorkFactor {
    WorkFactor::new(1).unwrap()
}

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.to_owned())).unwrap()
}

pub fn lock() -> NewLock {
    NewLock::Passphrase(passphrase("correct horse"), cheap())
}

pub fn memory_store() -> (MemoryDisk, Store) {
    let disk = MemoryDisk::default();
    let store = Store::on(Arc::new(disk.clone()), PathBuf::from("/v/vault.age"));
    (disk, store)
}

pub fn open(store: &Store) -> Session {
    store.read().unwrap().open(Unlock::Passphrase(&passphrase("correct horse"))).unwrap()
}

/// A device whose secret is made of its number.
pub fn candidate(number: u32) -> Candidate {
    let secret = Secret::from_bytes(format!("secret number {number:06}").as_bytes()).unwrap();
    Candidate {
        issuer: Text::line("Acme").unwrap(),
        account: Text::line(&format!("user{number}")).unwrap(),
        ..Candidate::bare(secret)
    }
}

pub fn hotp(number: u32, counter: u64) -> Candidate {
    let method = Method::Hotp { algorithm: keyfob::otp::Algorithm::Sha1, digits: Digits::SIX, counter };
    Candidate { method, ..candidate(number) }
}

#[derive(Debug)]
pub enum Failed {
    Vault(VaultError),
    Change(ChangeError),
}

impl From<VaultError> for Failed {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<ChangeError> for Failed {
    fn from(error: ChangeError) -> Self {
        Self::Change(error)
    }
}

/// Makes one change and saves it.
pub fn change(session: &mut Session, change: &Change) -> Result<Applied, Failed> {
    let saved = session.update(Reason::Change, NOW, |vault| Ok::<_, Failed>(vault.apply(change, NOW)?));
    saved.map(|(applied, _)| applied)
}

pub fn add(session: &mut Session, candidate: Candidate) -> DeviceId {
    change(session, &Change::Add(Box::new(candidate))).unwrap().id.unwrap()
}

pub fn accounts(vault: &Vault) -> Vec<String> {
    vault.devices().map(|device| device.account.to_string()).collect()
}

/// One identity for these tests, so that what one makes another can open.
pub fn recipient() -> (keyfob::vault::Identities, keyfob::vault::Recipient) {
    use age::secrecy::ExposeSecret;
    let identity = stock_identity();
    let text = identity.to_string();
    let identities = keyfob::vault::Identities::read(text.expose_secret().as_bytes(), "id", None).unwrap();
    (identities, keyfob::vault::Recipient::parse(&identity.to_public().to_string()).unwrap())
}

pub fn stock_identity() -> age::x25519::Identity {
    static IDENTITY: std::sync::OnceLock<age::x25519::Identity> = std::sync::OnceLock::new();
    IDENTITY.get_or_init(age::x25519::Identity::generate).clone()
}

/// A vault for that identity: opening it costs no scrypt, and scrypt is not what most tests are about.
pub fn recipients_lock() -> NewLock {
    NewLock::Recipients(vec![recipient().1])
}

pub fn open_with_identity(store: &Store) -> Result<Session, VaultError> {
    store.read()?.open(Unlock::Identities(&recipient().0))
}
