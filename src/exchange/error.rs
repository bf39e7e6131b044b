//! Why a whole file is no use.

use crate::vault::BadVault;
use std::fmt;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON (RFC 8259), without a key twice in one object.
    Json,
    /// XML 1.0, without a document type and its entities.
    Xml,
    /// CSV (RFC 4180).
    Csv,
    /// A zip archive.
    Zip,
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::Csv => "CSV",
            Self::Zip => "zip",
        })
    }
}

/// Why a whole file is no use. No variant holds a secret, or text of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is encrypted, and its password was not given.
    #[error("password needed")]
    PasswordNeeded,
    /// The password does not open it (or what it opens is damaged: few formats can tell).
    #[error("wrong password")]
    WrongPassword,
    /// It is encrypted with a password, a key file or both, and what was given is not all of it.
    #[error("password or key file needed")]
    KeyNeeded {
        /// Whether a key file was given: it alone does not open it.
        with_file: bool,
    },
    /// The password does not open it: it is another one, or there has to be a (or another) key file.
    #[error("wrong password or key file")]
    WrongKey {
        /// Whether a key file was given.
        with_file: bool,
    },
    /// The key file is no good.
    #[error("bad key file")]
    BadKeyFile,
    /// To derive its key takes this much memory: somebody has to agree first ([`super::Keys::dear`]).
    #[error("{mebibytes} MiB to open it")]
    Dear {
        /// How much.
        mebibytes: u64,
    },
    /// To derive its key would take more memory or time than keyfob ever spends on it.
    #[error("too dear")]
    TooDear,
    /// How it is encrypted stands in a file of this name beside it.
    #[error("{name} needed")]
    CompanionNeeded {
        /// That file's name.
        name: &'static str,
    },
    /// gpg did not decrypt it: no key of its keyring does, or the key was not unlocked.
    #[error("not decrypted by gpg")]
    NotDecrypted,
    /// It is encrypted to age recipients, and no identity was given.
    #[error("identity needed")]
    IdentityNeeded,
    /// None of the identities opens it.
    #[error("no identity fits")]
    NoIdentityFits,
    /// It is a backup of ours, but no good one.
    #[error(transparent)]
    Backup(#[from] BadVault),
    /// No format of the table knows it.
    #[error("unknown format")]
    UnknownFormat,
    /// It is a web page.
    #[error("a web page")]
    WebPage,
    /// It is not of the format that it was read as.
    #[error("not of this format")]
    NotThis,
    /// It is no text, or not in UTF-8.
    #[error("not utf-8")]
    NotText,
    /// It does not keep to the rules of how it is written.
    #[error("{syntax} broken at line {line}, column {column}")]
    Broken {
        /// The rules.
        syntax: Syntax,
        /// The line, from 1.
        line: usize,
        /// The character of that line, from 1 (0: not known).
        column: usize,
    },
    /// A part without which there is no reading it is not there, or is no good.
    #[error("{0} is not there or no good")]
    Lacks(&'static str),
    /// It is damaged: it ends too early, or is not what it was when it was written.
    #[error("damaged")]
    Damaged,
    /// It is of a kind that keyfob does not read.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// It is empty.
    #[error("empty")]
    Empty,
    /// The QR codes of a picture hold web addresses alone.
    #[error("a web address")]
    WebAddress,
    /// The QR codes of a picture hold no device.
    #[error("another code")]
    OtherCode,
    /// It holds not one entry.
    #[error("no entry")]
    NoEntry,
    /// It is larger than [`super::MAX_BYTES`], or what it unpacks to is larger than [`super::MAX_UNPACKED`].
    #[error("too large")]
    TooLarge,
    /// It has more entries than [`super::MAX_ENTRIES`].
    #[error("too many entries")]
    TooManyEntries,
}
