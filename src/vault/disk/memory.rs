//! A file system in memory: for the throw-away vault of `demo`, and for tests.

use super::{Disk, NewFile, Stat};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A file system in memory. Clones share it.
#[derive(Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<Files>>);

#[derive(Default)]
struct Files {
    /// Names to inodes: two names may be one file.
    names: BTreeMap<PathBuf, u64>,
    contents: BTreeMap<u64, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    locked: BTreeSet<PathBuf>,
    last_inode: u64,
}

impl MemoryDisk {
    fn files(&self) -> MutexGuard<'_, Files> {
        // Nothing here stops half-way: what a panicking thread left is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files {
    fn inode(&self, path: &Path) -> io::Result<u64> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn free(&self, path: &Path) -> io::Result<()> {
        if self.names.contains_key(path) { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
    }

    fn stat(&self, inode: u64) -> Stat {
        let size = self.contents.get(&inode).map_or(0, Vec::len) as u64;
        // Each file is written once, so its inode tells its age.
        Stat { inode, size, modified: (0, inode), mode: 0o600, owner: 0 }
    }
}

struct MemoryFile {
    disk: MemoryDisk,
    inode: u64,
}

impl NewFile for MemoryFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.files().contents.entry(self.inode).or_default().extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Held {
    disk: MemoryDisk,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.disk.files().locked.remove(&self.path);
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stat)> {
        let files = self.files();
        let inode = files.inode(path)?;
        let stat = files.stat(inode);
        if stat.size > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok((files.contents.get(&inode).cloned().unwrap_or_default(), stat))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let files = self.files();
        if files.folders.contains(path) {
            return Ok(Stat { inode: 0, size: 0, modified: (0, 0), mode: 0o700, owner: 0 });
        }
        files.inode(path).map(|inode| files.stat(inode))
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut files = self.files();
        files.free(path)?;
        files.last_inode += 1;
        let inode = files.last_inode;
        files.names.insert(path.to_owned(), inode);
        files.contents.insert(inode, Vec::new());
        Ok(Box::new(MemoryFile { disk: self.clone(), inode }))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.files().folders.extend(path.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = self.files();
        let inode = files.inode(from)?;
        files.free(to)?;
        files.names.insert(to.to_owned(), inode);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = self.files();
        let inode = files.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        files.names.insert(to.to_owned(), inode);
        Ok(())
    }

    fn sync_dir(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files().names.remove(path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let files = self.files();
        let inside = files.names.keys().filter(|name| name.parent() == Some(path));
        Ok(inside.filter_map(|name| Some(name.file_name()?.to_string_lossy().into_owned())).collect())
    }

    fn lock(&self, path: &Path, _: Duration) -> io::Result<Box<dyn Send>> {
        if !self.files().locked.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(Held { disk: self.clone(), path: path.to_owned() }))
    }

    fn lock_holder(&self, _: &Path) -> Option<u32> {
        None
    }
}
