//! `keyfob`: our own backups.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use crate::device::{Candidate, Device};
use crate::vault::{BackupError, BadVault, LockInfo, Unlock, backup_lock, open_backup};

/// What the format is called.
pub const NAME: &str = "keyfob";

const MAGIC: &[u8] = b"age-encryption.org/";
const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

// Backups are never written in clear text: `vault::seal_backup` makes them.
pub const FORMAT: Format = Format { name: NAME, extensions: &["age"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    let bytes = file.bytes();
    bytes.starts_with(MAGIC) || bytes.trim_ascii_start().starts_with(ARMOR)
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let bytes = file.bytes();
    let unlock = match (backup_lock(bytes)?, keys) {
        (LockInfo::Recipients { .. }, Keys { identities: Some(identities), .. }) => {
            Unlock::Identities(identities)
        }
        (LockInfo::Recipients { .. }, _) => return Err(ReadError::IdentityNeeded),
        (_, Keys { password: Some(password), .. }) => Unlock::Passphrase(password),
        _ => return Err(ReadError::PasswordNeeded),
    };
    let vault = open_backup(bytes, unlock)?;
    let entries = vault.devices().enumerate().map(|(index, device)| entry(index + 1, device));
    Ok(Contents::from(entries.collect::<Vec<_>>()))
}

fn entry(number: usize, device: &Device) -> Entry {
    let candidate = Candidate {
        issuer: device.issuer.clone(),
        account: device.account.clone(),
        secret: device.secret.clone(),
        method: device.method,
        serial: device.serial.clone(),
        tags: device.tags.clone(),
        note: device.note.clone(),
        favourite: device.favourite,
    };
    Entry { place: Place::Entry(number), found: Ok(candidate) }
}

impl From<BackupError> for ReadError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Bad(bad) => Self::Backup(bad),
            BackupError::WrongPassphrase => Self::WrongPassword,
            BackupError::NoIdentityFits | BackupError::OtherLock { .. } => Self::NoIdentityFits,
            BackupError::Differs => Self::Backup(BadVault::Damaged),
        }
    }
}
