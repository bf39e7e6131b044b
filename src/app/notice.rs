//! The status line: one sentence about what just happened.

use std::time::Duration;

/// How long a notice stays.
pub const STAYS: Duration = Duration::from_secs(10);

/// What kind of sentence it is. Each has a mark of its own, so that it is never only a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// Something to know.
    Plain,
    /// Something to look at.
    Warning,
    /// Something went wrong.
    Error,
}

/// A sentence on the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What kind of sentence it is.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// Whether a code is in it, so that it goes when codes are hidden.
    pub shows_code: bool,
    /// The uptime from which it is gone.
    pub until: Duration,
}
