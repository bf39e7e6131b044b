//! A small text file that only we read, replaced as a whole under a lock beside it.

use rustix::fs::{FlockOperation, flock};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt, MetadataExt as _, OpenOptionsExt};
use std::path::PathBuf;

/// More than ten thousand lines of ours: whatever is longer is not.
const MAX_FILE: u64 = 1 << 20;

/// Something could not be written down.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", file.display())]
pub struct StateError {
    /// Which file.
    pub file: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

/// Tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateStamp {
    inode: u64,
    changed: (i64, i64),
}

/// The file.
pub(super) struct Shelf {
    pub(super) file: PathBuf,
}

impl Shelf {
    /// What stands there: nothing where there is no file. What is no text is made some, so that the other
    /// lines still count.
    pub(super) fn read(&self) -> io::Result<String> {
        let mut bytes = Vec::new();
        match File::open(&self.file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            opened => {
                opened?.take(MAX_FILE).read_to_end(&mut bytes)?;
            }
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What changes whenever the text does; none where there is no file.
    pub(super) fn stamp(&self) -> Option<StateStamp> {
        let file = fs::metadata(&self.file).ok()?;
        Some(StateStamp { inode: file.ino(), changed: (file.mtime(), file.mtime_nsec()) })
    }

    /// Puts another text in its place, and hands on what else came of the change. Two processes that do so
    /// at the same time do it one after the other.
    pub(super) fn update<T>(&self, change: impl FnOnce(&str) -> (String, T)) -> Result<T, StateError> {
        self.try_update(change).map_err(|error| StateError { file: self.file.clone(), error })
    }

    fn try_update<T>(&self, change: impl FnOnce(&str) -> (String, T)) -> io::Result<T> {
        if let Some(folder) = self.file.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let lock = ours().create(true).truncate(false).open(self.file.with_extension("lock"))?;
        flock(&lock, FlockOperation::LockExclusive)?;
        let before = self.read()?;
        let (after, answer) = change(&before);
        if after != before {
            self.replace(&after)?;
        }
        Ok(answer)
    }

    /// Not waited for until it is on the disk: after a crash the old text is as good.
    fn replace(&self, text: &str) -> io::Result<()> {
        let temporary = self.file.with_extension("new");
        let mut new = ours().create(true).truncate(true).open(&temporary)?;
        new.write_all(text.as_bytes())?;
        drop::<File>(new);
        fs::rename(temporary, &self.file)
    }
}

fn ours() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
