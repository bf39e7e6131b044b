//! A vault as it stands on disk, and one that is open.

use super::bad::BadVault;
use super::disk::Stat;
use super::error::{Step, VaultError};
use super::generations::Reason;
use super::header::LockInfo;
use super::header::{self, Header};
use super::held::{HeldIdentity, Opener};
use super::identity::Identities;
use super::key::{Failure, Key};
use super::ledger::{Rollback, Seen};
use super::lock::{NewLock, Unlock};
use super::model::{Vault, VaultId};
use super::passphrase::Passphrase;
use super::recipient::RecipientChange;
use super::stamp::WriterId;
use super::store::Store;
use super::work_factor::WorkFactor;
use super::write::{at, beside, folder_of, must_be_free, write_as};
use crate::clock::UnixTime;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// A file that was read and pre-scanned, but not opened.
pub struct Sealed {
    store: Store,
    file: Vec<u8>,
    header: Header,
    stamp: Stat,
}

/// An open vault: what is needed to save it without the passphrase.
pub struct Session {
    store: Store,
    key: Key,
    vault: Vault,
    /// The file as it was read or written last, still encrypted: what the next save looks for on disk.
    file: Vec<u8>,
    stamp: Stat,
    writer: WriterId,
    rollback: Option<Rollback>,
}

/// What a save came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Whether somebody else's changes were taken in.
    pub merged: bool,
    /// The generation that is on disk now.
    pub generation: u64,
}

impl Store {
    /// Makes a new, empty vault there, durable when this returns; an error when anything stands there.
    pub fn create(&self, lock: &NewLock, now: UnixTime) -> Result<Session, VaultError> {
        self.create_with(lock, now, |_| {})
    }

    /// The same with contents: the first file that stands there holds them already.
    pub fn create_with(
        &self,
        lock: &NewLock,
        now: UnixTime,
        contents: impl FnOnce(&mut Vault),
    ) -> Result<Session, VaultError> {
        must_be_free(self.disk(), self.path())?;
        let mut vault = Vault::empty(VaultId(Uuid::new_v4()), WriterId::random());
        vault.generation = 1;
        vault.note(now, "init", None, None);
        contents(&mut vault);
        let mut key = Key::generate(lock, vault.id).map_err(|_| self.read_back_differs())?;
        let file = key.seal(&vault, None).map_err(|_| self.read_back_differs())?;
        let folder = folder_of(self.path());
        self.disk().create_dir(folder).map_err(|error| at(folder, Step::MakeFolder, error))?;
        let held = self.lock()?;
        write_as(self.disk(), &beside(self.path(), ".new"), self.path(), &file, false)?;
        drop(held);
        // It is made, whether it can be looked at or not; a stamp that fits nothing has it read again.
        let stamp = self.stamp().unwrap_or_default();
        let writer = vault.writer;
        Ok(Session::new(self.clone(), key, vault, (file, stamp), writer))
    }

    /// Reads and pre-scans what stands there. [`VaultError::Missing`] when nothing does.
    pub fn read(&self) -> Result<Sealed, VaultError> {
        let (file, stamp) = self.read_bytes()?;
        Sealed::scan(self.clone(), file, stamp)
    }

    /// Reads and pre-scans an earlier generation by its name or number.
    pub fn read_generation(&self, name: &str) -> Result<Sealed, VaultError> {
        self.of_generation(name)?.read()
    }
}

impl Sealed {
    pub(super) fn scan(store: Store, file: Vec<u8>, stamp: Stat) -> Result<Self, VaultError> {
        let header = header::scan(&file).map_err(|bad| store.bad(bad))?;
        Ok(Self { store, file, header, stamp })
    }

    /// How it is locked.
    pub fn lock(&self) -> &LockInfo {
        &self.header.lock
    }

    /// The file's bytes, still encrypted.
    pub fn bytes(&self) -> &[u8] {
        &self.file
    }

    /// Opens it. Costs one scrypt run where a passphrase is used.
    pub fn open(self, unlock: Unlock<'_>) -> Result<Session, VaultError> {
        let writer = WriterId::random();
        let opened = Key::unlock(&self.file, self.header, unlock, writer);
        let (key, vault) = opened.map_err(|failure| self.store.failure(failure))?;
        Ok(Session::new(self.store, key, vault, (self.file, self.stamp), writer))
    }

