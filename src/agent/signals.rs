//! The signals that concern the agent, as something that its loop can wait for.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::{flag, low_level};
use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Caught from now on.
#[derive(Debug)]
pub(super) struct Signals {
    wake: UnixStream,
    lock: Arc<AtomicBool>,
    end: Arc<AtomicBool>,
}

impl Signals {
    pub(super) fn catch() -> io::Result<Self> {
        let (wake, write) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let (lock, end) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            let came = if signal == SIGHUP { &lock } else { &end };
            flag::register(signal, Arc::clone(came))?;
            low_level::pipe::register(signal, write.try_clone()?)?;
        }
        Ok(Self { wake, lock, end })
    }

    /// Whether SIGHUP came since the last look, which locks the agent.
    pub(super) fn take_lock(&mut self) -> bool {
        let mut bytes = [0; 64];
        while self.wake.read(&mut bytes).is_ok_and(|read| read > 0) {}
        self.lock.swap(false, Ordering::Relaxed)
    }

    /// Whether one came that ends it.
    pub(super) fn end(&self) -> bool {
        self.end.load(Ordering::Relaxed)
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}
