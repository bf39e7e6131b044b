//! Why a vault can't be opened, changed or saved.

use super::identity::IdentityError;
use std::io;
use std::path::PathBuf;

/// Which step of reading or saving failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading the file.
    Read,
    /// Making a folder.
    MakeFolder,
    /// Waiting for the lock file.
    Lock,
    /// Making the new file.
    Create,
    /// Writing the new file.
    Write,
    /// Making the new file durable.
    Sync,
    /// Keeping the old file as a generation.
    Keep,
    /// Putting the new file in the old one's place.
    Replace,
    /// Making the folder durable: the change is written, but not confirmed.
    SyncFolder,
}

/// What is wrong with bytes that should be a vault or a backup. No variant holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadVault {
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// A folder, a pipe, a device: nothing that can be read whole and replaced.
    #[error("not a regular file")]
    NotAFile,
    /// Not an age file at all.
    #[error("not an age file")]
    NotAge,
    /// More bytes than a vault may have.
    #[error("{bytes} bytes")]
    TooLarge {
        /// How many may be.
        limit: u64,
        /// How many there are, as far as known.
        bytes: u64,
    },
    /// The age header is malformed, in this line (from 1).
    #[error("header line {line}: {what}")]
    Header {
        /// Which line.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The header is longer, or has more stanzas, than any vault's.
    #[error("header too large")]
    HeaderTooLarge,
    /// scrypt with a work factor over the limit: opening it would take gigabytes.
    #[error("scrypt work factor {factor}")]
    WorkFactor {
        /// log2 N as the header asks for.
        factor: u8,
    },
    /// A passphrase-locked age file without keyfob's identity stanza: a backup, say, not a vault.
    #[error("a backup, not a vault")]
    IsBackup,
    /// A vault where a backup was wanted.
    #[error("a vault, not a backup")]
    IsVault,
    /// Decryption failed though the key fits: bytes were changed or are missing.
    #[error("damaged")]
    Damaged,
    /// The MAC does not match: written by somebody who does not know the MAC key.
    #[error("forged")]
    Forged,
    /// The header's identity stanza and the contents are of different vintages.
    #[error("mixed")]
    Mixed,
    /// Written by a newer keyfob.
    #[error("version {version}")]
    Newer {
        /// The format version it says.
        version: u64,
    },
    /// The decrypted contents are not as the format says.
    #[error("contents: {0}")]
    Contents(String),
}

/// Why a vault can't be opened, changed or saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no vault there.
    #[error("{path}: missing")]
    Missing {
        /// What was looked for.
        path: PathBuf,
    },
    /// There is one already.
    #[error("{path}: exists")]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// Another process holds the lock.
    #[error("{path}: busy")]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// Whose it is, if known.
        holder: Option<u32>,
    },
    /// The system said no.
    #[error("{path}: {step:?}: {error}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// At which step.
        step: Step,
        /// What it said.
        error: io::Error,
    },
    /// The file is not what it should be.
    #[error("{path}: {bad}")]
    Bad {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        bad: BadVault,
    },
    /// The passphrase does not open it.
    #[error("{path}: wrong passphrase")]
    WrongPassphrase {
        /// Which file.
        path: PathBuf,
    },
    /// None of the identities opens it.
    #[error("{path}: no identity fits")]
    NoIdentityFits {
        /// Which file.
        path: PathBuf,
    },
    /// It is locked with a passphrase, and identities were offered, or the other way round.
    #[error("{path}: locked otherwise")]
    OtherLock {
        /// Which file.
        path: PathBuf,
        /// Whether a passphrase opens it.
        wants_passphrase: bool,
    },
    /// While it was open, somebody changed how it is locked: what we hold no longer opens it.
    #[error("{path}: locked anew meanwhile")]
    Relocked {
        /// Which file.
        path: PathBuf,
    },
    /// Another vault stands there now.
    #[error("{path}: another vault")]
    AnotherVault {
        /// Which file.
        path: PathBuf,
    },
    /// What we encrypted does not decrypt to the same: nothing was written.
    #[error("{path}: read-back differs")]
    ReadBack {
        /// Which file.
        path: PathBuf,
    },
    /// An identity file is no use.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// No generation has this name.
    #[error("no generation {name}")]
    NoGeneration {
        /// As it was typed.
        name: String,
    },
}
