//! Why the full screen can't be had, or went away.

use crate::explain::{Explain, Explanation, terminal as words};
use std::io;

/// Why the full screen can't be had, or went away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TerminalError {
    /// Standard input or standard output is no terminal.
    #[error("not a terminal")]
    NotATerminal,
    /// `TERM=dumb`: no cursor that could be moved.
    #[error("TERM=dumb")]
    Dumb,
    /// The terminal can't be used.
    #[error("terminal: {0}")]
    Io(#[from] io::Error),
    /// The thread that does the slow work is gone: a fault of ours.
    #[error("the worker is gone")]
    WorkerGone,
}

impl From<rustix::io::Errno> for TerminalError {
    fn from(errno: rustix::io::Errno) -> Self {
        Self::Io(errno.into())
    }
}

impl Explain for TerminalError {
    fn explain(&self) -> Explanation {
        match self {
            Self::NotATerminal => words::not_a_terminal(),
            Self::Dumb => words::dumb(),
            Self::Io(error) => words::unusable(error),
            Self::WorkerGone => words::worker_gone(),
        }
    }
}
