//! The one home of words for people: every error as what went wrong, why, and what to do next.

/// An error, told to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `WHAT WENT WRONG: WHY`, one line, safe to show, without a secret.
    pub message: String,
    /// What to do next, one line.
    pub hint: Option<String>,
    /// How the command line ends.
    pub exit: Exit,
}

/// Exit codes (the contract's table).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The answer is no.
    No = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The vault could not be unlocked.
    Locked = 3,
    /// Bad input.
    BadInput = 4,
    /// The system said no.
    System = 5,
}

/// What has an explanation.
pub trait Explain {
    /// Tells it to a person.
    fn explain(&self) -> Explanation;
}

pub mod notices;
