//! Where the agent listens, and that only one does.

use super::error::AgentError;
use rustix::fs::{FlockOperation, Mode, flock};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, bind, listen, socket_with};
use rustix::process::geteuid;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// How many may wait to be let in. The kernel takes its own limit where that is lower.
const WAITING: i32 = 4096;

/// A folder for the socket: in memory, only ours, and gone with the login.
#[derive(Clone, Debug)]
pub struct Place {
    folder: PathBuf,
}

/// The socket, and the lock that says that whoever listens there is alive.
#[derive(Debug)]
pub struct Listening {
    pub(super) listener: UnixListener,
    socket: PathBuf,
    _alive: File,
}

impl Place {
    /// In this folder (`$XDG_RUNTIME_DIR/keyfob`).
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("agent.sock")
    }

    /// Whether the folder is nobody else's to enter.
    pub(super) fn is_ours(&self) -> bool {
        let Ok(found) = fs::symlink_metadata(&self.folder) else { return false };
        let mode = Mode::from_raw_mode(found.mode());
        found.is_dir() && found.uid() == geteuid().as_raw() && !mode.intersects(Mode::RWXG | Mode::RWXO)
    }

    /// Listens there. A socket that a killed agent left behind is replaced: that it is dead, the lock tells, which
    /// goes with its process. The new one is complete when it appears.
    pub fn listen(&self) -> Result<Listening, AgentError> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        made.map_err(at(&self.folder))?;
        if !self.is_ours() {
            return Err(AgentError::Folder { folder: self.folder.clone() });
        }
        let alive = self.take_lock()?;
        let socket = self.socket();
        let listener = open(&self.folder.join("agent.new"), &socket).map_err(at(&socket))?;
        Ok(Listening { listener, socket, _alive: alive })
    }

    /// Whether no agent runs here.
    pub fn is_free(&self) -> bool {
        let lock = File::open(self.folder.join("agent.lock"));
        !lock.is_ok_and(|lock| flock(&lock, FlockOperation::NonBlockingLockShared).is_err())
    }

    fn take_lock(&self) -> Result<File, AgentError> {
        let path = self.folder.join("agent.lock");
        let mut options = OpenOptions::new();
        let lock = options.write(true).create(true).truncate(false).mode(0o600).open(&path);
        let lock = lock.map_err(at(&path))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(lock),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(AgentError::Runs),
            Err(error) => Err(at(&path)(error.into())),
        }
    }
}

/// What the system said about a file.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> AgentError {
    let path = path.to_owned();
    |error| AgentError::Io { path, error }
}

fn open(new: &Path, socket: &Path) -> io::Result<UnixListener> {
    match fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let descriptor = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    bind(&descriptor, &SocketAddrUnix::new(new)?)?;
    fs::set_permissions(new, Permissions::from_mode(0o600))?;
    listen(&descriptor, WAITING)?;
    fs::rename(new, socket)?;
    Ok(descriptor.into())
}

impl Drop for Listening {
    /// The lock is still held: nobody else's socket stands there.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.socket);
    }
}
