//! Where a vault is: its file, the lock file beside it, and the earlier generations.

use super::bad::BadVault;
use super::disk::{Disk, RealDisk, Stat};
use super::error::{Step, VaultError};
use super::generations::{self, Generation, Reason};
use super::key::Failure;
use super::ledger::{Ledger, Seen};
use super::model::VaultId;
use super::write::{MAX_FILE, at, beside, folder_of, target_of, write_temporary};
use crate::clock::UnixTime;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a save waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// A place for a vault.
#[derive(Clone)]
pub struct Store {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    ledger: Option<Arc<dyn Ledger>>,
}

impl Store {
    /// The real file system.
    pub fn real(path: PathBuf) -> Self {
        Self::on(Arc::new(RealDisk), path)
    }

    /// Another file system.
    pub fn on(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path, ledger: None }
    }

    /// The same place, where it is remembered what was seen of it.
    #[must_use]
    pub fn with_ledger(self, ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    pub(super) fn seen(&self, vault: VaultId) -> Option<Seen> {
        self.ledger.as_ref()?.seen(vault)
    }

    pub(super) fn saw(&self, vault: VaultId, seen: Seen) {
        if let Some(ledger) = &self.ledger {
            ledger.saw(vault, seen);
        }
    }

    pub(super) fn saved(&self, vault: VaultId, saved: Seen) {
        if let Some(ledger) = &self.ledger {
            ledger.saved(vault, saved);
        }
    }

    /// The vault's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The disk it is on.
    pub fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    /// Whether a file to be written would replace the vault, its lock file, or one of its generations.
    pub fn is_own(&self, path: &Path) -> bool {
        let vault = self.resolved();
        let folder = self.disk.resolve(folder_of(path)).unwrap_or_else(|_| folder_of(path).to_owned());
        let path =
            self.disk.resolve(path).unwrap_or_else(|_| folder.join(path.file_name().unwrap_or_default()));
        path == vault || path == beside(&vault, ".lock") || path.starts_with(generations::folder(&vault))
    }

    /// What the file looks like now; none when it can't be looked at.
    pub fn stamp(&self) -> Option<Stat> {
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

    /// The folder of the earlier generations, whether it is there or not.
    pub fn history(&self) -> PathBuf {
        generations::folder(&self.resolved())
    }

    /// Where an earlier generation is, by its name or number.
    pub(super) fn of_generation(&self, name: &str) -> Result<Self, VaultError> {
        let wanted =
            |generation: &Generation| generation.name == name || name.parse() == Ok(generation.number);
        let found = self.generations()?.into_iter().find(wanted);
        let generation = found.ok_or_else(|| VaultError::NoGeneration { name: name.to_owned() })?;
        let path = generations::folder(&self.resolved()).join(generation.name);
        Ok(Self::on(Arc::clone(&self.disk), path))
    }

    /// Where the file really is: a symlink is followed, and never replaced by a file.
    fn resolved(&self) -> PathBuf {
        self.target().unwrap_or_else(|_| self.path.clone())
    }

    /// The same for who is about to write: where a symlink can't be followed, nothing may take its place.
    fn target(&self) -> Result<PathBuf, VaultError> {
        target_of(self.disk(), &self.path)
    }

    pub(super) fn read_bytes(&self) -> Result<(Vec<u8>, Stat), VaultError> {
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
        let vault = self.target()?;
        self.keep_owner(&vault)?;
        let path = beside(&vault, ".lock");
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
        let path = self.target()?;
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

    /// A new file belongs to whoever writes it: root in a user's folder would take the vault away from its owner, and
    /// leave a lock file that shuts the owner out. What a new file's owner is here, its file system says: over a
    /// network that need not be our number.
    fn keep_owner(&self, vault: &Path) -> Result<(), VaultError> {
        let Ok(Stat { owner, .. }) = self.disk.stat(vault) else { return Ok(()) };
        if owner == self.disk.user() {
            return Ok(());
        }
        let probe = beside(vault, ".owner");
        let _ = self.disk.remove(&probe);
        let made = self.disk.create_new(&probe).and_then(|_| self.disk.stat(&probe));
        let _ = self.disk.remove(&probe);
        match made {
            Ok(new) if new.owner == owner => Ok(()),
            Ok(_) => Err(VaultError::Foreign { path: vault.to_owned(), owner }),
            Err(error) => Err(at(&probe, Step::Create, error)),
        }
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

    pub(super) fn let_go(&self) -> VaultError {
        VaultError::LetGo { path: self.path.clone() }
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
