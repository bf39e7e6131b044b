//! Where a vault is: its file, the lock file beside it, and the earlier generations.

use super::disk::Disk;
use super::error::VaultError;
use super::lock::NewLock;
use super::session::{Sealed, Session};
use crate::clock::UnixTime;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What tells whether a vault's file is still the one that was read.
pub type FileStamp = super::disk::Stat;

/// A place for a vault.
#[derive(Clone)]
pub struct Store {
    #[allow(dead_code)]
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

/// An earlier state of the vault, still encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The file's name in `FILE.history/`; what `restore` takes.
    pub name: String,
    /// Its number.
    pub number: u64,
    /// When it was replaced.
    pub replaced: Option<UnixTime>,
    /// What replaced it, when that was more than an ordinary change: `import`, `lock`, `restore`, `merge`.
    pub before: Option<String>,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// The real file system.
    pub fn real(path: PathBuf) -> Self {
        let _ = path;
        todo!()
    }

    /// Another file system.
    pub fn on(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path }
    }

    /// The vault's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a new, empty vault there, durable when this returns; an error when anything stands there.
    pub fn create(&self, lock: NewLock, now: UnixTime) -> Result<Session, VaultError> {
        let _ = (lock, now);
        todo!()
    }

    /// Reads and pre-scans what stands there. [`VaultError::Missing`] when nothing does.
    pub fn read(&self) -> Result<Sealed, VaultError> {
        todo!()
    }

    /// What the file looks like now; none when it can't be looked at.
    pub fn stamp(&self) -> Option<FileStamp> {
        todo!()
    }

    /// The earlier generations, newest first.
    pub fn generations(&self) -> Result<Vec<Generation>, VaultError> {
        todo!()
    }

    /// Reads and pre-scans an earlier generation by its name or number.
    pub fn read_generation(&self, name: &str) -> Result<Sealed, VaultError> {
        let _ = name;
        todo!()
    }
}

/// Writes a file of ours (a backup, an export) durably: a temporary file beside it, 0600, fsync, and into
/// place; never over an existing file unless told so. Leaves nothing behind when it fails.
pub fn write_new_file(disk: &dyn Disk, path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), VaultError> {
    let _ = (disk, path, bytes, overwrite);
    todo!()
}
