//! What stands in a foreign file, one by one.

use crate::device::Candidate;
use crate::device::otpauth::UriError;
use crate::text::Text;
use crate::vault::ChangeError;
use std::fmt;

/// Where in a file an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of a text file, from 1.
    Line(usize),
    /// An entry of a structured file, from 1.
    Entry(usize),
    /// A QR code of a picture, from 1 in the order in which they were found.
    Code(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(n) => write!(f, "line {n}"),
            Self::Entry(n) => write!(f, "entry {n}"),
            Self::Code(n) => write!(f, "QR code {n}"),
        }
    }
}

/// What an entry that is no use calls itself, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Who asks for its codes.
    pub issuer: Text,
    /// Whom they are for.
    pub account: Text,
}

/// One entry of a foreign file: a device to be, or why it is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub found: Result<Candidate, (Names, Refusal)>,
}

/// Why an entry is not taken. No variant holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Its URI is malformed.
    #[error(transparent)]
    Uri(#[from] UriError),
    /// The line holds no URI.
    #[error("no otpauth uri")]
    NotAUri,
    /// Another device has its secret, but makes other codes from it.
    #[error("the secret belongs to {label}")]
    SecretTaken {
        /// That device, safe to show.
        label: String,
    },
    /// The vault can't take it.
    #[error(transparent)]
    Change(#[from] ChangeError),
}
