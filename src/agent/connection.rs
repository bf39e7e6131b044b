//! Somebody who asks: read as it comes, answered once, and never waited for.

use super::wire::{MAX_REQUEST, message};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long somebody may take from the connection to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Somebody who asks.
pub(super) struct Connection {
    stream: UnixStream,
    /// Room for the longest question.
    input: Zeroizing<Vec<u8>>,
    read: usize,
    output: Zeroizing<Vec<u8>>,
    written: usize,
    until: Duration,
}

/// What is to be done with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Go on when there is more to read, or room to write.
    Wait,
    /// All is said, or nothing more will be.
    Over,
}

impl Connection {
    /// The stream must not block.
    pub(super) fn new(stream: UnixStream, uptime: Duration) -> Self {
        let input = Zeroizing::new(vec![0; MAX_REQUEST + 4]);
        let output = Zeroizing::default();
        Self { stream, input, read: 0, output, written: 0, until: uptime + PATIENCE }
    }

    /// The uptime from which nobody waits for it.
    pub(super) fn until(&self) -> Duration {
        self.until
    }

    /// Whether the answer is on its way.
    pub(super) fn is_answered(&self) -> bool {
        !self.output.is_empty()
    }

    /// Reads what is there, has a whole question answered, and writes what there is room for. `answer` gets none for a
    /// question that is too long.
    pub(super) fn on_ready(&mut self, answer: impl FnOnce(Option<&[u8]>) -> Zeroizing<Vec<u8>>) -> Next {
        match self.go_on(answer) {
            Ok(next) => next,
            Err(error) if is_for_later(&error) => Next::Wait,
            Err(_) => Next::Over,
        }
    }

    fn go_on(&mut self, answer: impl FnOnce(Option<&[u8]>) -> Zeroizing<Vec<u8>>) -> io::Result<Next> {
        while !self.is_answered() {
            let question = message(self.input.get(..self.read).unwrap_or_default(), MAX_REQUEST);
            self.output = match question {
                Ok(Some(question)) => answer(Some(question)),
                Err(_) => answer(None),
                Ok(None) => {
                    match self.stream.read(self.input.get_mut(self.read..).unwrap_or_default())? {
                        0 => return Ok(Next::Over),
                        read => self.read += read,
                    }
                    continue;
                }
            };
            break;
        }
        while let Some(rest) = self.output.get(self.written..).filter(|rest| !rest.is_empty()) {
            self.written += self.stream.write(rest)?;
        }
        Ok(Next::Over)
    }
}

fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

impl AsFd for Connection {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}
