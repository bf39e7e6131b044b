//! A disk that fails at one operation.

use keyfob::vault::disk::{Disk, NewFile, Stat};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What happens at the operation that fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// It fails with this error number; everything after works.
    Error(i32),
    /// The process is killed there: nothing after it happens either.
    Kill,
    /// Half of a write gets through, and then the disk is full.
    ShortWrite,
}

/// Counts all operations, and makes one of them fail.
#[derive(Clone)]
pub struct FaultDisk {
    pub inner: Arc<dyn Disk>,
    pub count: Arc<AtomicUsize>,
    pub at: usize,
    pub fault: Fault,
    /// Whether the file system knows hard links.
    pub links: bool,
}

impl FaultDisk {
    pub fn new(inner: &(impl Disk + Clone + 'static), at: usize, fault: Fault) -> Self {
        Self { inner: Arc::new(inner.clone()), count: Arc::default(), at, fault, links: true }
    }

    fn step(&self) -> io::Result<()> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        match self.fault {
            Fault::Kill if number >= self.at => Err(io::ErrorKind::Interrupted.into()),
            Fault::Error(code) if number == self.at => Err(io::Error::from_raw_os_error(code)),
            Fault::ShortWrite if number == self.at => Err(io::Error::from_raw_os_error(ENOSPC)),
            _ => Ok(()),
        }
    }
}

pub const ENOSPC: i32 = 28;

/// What a disk can say, in words and as Linux numbers it.
pub const ERRORS: [(&str, i32); 11] = [
    ("input/output error", 5),
    ("no space left on device", ENOSPC),
    ("disk quota exceeded", 122),
    ("read-only file system", 30),
    ("permission denied", 13),
    ("operation not permitted", 1),
    ("interrupted system call", 4),
    ("too many open files", 24),
    ("invalid cross-device link", 18),
    ("no locks available", 37),
    ("stale file handle", 116),
];

struct FaultFile {
    disk: FaultDisk,
    inner: Box<dyn NewFile>,
    /// Whether a write or an fsync of it failed: nothing may be asked of it then.
    given_up: bool,
}

impl NewFile for FaultFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        assert!(!self.given_up, "a file that failed was written on");
        if let Err(error) = self.disk.step() {
            self.given_up = true;
            if self.disk.fault != Fault::Kill || bytes.len() > 1 {
                self.inner.write_all(&bytes[..bytes.len() / 2]).unwrap();
            }
            return Err(error);
        }
        self.inner.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        assert!(!self.given_up, "a file whose fsync failed was synced again");
        let outcome = self.disk.step();
        self.given_up = outcome.is_err();
        outcome
    }
}

impl Disk for FaultDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stat)> {
        self.step()?;
        self.inner.read(path, limit)
    }
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.step()?;
        self.inner.stat(path)
    }
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.step()?;
        self.inner.resolve(path)
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step()?;
        let inner = self.inner.create_new(path)?;
        Ok(Box::new(FaultFile { disk: self.clone(), inner, given_up: false }))
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.create_dir(path)
    }
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        if !self.links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.inner.hard_link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.rename(from, to)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.sync_dir(path)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.remove(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        self.step()?;
        self.inner.list(path)
    }
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Send>> {
        self.step()?;
        self.inner.lock(path, patience)
    }
    fn lock_holder(&self, path: &Path) -> Option<u32> {
        self.inner.lock_holder(path)
    }
}
