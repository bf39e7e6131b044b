//! All disk access of the vault, behind one trait, so that a disk that fails can stand in for the real one.

mod memory;
mod real;

pub use memory::MemoryDisk;
pub use real::RealDisk;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What tells whether a file is still the one that was read. The default is that of no file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// The inode.
    pub inode: u64,
    /// Bytes.
    pub size: u64,
    /// Last modification: seconds and nanoseconds.
    pub modified: (i64, u64),
    /// Permission bits.
    pub mode: u32,
    /// The owner's user id.
    pub owner: u32,
}

/// A file that is being written.
pub trait NewFile {
    /// Writes all of it.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes it durable (fsync). After an error the file must be given up: a second fsync may lie.
    fn sync(&mut self) -> io::Result<()>;
}

/// The operations that a vault needs of a file system.
pub trait Disk: Send + Sync {
    /// Reads a whole regular file of at most `limit` bytes, and what [`Disk::stat`] says of that very file.
    /// [`io::ErrorKind::FileTooLarge`] over the limit, [`io::ErrorKind::InvalidInput`] for what is no regular file.
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stat)>;
    /// Whose files we make, by [`Stat::owner`]'s number, as far as this process knows.
    fn user(&self) -> u32 {
        0
    }
    /// Looks at a file without reading it. Follows symlinks.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// Where a path really leads, symlinks followed.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// Makes a new file, 0600; an error when the name is taken.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Makes a folder, 0700, and those above it; durable when it returns. No error when it is there.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Gives a file a second name; an error when that is taken.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames over whatever is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder's names durable (fsync of the folder).
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// The names in a folder.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    /// Takes the exclusive lock on a file that is made when needed and never renamed; waits at most
    /// `patience`, then fails with [`io::ErrorKind::WouldBlock`]. Dropping the answer gives it back.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Send>>;
    /// Who holds the lock, as its file says: a process id.
    fn lock_holder(&self, path: &Path) -> Option<u32>;
}
