//! The terminal itself.

use super::error::TerminalError;
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::{isatty, tcgetwinsize, ttyname};
use std::io;
use std::time::Duration;

/// What is drawn at most, whatever the terminal says of its size: 65535 x 65535 cells would fill the memory.
const MOST: Size = Size { width: 1000, height: 500 };
/// What is drawn where the terminal does not know its size.
const USUAL: Size = Size { width: 80, height: 24 };

/// The terminal, opened anew for ourselves: reading and writing do not wait, which could not be had on
/// standard input and output without the shell getting them back that way.
#[derive(Debug)]
pub(super) struct Tty(OwnedFd);

impl Tty {
    /// The terminal of standard output; standard input has to be one too.
    pub(super) fn open() -> Result<Self, TerminalError> {
        let output = rustix::stdio::stdout();
        if !isatty(rustix::stdio::stdin()) || !isatty(output) {
            return Err(TerminalError::NotATerminal);
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        // After `su` the device belongs to somebody else, but the name of one's own terminal always opens.
        let named = ttyname(output, Vec::new()).and_then(|name| open(name, flags, Mode::empty()));
        Ok(Self(named.or_else(|_| open("/dev/tty", flags, Mode::empty()))?))
    }

    /// A second handle on the same.
    pub(super) fn duplicate(&self) -> Result<Self, TerminalError> {
        Ok(Self(rustix::io::fcntl_dupfd_cloexec(&self.0, 3)?))
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> Size {
        match tcgetwinsize(&self.0) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
                Size::new(size.ws_col.min(MOST.width), size.ws_row.min(MOST.height))
            }
            _ => USUAL,
        }
    }

    /// Reads what is there. [`io::ErrorKind::WouldBlock`] when nothing is, 0 when the terminal is gone.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::retry_on_intr(|| rustix::io::read(&self.0, &mut *buffer))?)
    }

    /// Writes as much as the terminal takes now, in one call; how much that was.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        match rustix::io::retry_on_intr(|| rustix::io::write(&self.0, bytes)) {
            Err(Errno::AGAIN) => Ok(0),
            written => Ok(written?),
        }
    }

    /// Writes all of it, unless the terminal takes nothing for `patience`.
    pub(super) fn write_all(&self, mut bytes: &[u8], patience: Duration) -> io::Result<()> {
        let patience = Timespec::try_from(patience).unwrap_or_default();
        while !bytes.is_empty() {
            let written = self.write(bytes)?;
            bytes = bytes.get(written..).unwrap_or_default();
            if written == 0 {
                let mut room = [PollFd::new(&self.0, PollFlags::OUT)];
                match poll(&mut room, Some(&patience)) {
                    Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(errno) => return Err(errno.into()),
                }
            }
        }
        Ok(())
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