    /// Opens it with the identity that an agent holds, without scrypt; the sealed vault again where that can't be.
    pub fn open_by(self, agent: Arc<dyn Opener>) -> Result<Session, Box<Self>> {
        let writer = WriterId::random();
        match Key::unlock_by(agent, &self.file, self.header.clone(), writer) {
            Ok((key, vault)) => Ok(Session::new(self.store, key, vault, (self.file, self.stamp), writer)),
            Err(_) => Err(Box::new(self)),
        }
    }
}

impl Session {
    fn new(store: Store, key: Key, vault: Vault, (file, stamp): (Vec<u8>, Stat), writer: WriterId) -> Self {
        let here = Seen::of(vault.generation, &file);
        let rollback = store.seen(vault.id).and_then(|seen| seen.rolled_back_to(here, false));
        // What somebody else saved after this was read was seen, too; then this one does not stand there any more.
        let rollback = rollback.filter(|_| store.stamp() == Some(stamp));
        if rollback.is_none() {
            store.saw(vault.id, here);
        }
        Self { store, key, vault, file, stamp, writer, rollback }
    }

    /// Whether an older copy stands there than was seen before; told once.
    pub fn take_rollback(&mut self) -> Option<Rollback> {
        self.rollback.take()
    }

    /// The contents as they were last read or saved.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Where it stands.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What the file looked like then: another one means that somebody else saved.
    pub fn stamp(&self) -> Stat {
        self.stamp
    }

    /// Takes the lock, takes in what others saved meanwhile, lets `change` work on that, and makes the
    /// outcome durable. When `change` fails nothing is written. When it changed nothing, nothing is
    /// written either. Nothing may be called saved before this returns `Ok`.
    pub fn update<T, E: From<VaultError>>(
        &mut self,
        reason: Reason,
        now: UnixTime,
        change: impl FnOnce(&mut Vault) -> Result<T, E>,
    ) -> Result<(T, Saved), E> {
        let held = self.store.lock()?;
        let merged = self.take_in()?;
        let mut vault = self.vault.clone();
        let answer = change(&mut vault)?;
        if !vault.same_contents(&self.vault) {
            let mut key = self.key.clone();
            self.replace(&mut key, vault, reason, now)?;
            self.key = key;
        }
        drop(held);
        Ok((answer, Saved { merged, generation: self.vault.generation }))
    }

    /// Reads the file again if it is not the one that was read last; whether anything changed.
    pub fn reload(&mut self) -> Result<bool, VaultError> {
        self.take_in()
    }

    /// Locks the vault with another passphrase: a new identity, a new MAC key, everything encrypted anew.
    pub fn change_passphrase(
        &mut self,
        new: &Passphrase,
        cost: WorkFactor,
        now: UnixTime,
    ) -> Result<Saved, VaultError> {
        // scrypt runs before the lock is taken: others need not wait for it.
        let mut key = self.key.renew(self.vault.id, new, cost).map_err(|_| self.store.read_back_differs())?;
        let held = self.store.lock()?;
        let merged = self.take_in()?;
        key.share_like(&self.key);
        let mut vault = self.vault.clone();
        vault.note(now, "passphrase", None, None);
        self.replace(&mut key, vault, Reason::Lock, now)?;
        self.key = key;
        drop(held);
        Ok(Saved { merged, generation: self.vault.generation })
    }

    /// Whether this passphrase opens the vault, by the header as it was read or saved last. Costs one scrypt
    /// run. [`VaultError::OtherLock`] for a vault that has none.
    pub fn prove(&self, passphrase: &Passphrase) -> Result<(), VaultError> {
        self.key.prove(self.vault.id, passphrase).map_err(|failure| self.store.failure(failure))
    }

    /// Whether these identities open the file as it was read or saved last.
    pub fn prove_with(&self, identities: &Identities) -> Result<(), VaultError> {
        Key::prove_with(&self.file, identities).map_err(|failure| self.store.failure(failure))
    }

