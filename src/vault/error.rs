//! Why a vault can't be opened, changed or saved.

use super::bad::BadVault;
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
    /// A backup or export would replace the vault itself, its lock file or a generation.
    #[error("{path}: the vault's own")]
    OwnFile {
        /// Which file.
        path: PathBuf,
    },
    /// It is another user's, and saving would make it ours.
    #[error("{path}: user {owner}'s")]
    Foreign {
        /// Which file.
        path: PathBuf,
        /// Whose it is: a user id.
        owner: u32,
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
    /// It was opened through an agent, which has let go of it: what is new on disk can't be opened.
    #[error("{path}: let go by the agent")]
    LetGo {
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
    /// A vault without a passphrase would be left without recipients: nobody could open it.
    #[error("no readers")]
    NoReaders,
    /// None of the identities that were offered would open it any more.
    #[error("locks out")]
    LocksOut,
    /// It is not locked to this recipient.
    #[error("no recipient {recipient}")]
    NoSuchRecipient {
        /// As it was given.
        recipient: String,
    },
    /// No generation has this name.
    #[error("no generation {name}")]
    NoGeneration {
        /// As it was typed.
        name: String,
    },
}
