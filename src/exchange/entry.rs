//! What stands in a foreign file, one by one.

use crate::device::Candidate;
use crate::device::otpauth::{self, UriError};
use crate::otp::{ParameterError, SecretError};
use crate::text::{Text, TooLong};
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
    /// A part of a batch, from 1.
    Part {
        /// Which one.
        number: u32,
        /// How many there are.
        of: u32,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(n) => write!(f, "line {n}"),
            Self::Entry(n) => write!(f, "entry {n}"),
            Self::Code(n) => write!(f, "QR code {n}"),
            Self::Part { number, of } => write!(f, "part {number} of {of}"),
        }
    }
}

/// A part of a batch that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Which batch: a number that its app drew.
    pub batch: i64,
    /// Which part, from 1.
    pub number: u32,
    /// How many parts the batch has.
    pub of: u32,
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

/// How codes come about that keyfob does not compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    /// Mobile-OTP.
    Motp,
    /// Yandex.Key's own.
    Yandex,
    /// TOTP over MD5, which RFC 6238 does not know.
    Md5,
    /// Battle.net's own.
    BattleNet,
    /// Any other.
    Other,
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
    /// Its migration URI is malformed.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// This part of a batch is in none of the files.
    #[error("part missing")]
    PartMissing,
    /// Its codes come about in a way that keyfob does not compute.
    #[error("kind {0:?}")]
    Kind(ForeignKind),
    /// It has no secret.
    #[error("no secret")]
    NoSecret,
    /// Its secret is not written as it should be.
    #[error("secret is not {0}")]
    Encoding(Encoding),
    /// Its secret is no good.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Its secret is still encrypted, with a password that the file does not ask for.
    #[error("secret still encrypted")]
    SecretEncrypted,
    /// gpg did not decrypt its file: no key of its keyring does, or the key was not unlocked.
    #[error("not decrypted by gpg")]
    NotDecrypted,
    /// A number is out of range, or an algorithm unknown.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// Something that has to be a whole number is none, or too large.
    #[error("{0} is not a number")]
    Number(otpauth::Part),
    /// A name that is too long.
    #[error("{part}: {too_long}")]
    Text {
        /// Which one.
        part: otpauth::Part,
        /// How long it is.
        too_long: TooLong,
    },
    /// The row has fewer columns than the table's head.
    #[error("short row")]
    ShortRow,
    /// It is no entry as the format has them.
    #[error("malformed")]
    Malformed,
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

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 4648 section 4.
    Base64,
    /// RFC 4648 section 8.
    Hex,
    /// A list of whole numbers from -128 to 127.
    Bytes,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Base64 => "base64",
            Self::Hex => "hexadecimal",
            Self::Bytes => "a list of bytes",
        })
    }
}

/// Why a migration URI is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MigrationError {
    /// It does not start with `otpauth-migration://offline?`.
    #[error("not offline")]
    NotOffline,
    /// Longer than any that fits a QR code.
    #[error("too long")]
    TooLong,
    /// No parameter `data`, or an empty one.
    #[error("no data")]
    NoData,
    /// The data is not base64.
    #[error("not base64")]
    NotBase64,
    /// The data is no `MigrationPayload`: it ends too early or holds what is none.
    #[error("not a payload")]
    NotAPayload,
}
