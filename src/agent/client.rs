//! Asking the agent.

use super::error::AgentError;
use super::peer;
use super::place::{Place, at};
use super::wire::{Answer, MAX_ANSWER, Request};
use crate::vault::{HeldIdentity, Opener, UnwrappedKey, WrappedKey};
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, connect, socket_with};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long an agent may take for one step, before it counts as not there.
const PATIENCE: Duration = Duration::from_secs(5);

/// An agent that listens, or at least left a socket.
#[derive(Clone, Debug)]
pub struct Agent {
    socket: PathBuf,
}

impl Agent {
    /// The one at this place. Where others could have put it there, there is none.
    pub fn find(place: &Place) -> Option<Self> {
        let socket = place.socket();
        (place.is_ours() && socket.exists()).then_some(Self { socket })
    }

    /// Asks, and waits for the answer.
    pub fn ask(&self, request: &Request) -> Result<Answer, AgentError> {
        let mut stream = self.connect()?;
        let answer = exchange(&mut stream, request).map_err(|error| match error.kind() {
            // It ended before it answered.
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => AgentError::None,
            _ => at(&self.socket)(error),
        })?;
        match Answer::from_bytes(&answer) {
            Some(Answer::Refused) | None => Err(AgentError::NotUnderstood),
            Some(answer) => Ok(answer),
        }
    }

    /// Has an identity held.
    pub fn add(
        &self,
        held: HeldIdentity,
        lifetime: Option<Duration>,
        name: String,
    ) -> Result<(), AgentError> {
        self.done(&Request::Add { held, lifetime, name })
    }

    /// Asks for something that is only done.
    pub fn done(&self, request: &Request) -> Result<(), AgentError> {
        match self.ask(request)? {
            Answer::Done => Ok(()),
            Answer::Full => Err(AgentError::Full),
            _ => Err(AgentError::NotUnderstood),
        }
    }

    fn connect(&self) -> Result<UnixStream, AgentError> {
        let connected = || -> rustix::io::Result<_> {
            let socket = socket_with(AddressFamily::UNIX, SocketType::STREAM, SocketFlags::CLOEXEC, None)?;
            // Connecting counts as sending: an agent that is stuck holds nobody up for ever.
            set_socket_timeout(&socket, Timeout::Send, Some(PATIENCE))?;
            set_socket_timeout(&socket, Timeout::Recv, Some(PATIENCE))?;
            connect(&socket, &SocketAddrUnix::new(&self.socket)?)?;
            Ok(socket)
        };
        let stream = UnixStream::from(connected().map_err(|error| match error {
            // What a killed agent leaves behind.
            rustix::io::Errno::CONNREFUSED | rustix::io::Errno::NOENT => AgentError::None,
            error => at(&self.socket)(error.into()),
        })?);
        if peer::is_ours(&stream) { Ok(stream) } else { Err(AgentError::Foreign) }
    }
}

fn exchange(stream: &mut UnixStream, request: &Request) -> io::Result<Zeroizing<Vec<u8>>> {
    stream.write_all(&request.to_bytes())?;
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > MAX_ANSWER {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut answer = Zeroizing::new(vec![0; length]);
    stream.read_exact(&mut answer)?;
    Ok(answer)
}

impl Opener for Agent {
    fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey> {
        match self.ask(&Request::Open(wrapped.clone())) {
            Ok(Answer::Key(key)) => Some(key),
            _ => None,
        }
    }
}
