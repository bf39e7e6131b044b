//! Sessions, kept until shortly before they are over: encrypted in the state folder, by a key that lies in the
//! runtime folder alone, in memory, and is gone when the user logs out. So what a disk or a backup has of them is
//! of no use, and whoever asks again while the session lasts need not open the vault.

use crate::aws::Credentials;
use crate::clock::UnixTime;
use crate::explain::{Explain as _, Explanation, FileProblem, Trouble};
use crate::vault::CacheKey;
use rustix::fs::{FlockOperation, Mode, flock};
use rustix::process::geteuid;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How many seconds before its end a session counts as over: a long upload shall get through.
const MARGIN: u64 = 300;
/// More than any session or key has, in bytes.
const MAX_FILE: u64 = 64 << 10;
/// What the key's file is called.
const KEY: &str = "cache.key";

/// Where sessions are kept.
#[derive(Clone, Debug)]
pub struct Folders {
    /// keyfob's folder in `$XDG_STATE_HOME`.
    pub state: PathBuf,
    /// keyfob's folder in `$XDG_RUNTIME_DIR`; none where the system has no such folder, and nothing is kept.
    pub runtime: Option<PathBuf>,
}

/// A place for one session.
#[derive(Debug)]
pub struct Cache {
    file: PathBuf,
    /// Where the key is; none where there is no place for one, and nothing is kept.
    key: Option<PathBuf>,
}

/// While this is held nobody else asks for the same session.
#[derive(Debug)]
pub struct Held(#[allow(dead_code)] File); // the lock goes when the file is closed

impl Cache {
    /// The place of the session that is got in this way.
    pub fn of(fingerprint: &str, folders: &Folders) -> Self {
        let file = folders.sessions().join(format!("{fingerprint}.age"));
        Self { file, key: folders.key() }
    }

    /// The session that is kept there, if it still lasts.
    pub fn read(&self, now: UnixTime) -> Option<Credentials> {
        let key = self.read_key()?;
        let kept = Credentials::from_json(&key.open(&read(&self.file).ok()?)?)?;
        (kept.expires.since(now) > MARGIN).then_some(kept)
    }

    /// Waits until nobody else asks for this session; `waiting` says so where that takes a while.
    pub fn hold(&self, waiting: impl FnOnce()) -> Result<Held, Explanation> {
        let path = self.file.with_extension("lock");
        self.try_hold(&path, waiting)
            .map(Held)
            .map_err(|error| Trouble::File(path, FileProblem::System(error)).explain())
    }

    fn try_hold(&self, path: &Path, waiting: impl FnOnce()) -> io::Result<File> {
        make_folder(self.file.parent().unwrap_or(path))?;
        let lock = ours().create(true).truncate(false).open(path)?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Err(rustix::io::Errno::WOULDBLOCK) => {
                waiting();
                flock(&lock, FlockOperation::LockExclusive)?;
            }
            locked => locked?,
        }
        Ok(lock)
    }

    /// Keeps a session; whether there was a place for it.
    pub fn write(&self, session: &Credentials) -> io::Result<bool> {
        let Some(path) = &self.key else { return Ok(false) };
        let key = match self.read_key() {
            Some(key) => key,
            None => make_key(path)?,
        };
        let sealed = key.seal(session.to_json().as_bytes()).ok_or(ErrorKind::InvalidData)?;
        let temporary = self.file.with_extension("new");
        ours().create(true).truncate(true).open(&temporary)?.write_all(&sealed)?;
        fs::rename(temporary, &self.file)?;
        Ok(true)
    }

    fn read_key(&self) -> Option<CacheKey> {
        let text = read(self.key.as_ref()?).ok()?;
        CacheKey::from_text(std::str::from_utf8(&text).ok()?)
    }
}

/// Forgets every session that is kept; how many those were.
pub fn forget(folders: &Folders) -> Result<usize, Explanation> {
    if let Some(key) = folders.key() {
        remove(&key)?;
    }
    let kept = fs::read_dir(folders.sessions()).into_iter().flatten().flatten().map(|entry| entry.path());
    let kept: Vec<PathBuf> = kept.filter(|path| path.extension().is_some_and(|end| end == "age")).collect();
    kept.iter().try_for_each(|path| remove(path))?;
    Ok(kept.len())
}

fn remove(path: &Path) -> Result<(), Explanation> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Trouble::File(path.into(), FileProblem::System(error)).explain())
        }
        _ => Ok(()),
    }
}

impl Folders {
    fn sessions(&self) -> PathBuf {
        self.state.join("aws")
    }

    /// The key's file, where its folder is nobody else's to read.
    fn key(&self) -> Option<PathBuf> {
        let folder = self.runtime.as_ref()?;
        make_folder(folder).ok()?;
        let found = fs::symlink_metadata(folder).ok()?;
        let mode = Mode::from_raw_mode(found.mode());
        let is_ours = found.is_dir() && found.uid() == geteuid().as_raw();
        (is_ours && !mode.intersects(Mode::RWXG | Mode::RWXO)).then(|| folder.join(KEY))
    }
}

/// Makes a key, unless another process was faster: then that one.
fn make_key(path: &Path) -> io::Result<CacheKey> {
    let temporary = path.with_extension(std::process::id().to_string());
    let new = CacheKey::generate();
    ours().create(true).truncate(true).open(&temporary)?.write_all(new.to_text().as_bytes())?;
    let linked = fs::hard_link(&temporary, path);
    fs::remove_file(&temporary)?;
    match linked {
        Ok(()) => Ok(new),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = read(path)?;
            let text = std::str::from_utf8(&text).map_err(|_| ErrorKind::InvalidData)?;
            Ok(CacheKey::from_text(text).ok_or(ErrorKind::InvalidData)?)
        }
        Err(error) => Err(error),
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::default();
    File::open(path)?.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn ours() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}
