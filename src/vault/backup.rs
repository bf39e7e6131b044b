//! Backups: plain age files around the same `MessagePack`, the exit door.

use super::bad::BadVault;
use super::header;
use super::header::LockInfo;
use super::identity::{open_with_passphrase, seal_with_passphrase};
use super::key::{Failure, Key};
use super::lock::Unlock;
use super::model::Vault;
use super::passphrase::Passphrase;
use super::recipient::Recipient;
use super::schema::{self, Frame};
use super::seal::{self, OpenError, Witness};
use super::stamp::WriterId;
use super::wiped::Wiped;
use super::work_factor::WorkFactor;
use crate::device::DeviceId;

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
    /// It opens with a passphrase, and identities were offered, or the other way round.
    #[error("locked otherwise")]
    OtherLock {
        /// Whether a passphrase opens it.
        wants_passphrase: bool,
    },
    /// It opens, but holds something else than what was put in.
    #[error("read-back differs")]
    Differs,
}

/// An encrypted backup, and what proves that it can be opened.
pub struct SealedBackup {
    bytes: Vec<u8>,
    lock: BackupLock,
    witness: Witness,
    vault: Vault,
}

impl SealedBackup {
    /// The file's contents.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many devices are in it.
    pub fn devices(&self) -> usize {
        self.vault.devices().len()
    }

    /// Opens what was read back from disk as its owner would, and compares every device; how many there
    /// are. With a passphrase that is one scrypt run; recipients' identities are not here, so there the
    /// file key that was seen while encrypting stands in for them.
    pub fn prove(&self, read_back: &[u8]) -> Result<usize, BackupError> {
        let opened = match &self.lock {
            BackupLock::Passphrase(passphrase, _) => open_backup(read_back, Unlock::Passphrase(passphrase))?,
            BackupLock::Recipients(_) => {
                header::scan(read_back)?;
                let plain = seal::decrypt(read_back, std::iter::once(&self.witness as &dyn age::Identity));
                decode(&plain.map_err(|_| BadVault::Damaged)?)?
            }
        };
        if opened.same_contents(&self.vault) { Ok(self.devices()) } else { Err(BackupError::Differs) }
    }
}

/// Encrypts the vault, or only some devices of it. The backup has a MAC key of its own: whoever opens it
/// learns nothing that would let them write to the vault.
pub fn seal_backup(
    vault: &Vault,
    only: Option<&[DeviceId]>,
    lock: &BackupLock,
) -> Result<SealedBackup, BadVault> {
    let mut vault = vault.clone();
    if let Some(wanted) = only {
        let mut records = vault.records.clone();
        records.retain(|record| wanted.contains(&record.device.id));
        vault.set_records(records);
        vault.tombstones.clear();
        vault.log.clear();
    }
    let frame = Frame::fresh(Vec::new());
    let plain = schema::encode(&vault, &frame)?;
    let witness = Witness::default();
    let bytes = match lock {
        BackupLock::Passphrase(passphrase, cost) => seal_with_passphrase(&plain, passphrase, *cost),
        BackupLock::Recipients(recipients) => {
            let to = recipients.iter().map(Recipient::as_age);
            seal::encrypt(&plain, to.chain([&witness as &dyn age::Recipient]))
        }
    };
    Ok(SealedBackup { bytes: bytes.ok_or(BadVault::Damaged)?, lock: lock.clone(), witness, vault })
}

/// How a backup, or another copy of a vault, is locked: its header is pre-scanned for that.
pub fn backup_lock(bytes: &[u8]) -> Result<LockInfo, BadVault> {
    let file = super::armor::unarmored(bytes)?;
    Ok(header::scan(&file)?.lock)
}

/// Opens a copy, whichever it is: a backup, or a vault.
pub fn open_copy(bytes: &[u8], unlock: Unlock<'_>) -> Result<Vault, BackupError> {
    let file = super::armor::unarmored(bytes)?;
    let header = header::scan(&file)?;
    if let LockInfo::Backup { .. } = header.lock {
        return open_backup(&file, unlock);
    }
    let opened = Key::unlock(&file, header, unlock, WriterId::random());
    opened.map(|(_, vault)| vault).map_err(|failure| match failure {
        Failure::WrongPassphrase => BackupError::WrongPassphrase,
        Failure::NoIdentityFits => BackupError::NoIdentityFits,
        Failure::OtherLock(wants_passphrase) => BackupError::OtherLock { wants_passphrase },
        Failure::Bad(bad) => BackupError::Bad(bad),
    })
}

/// Opens a backup, armored or not.
pub fn open_backup(bytes: &[u8], unlock: Unlock<'_>) -> Result<Vault, BackupError> {
    Ok(decode(&decrypt_backup(bytes, unlock)?)?)
}

/// What stands in a backup, as docs/vault-format.md describes it: any age file that is not locked like a vault is
/// decrypted (C2SP age.md).
pub fn decrypt_backup(bytes: &[u8], unlock: Unlock<'_>) -> Result<Wiped, BackupError> {
    let file = super::armor::unarmored(bytes)?;
    let plain = match (header::scan(&file)?.lock, unlock) {
        (LockInfo::Passphrase { .. }, _) => return Err(BadVault::IsVault.into()),
        (LockInfo::Backup { .. }, Unlock::Passphrase(passphrase)) => open_with_passphrase(&file, passphrase),
        (LockInfo::Recipients { .. }, Unlock::Identities(identities)) => {
            seal::decrypt(&file, identities.as_age())
        }
        (lock, _) => {
            let wants_passphrase = matches!(lock, LockInfo::Backup { .. });
            return Err(BackupError::OtherLock { wants_passphrase });
        }
    };
    plain.map_err(|error| match (error, unlock) {
        (OpenError::NoKeyFits, Unlock::Passphrase(_)) => BackupError::WrongPassphrase,
        (OpenError::NoKeyFits, Unlock::Identities(_)) => BackupError::NoIdentityFits,
        (OpenError::Bad(bad), _) => BackupError::Bad(bad),
    })
}

fn decode(plain: &[u8]) -> Result<Vault, BadVault> {
    schema::decode(plain, None, WriterId::random()).map(|(vault, _)| vault)
}
