//! Where a vault is: its file, the lock file beside it, and the earlier generations.

use super::disk::{Disk, RealDisk};
use super::error::{BadVault, Step, VaultError};
use super::generations;
use super::key::{Failure, Key};
use super::lock::NewLock;
use super::model::{Vault, VaultId, WriterId};
use super::session::{Reason, Sealed, Session};
use crate::clock::UnixTime;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

pub use super::generations::Generation;

/// The largest file that is read as a vault or backup, in bytes.
pub const MAX_FILE: u64 = 16 << 20;
/// How long a save waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What tells whether a vault's file is still the one that was read.
pub type FileStamp = super::disk::Stat;

/// A place for a vault.
#[derive(Clone)]
pub struct Store {
    pub(super) disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl Store {
    /// The real file system.
    pub fn real(path: PathBuf) -> Self {
        Self::on(Arc::new(RealDisk), path)
    }

    /// Another file system.
    pub fn on(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path }
    }

    /// The vault's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The disk it is on.
    pub fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    /// Makes a new, empty vault there, durable when this returns; an error when anything stands there.
    pub fn create(&self, lock: &NewLock, now: UnixTime) -> Result<Session, VaultError> {
        if self.disk.stat(&self.path).is_ok() {
            return Err(VaultError::Exists { path: self.path.clone() });
        }
        let mut vault = Vault::empty(VaultId(Uuid::new_v4()), WriterId::random());
        vault.generation = 1;
        vault.note(now, "init", None, None);
        let mut key = Key::generate(lock, vault.id).map_err(|_| self.read_back_differs())?;
        let file = key.seal(&vault, None).map_err(|_| self.read_back_differs())?;
        let folder = folder_of(&self.path);
        self.disk.create_dir(folder).map_err(|error| at(folder, Step::MakeFolder, error))?;
        let held = self.lock()?;
        write_as(self.disk(), &beside(&self.path, ".new"), &self.path, &file, false)?;
        drop(held);
        let stamp = self.disk.stat(&self.path).map_err(|error| self.io(Step::Read, error))?;
        Ok(Session::new(self.clone(), key, vault, &file, stamp))
    }

    /// Reads and pre-scans what stands there. [`VaultError::Missing`] when nothing does.
    pub fn read(&self) -> Result<Sealed, VaultError> {
        let (file, stamp) = self.read_bytes()?;
        Sealed::scan(self.clone(), file, stamp)
    }

    /// What the file looks like now; none when it can't be looked at.
    pub fn stamp(&self) -> Option<FileStamp> {
        self.disk.stat(&self.path).ok()
    }

    /// The earlier generations, newest first.
    pub fn generations(&self) -> Result<Vec<Generation>, VaultError> {
        let history = generations::folder(&self.resolved());
        let names = match self.disk.list(&history) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(at(&history, Step::Read, error)),
        };
        let mut found: Vec<Generation> =
            names.iter().filter_map(|name| Generation::from_name(name)).collect();
        for generation in &mut found {
            generation.size = self.disk.stat(&history.join(&generation.name)).map_or(0, |stat| stat.size);
        }
        found.sort_by(|a, b| (b.number, &b.name).cmp(&(a.number, &a.name)));
        Ok(found)
    }

    /// Reads and pre-scans an earlier generation by its name or number.
    pub fn read_generation(&self, name: &str) -> Result<Sealed, VaultError> {
        let wanted =
            |generation: &Generation| generation.name == name || name.parse() == Ok(generation.number);
        let found = self.generations()?.into_iter().find(wanted);
        let generation = found.ok_or_else(|| VaultError::NoGeneration { name: name.to_owned() })?;
        let path = generations::folder(&self.resolved()).join(generation.name);
        Self::on(Arc::clone(&self.disk), path).read()
    }

    /// Where the file really is: a symlink is followed, and never replaced by a file.
    fn resolved(&self) -> PathBuf {
        self.disk.resolve(&self.path).unwrap_or_else(|_| self.path.clone())
    }

    pub(super) fn read_bytes(&self) -> Result<(Vec<u8>, FileStamp), VaultError> {
        self.disk.read(&self.path, MAX_FILE).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing { path: self.path.clone() },
            io::ErrorKind::FileTooLarge => self
                .bad(BadVault::TooLarge { limit: MAX_FILE, bytes: self.stamp().map_or(0, |stat| stat.size) }),
            io::ErrorKind::InvalidInput => self.bad(BadVault::NotAFile),
            _ => self.io(Step::Read, error),
        })
    }

    /// Takes the lock file beside the vault.
    pub(super) fn lock(&self) -> Result<Box<dyn Send>, VaultError> {
        let path = beside(&self.resolved(), ".lock");
        self.disk.lock(&path, PATIENCE).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => VaultError::Busy { holder: self.disk.lock_holder(&path), path },
            io::ErrorKind::NotFound => VaultError::Missing { path: self.path.clone() },
            _ => at(&path, Step::Lock, error),
        })
    }

    /// Puts a new file in the old one's place; the lock is held. The old one becomes a generation first.
    /// When this returns `Ok` the new file is durable; when it fails the old one is as it was, except that
    /// after [`Step::SyncFolder`] the new one is in place, but not confirmed.
    pub(super) fn replace(
        &self,
        file: &[u8],
        old_generation: u64,
        old_hash: &[u8; 32],
        reason: Reason,
        now: UnixTime,
    ) -> Result<(), VaultError> {
        let path = self.resolved();
        let temporary = beside(&path, ".new");
        write_temporary(self.disk(), &temporary, file)?;
        let kept = generations::keep(self.disk(), &path, old_generation, old_hash, reason, now);
        let replaced = kept.and_then(|()| {
            self.disk.rename(&temporary, &path).map_err(|error| at(&path, Step::Replace, error))
        });
        if let Err(error) = replaced {
            let _ = self.disk.remove(&temporary);
            return Err(error);
        }
        let folder = folder_of(&path);
        self.disk.sync_dir(folder).map_err(|error| at(folder, Step::SyncFolder, error))?;
        generations::prune(self.disk(), &path, now);
        Ok(())
    }

    pub(super) fn failure(&self, failure: Failure) -> VaultError {
        let path = self.path.clone();
        match failure {
            Failure::WrongPassphrase => VaultError::WrongPassphrase { path },
            Failure::NoIdentityFits => VaultError::NoIdentityFits { path },
            Failure::OtherLock(wants_passphrase) => VaultError::OtherLock { path, wants_passphrase },
            Failure::Bad(bad) => VaultError::Bad { path, bad },
        }
    }

    pub(super) fn bad(&self, bad: BadVault) -> VaultError {
        VaultError::Bad { path: self.path.clone(), bad }
    }

    pub(super) fn io(&self, step: Step, error: io::Error) -> VaultError {
        at(&self.path, step, error)
    }

    pub(super) fn relocked(&self) -> VaultError {
        VaultError::Relocked { path: self.path.clone() }
    }

    pub(super) fn another_vault(&self) -> VaultError {
        VaultError::AnotherVault { path: self.path.clone() }
    }

    pub(super) fn read_back_differs(&self) -> VaultError {
        VaultError::ReadBack { path: self.path.clone() }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.path.display())
    }
}

