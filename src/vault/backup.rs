//! Backups: plain age files around the same MessagePack, the exit door.

use super::error::BadVault;
use super::lock::{LockInfo, Recipient, Unlock, WorkFactor};
use super::model::Vault;
use super::passphrase::Passphrase;
use crate::device::DeviceId;
use zeroize::Zeroizing;

/// What a backup is locked with.
#[derive(Clone, Debug)]
pub enum BackupLock {
    /// A passphrase of its own.
    Passphrase(Passphrase, WorkFactor),
    /// Recipients: at least one.
    Recipients(Vec<Recipient>),
}

/// What keeps a backup from being opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// It is not what it should be.
    #[error(transparent)]
    Bad(#[from] BadVault),
    /// The passphrase does not open it.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// None of the identities opens it.
    #[error("no identity fits")]
    NoIdentityFits,
}

/// Encrypts the vault, or only some devices of it.
pub fn seal_backup(vault: &Vault, only: Option<&[DeviceId]>, lock: &BackupLock) -> Vec<u8> {
    let _ = (vault, only, lock);
    todo!()
}

/// How a backup is locked, after its header was pre-scanned.
pub fn backup_lock(bytes: &[u8]) -> Result<LockInfo, BadVault> {
    let _ = bytes;
    todo!()
}

/// Opens a backup.
pub fn open_backup(bytes: &[u8], unlock: Unlock<'_>) -> Result<Vault, BackupError> {
    let _: (&[u8], Unlock<'_>, Option<Zeroizing<u8>>) = (bytes, unlock, None);
    todo!()
}