    /// Changes who can open the vault with a key: everything is encrypted anew under one save. Taking somebody out
    /// of a vault with a passphrase takes that passphrase, at its cost, since its identity and MAC key, which
    /// they may know, are made anew as well. How many were added and taken out.
    pub fn change_recipients(
        &mut self,
        change: &RecipientChange,
        passphrase: Option<(&Passphrase, WorkFactor)>,
        now: UnixTime,
    ) -> Result<(usize, usize), VaultError> {
        let renewed = match passphrase.filter(|_| self.key.has_passphrase()) {
            Some((passphrase, _)) if !self.key.opens_with(passphrase) => {
                return Err(VaultError::WrongPassphrase { path: self.store.path().to_owned() });
            }
            // scrypt runs before the lock is taken: others need not wait for it.
            Some((passphrase, cost)) => Some(self.key.renew(self.vault.id, passphrase, cost)),
            None => None,
        };
        let renewed = renewed.transpose().map_err(|_| self.store.read_back_differs())?;
        let held = self.store.lock()?;
        self.take_in()?;
        let mut key = renewed.unwrap_or_else(|| self.key.clone());
        let (recipients, counts) = change.apply_to(self.key.recipients())?;
        if recipients.is_empty() && !key.has_passphrase() {
            return Err(VaultError::NoReaders);
        }
        if counts == (0, 0) {
            return Ok(counts);
        }
        key.share_with(recipients);
        let mut vault = self.vault.clone();
        vault.note(now, "recipients", None, None);
        if key.clone().seal(&vault, None).is_err() {
            return Err(VaultError::LocksOut);
        }
        self.replace(&mut key, vault, Reason::Lock, now)?;
        self.key = key;
        drop(held);
        Ok(counts)
    }

    /// What an agent needs to open the vault without the passphrase; none where a passphrase did not open it.
    pub fn held(&self) -> Option<HeldIdentity> {
        self.key.held()
    }

    /// The recipients that can open it besides the passphrase, as age writes them.
    pub fn recipients(&self) -> &[String] {
        self.key.recipients()
    }

    /// Merges what stands on disk into what we have, when it is not what we read or wrote last.
    fn take_in(&mut self) -> Result<bool, VaultError> {
        let (file, stamp) = self.store.read_bytes()?;
        if file == self.file {
            self.stamp = stamp;
            return Ok(false);
        }
        let header = header::scan(&file).map_err(|bad| self.store.bad(bad))?;
        let mut key = self.key.clone();
        let let_go = key.was_let_go(&header);
        let theirs = key.open(&file, header, self.writer).map_err(|failure| match failure {
            Failure::NoIdentityFits if let_go => self.store.let_go(),
            // What opened the vault until now does not fit any more.
            Failure::NoIdentityFits | Failure::Bad(BadVault::Mixed) => self.store.relocked(),
            other => self.store.failure(other),
        })?;
        if theirs.id != self.vault.id {
            return Err(self.store.another_vault());
        }
        let here = Seen::of(theirs.generation, &file);
        self.rollback = Seen::of(self.vault.generation, &self.file).rolled_back_to(here, true);
        if self.rollback.is_none() {
            self.store.saw(theirs.id, here);
        }
        self.vault = self.vault.merge(&theirs);
        self.key = key;
        self.file = file;
        self.stamp = stamp;
        Ok(true)
    }

    /// Encrypts, proves, and puts the new file in the place of `self.file`.
    fn replace(
        &mut self,
        key: &mut Key,
        mut vault: Vault,
        reason: Reason,
        now: UnixTime,
    ) -> Result<(), VaultError> {
        vault.generation = self.vault.generation.saturating_add(1);
        let hash = Sha256::digest(&self.file).into();
        let file = key.seal(&vault, Some(hash)).map_err(|_| self.store.read_back_differs())?;
        self.store.replace(&file, self.vault.generation, &hash, reason, now)?;
        self.stamp = self.store.stamp().unwrap_or_default();
        self.store.saved(vault.id, Seen::of(vault.generation, &file));
        self.file = file;
        self.vault = vault;
        Ok(())
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({}, {:?})", self.store.path().display(), self.header.lock)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({}, {:?})", self.store.path().display(), self.vault)
    }
}