/// Writes a file of ours (a backup, an export) durably: a temporary file beside it, 0600, fsync, and into
/// place; never over an existing file unless told so. Leaves nothing behind when it fails.
pub fn write_new_file(disk: &dyn Disk, path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), VaultError> {
    let path = if overwrite { &disk.resolve(path).unwrap_or_else(|_| path.to_owned()) } else { path };
    if !overwrite && disk.stat(path).is_ok() {
        return Err(VaultError::Exists { path: path.to_owned() });
    }
    // Nobody holds a lock here: the process id keeps two exports from one name apart.
    write_as(disk, &beside(path, &format!(".{}.new", std::process::id())), path, bytes, overwrite)
}

fn write_as(
    disk: &dyn Disk,
    temporary: &Path,
    path: &Path,
    bytes: &[u8],
    overwrite: bool,
) -> Result<(), VaultError> {
    write_temporary(disk, temporary, bytes)?;
    let placed = if overwrite { disk.rename(temporary, path) } else { place(disk, temporary, path) };
    if let Err(error) = placed {
        let _ = disk.remove(temporary);
        return Err(match error.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists { path: path.to_owned() },
            _ => at(path, Step::Replace, error),
        });
    }
    let folder = folder_of(path);
    disk.sync_dir(folder).map_err(|error| at(folder, Step::SyncFolder, error))
}

/// Gives a finished file its name, which must be free: a hard link never replaces anything. Where the file
/// system has no hard links, a rename after one more look has to do.
fn place(disk: &dyn Disk, temporary: &Path, path: &Path) -> io::Result<()> {
    match disk.hard_link(temporary, path) {
        Ok(()) => disk.remove(temporary),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if disk.stat(path).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => disk.rename(temporary, path),
    }
}

/// Writes the temporary file, durably. One that a killed process left there is taken away first: only the
/// holder of the lock gets here, so it is nobody's. After a failed fsync the file is given up, never synced
/// again: the kernel may have dropped what it could not write and answer the second fsync with success.
fn write_temporary(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let mut created = disk.create_new(path);
    if created.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
        let _ = disk.remove(path);
        created = disk.create_new(path);
    }
    let mut file = created.map_err(|error| at(path, Step::Create, error))?;
    let written = file
        .write_all(bytes)
        .map_err(|error| at(path, Step::Write, error))
        .and_then(|()| file.sync().map_err(|error| at(path, Step::Sync, error)));
    if written.is_err() {
        drop(file);
        let _ = disk.remove(path);
    }
    written
}

/// `NAME` and a suffix, hidden, in the same folder: `.vault.age.new`; the lock file keeps its plain name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let dot = if suffix == ".lock" { "" } else { "." };
    path.with_file_name(format!("{dot}{name}{suffix}"))
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn at(path: &Path, step: Step, error: io::Error) -> VaultError {
    VaultError::Io { path: path.to_owned(), step, error }
}
