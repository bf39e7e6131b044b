//! The file system of this machine.

use super::{Disk, NewFile, Stat};
use rustix::fs::{self, AtFlags, CWD, FileType, FlockOperation, Mode, OFlags};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

/// How long to wait before trying for the lock again: at first, and at most.
const FIRST_WAIT: Duration = Duration::from_millis(2);
const LONGEST_WAIT: Duration = Duration::from_millis(20);

const PRIVATE_FILE: Mode = Mode::RUSR.union(Mode::WUSR);

struct RealFile(File);

impl NewFile for RealFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stat)> {
        // NONBLOCK: a pipe put in the vault's place must not make us wait for its writer.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK;
        let file = fs::open(path, flags, Mode::empty())?;
        let stat = fs::fstat(&file)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let stat = convert(&stat);
        if stat.size > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(stat.size).unwrap_or(0) + 1);
        File::from(file).take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok((bytes, stat))
    }

    fn user(&self) -> u32 {
        rustix::process::geteuid().as_raw()
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        Ok(convert(&fs::statat(CWD, path, AtFlags::empty())?))
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Box::new(RealFile(fs::open(path, flags, PRIVATE_FILE)?.into())))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
            self.create_dir(above)?;
        }
        match fs::mkdir(path, Mode::RWXU) {
            Ok(()) => {
                self.sync_dir(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            }
            Err(rustix::io::Errno::EXIST) if path.is_dir() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(fs::link(from, to)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(fs::rename(from, to)?)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let folder = fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(fs::fsync(folder)?)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Ok(fs::unlink(path)?)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        std::fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Box<dyn Send>> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = fs::open(path, flags, PRIVATE_FILE)?;
        wait_for_lock(&file, patience)?;
        let mut file = File::from(file);
        // Who holds it is only for the message of those who wait: what fails here is no reason not to save.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Box::new(file))
    }

    fn lock_holder(&self, path: &Path) -> Option<u32> {
        let (bytes, _) = self.read(path, 32).ok()?;
        std::str::from_utf8(&bytes).ok()?.trim().parse().ok()
    }
}

/// flock has no time limit of its own, so this tries again and again: often at first, since a save takes
/// milliseconds.
fn wait_for_lock(file: &OwnedFd, patience: Duration) -> io::Result<()> {
    let mut waited = Duration::ZERO;
    let mut wait = FIRST_WAIT;
    loop {
        match fs::flock(file.as_fd(), FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::WOULDBLOCK) if waited < patience => {
                std::thread::sleep(wait);
                waited += wait;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

#[allow(clippy::unnecessary_cast, clippy::cast_sign_loss)] // the widths and signs differ between systems
fn convert(stat: &fs::Stat) -> Stat {
    Stat {
        inode: stat.st_ino as u64,
        size: stat.st_size.max(0) as u64,
        modified: (stat.st_mtime as i64, stat.st_mtime_nsec as u64),
        mode: stat.st_mode as u32 & 0o7777,
        owner: stat.st_uid as u32,
    }
}
