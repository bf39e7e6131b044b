//! How a vault is locked: with one passphrase, or to age recipients.

use super::identity::Identities;
use super::passphrase::Passphrase;
use super::recipient::Recipient;

/// scrypt's log2 N (age's work factor): 1 to 20. Memory is 2^N KiB: 17 takes 128 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// What new vaults and backups get: 128 MiB, about half a second.
    pub const DEFAULT: Self = Self(17);
    /// The most that is accepted: 1 GiB.
    pub const MAX: Self = Self(20);
    /// Above this a person is asked first.
    pub const ASK_ABOVE: Self = Self(18);

    /// Takes 1 to 20.
    pub fn new(log_n: u64) -> Option<Self> {
        u8::try_from(log_n).ok().filter(|n| (1..=Self::MAX.0).contains(n)).map(Self)
    }

    /// log2 N.
    pub fn get(self) -> u8 {
        self.0
    }

    /// MiB of memory that one run takes, at least 1.
    pub fn mebibytes(self) -> u64 {
        ((1u64 << self.0) / 1024).max(1)
    }
}

/// How a file is locked, as its header says before anything is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockInfo {
    /// A vault with a passphrase; perhaps further recipients can open it too (how many is not visible).
    Passphrase {
        /// The cost of one try.
        work_factor: WorkFactor,
    },
    /// A vault or backup for age recipients only.
    Recipients {
        /// How many stanzas its header has (decoys may be among them).
        stanzas: usize,
    },
    /// A plain passphrase-encrypted age file: a backup.
    Backup {
        /// The cost of one try.
        work_factor: WorkFactor,
    },
}

/// How a new vault shall be locked.
#[derive(Clone, Debug)]
pub enum NewLock {
    /// With a passphrase.
    Passphrase(Passphrase, WorkFactor),
    /// To recipients only: at least one.
    Recipients(Vec<Recipient>),
}

/// What is offered to open a file.
#[derive(Clone, Copy, Debug)]
pub enum Unlock<'a> {
    /// A passphrase.
    Passphrase(&'a Passphrase),
    /// Identities of identity files.
    Identities(&'a Identities),
}
