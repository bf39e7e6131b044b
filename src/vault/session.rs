//! A vault as it stands on disk, and one that is open.

use super::error::VaultError;
use super::lock::{LockInfo, Unlock};
use super::model::Vault;
use super::passphrase::Passphrase;
use super::{FileStamp, WorkFactor};
use crate::clock::UnixTime;

/// What a save is for. Generations before the marked ones are kept for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An ordinary change.
    Change,
    /// Many devices at once.
    Import,
    /// A new passphrase or new recipients.
    Lock,
    /// An earlier generation or a backup is brought back.
    Restore,
    /// Another copy is merged in.
    Merge,
}

/// A file that was read and pre-scanned, but not opened.
#[derive(Debug)]
pub struct Sealed {}

/// An open vault: what is needed to save it without the passphrase.
#[derive(Debug)]
pub struct Session {}

/// What a save came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Whether somebody else's changes were taken in.
    pub merged: bool,
    /// The generation that is on disk now.
    pub generation: u64,
}

impl Sealed {
    /// How it is locked.
    pub fn lock(&self) -> &LockInfo {
        todo!()
    }

    /// Opens it. Costs one scrypt run where a passphrase is used.
    pub fn open(self, unlock: Unlock<'_>) -> Result<Session, VaultError> {
        let _ = unlock;
        todo!()
    }
}

impl Session {
    /// The contents as they were last read or saved.
    pub fn vault(&self) -> &Vault {
        todo!()
    }

    /// What the file looked like then: another one means that somebody else saved.
    pub fn stamp(&self) -> FileStamp {
        todo!()
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
        let _ = (reason, now, change);
        todo!()
    }

    /// Reads the file again if it is not the one that was read last; whether anything changed.
    pub fn reload(&mut self) -> Result<bool, VaultError> {
        todo!()
    }

    /// Locks the vault with another passphrase: a new identity, a new MAC key, everything encrypted anew.
    pub fn change_passphrase(
        &mut self,
        new: &Passphrase,
        cost: WorkFactor,
        now: UnixTime,
    ) -> Result<Saved, VaultError> {
        let _ = (new, cost, now);
        todo!()
    }

    /// The recipients that can open it besides the passphrase, as age writes them.
    pub fn recipients(&self) -> Vec<String> {
        todo!()
    }
}
