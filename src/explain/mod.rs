//! The one home of words for people: every error as what went wrong, why, and what to do next.
//!
//! Errors of the floors below know no English. Those that know what they are about (a path, say) are
//! [`Explain`]; those that only know why are [`Reason`], and the caller says what they are about.

pub mod agent;
#[cfg(feature = "aws")]
pub mod aws;
mod command;
mod devices;
pub mod doctor;
mod files;
pub mod notices;
mod pictures;
pub mod report;
mod settings;
pub mod terminal;
mod uris;
mod vaults;
pub mod verdict;

pub use command::{FileProblem, Misuse, Trouble, readable_formats, writable_formats};
pub use devices::{Unpicked, field_in_words};
pub use settings::{BadSetting, BadSettings};

use crate::text::safe;
use std::fmt;

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

impl Explanation {
    /// Tells what went wrong, and how the command line ends.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, exit }
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// What has an explanation.
pub trait Explain {
    /// Tells it to a person.
    fn explain(&self) -> Explanation;
}

/// An error that knows why, but not about what.
pub trait Reason {
    /// What it is about, where nobody knows better.
    const SUBJECT: &'static str;

    /// Why, in part of a sentence: it stands after a colon or beside a field.
    fn reason(&self) -> String;

    /// What to do next.
    fn hint(&self) -> Option<String> {
        None
    }

    /// How the command line ends.
    fn exit(&self) -> Exit {
        Exit::BadInput
    }

    /// Tells it to a person, about this (a file, a line, an argument), which is made safe to show.
    fn about(&self, subject: impl fmt::Display) -> Explanation {
        let message = format!("{}: {}", safe(&subject.to_string()), self.reason());
        Explanation { message, hint: self.hint(), exit: self.exit() }
    }
}

impl<T: Reason> Explain for T {
    fn explain(&self) -> Explanation {
        self.about(Self::SUBJECT)
    }
}

impl Explain for Explanation {
    fn explain(&self) -> Explanation {
        self.clone()
    }
}

/// `1 device`, `2 devices`.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
