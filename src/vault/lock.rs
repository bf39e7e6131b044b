//! How a vault is locked: with one passphrase, or to age recipients.

use super::passphrase::Passphrase;
use std::fmt;

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

/// Somebody who can open a vault or backup: an age X25519 recipient, or an ssh-ed25519 or ssh-rsa public key.
#[derive(Clone)]
pub struct Recipient {
    text: String,
    #[allow(dead_code)]
    inner: RecipientKind,
}

#[derive(Clone)]
enum RecipientKind {
    X25519(age::x25519::Recipient),
    Ssh(age::ssh::Recipient),
}

/// Why a text is no recipient.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipientError {
    /// Neither `age1…` nor an ssh public key.
    #[error("not a recipient")]
    Unknown,
    /// A secret key (identity): nobody must paste that here.
    #[error("an identity, not a recipient")]
    IsIdentity,
    /// A kind that this age library can't encrypt to (plugins, post-quantum).
    #[error("an unsupported kind of recipient")]
    Unsupported,
    /// An ssh key of a kind that age does not do.
    #[error("an unsupported kind of ssh key")]
    UnsupportedSsh,
}

impl Recipient {
    /// Reads one recipient.
    pub fn parse(text: &str) -> Result<Self, RecipientError> {
        let _ = text;
        todo!()
    }

    /// Reads a recipients file as age does: one a line, `#` comments, blank lines. Errors name the line, from 1.
    pub fn parse_file(text: &str) -> Result<Vec<Self>, (usize, RecipientError)> {
        let _ = text;
        todo!()
    }

    /// The recipient as age writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Recipient {}

/// What is offered to open a file.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// A passphrase.
    Passphrase(&'a Passphrase),
    /// Identities of identity files.
    Identities(&'a Identities),
}

/// age identities that were read from files and are ready to use. Debug shows nothing.
#[derive(Clone, Default)]
pub struct Identities {
    #[allow(dead_code)]
    x25519: Vec<age::x25519::Identity>,
    #[allow(dead_code)]
    ssh: Vec<age::ssh::Identity>,
}

/// Why an identity file is no use. `name` is the file's name, for the message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// It is encrypted: a passphrase is needed.
    #[error("{name}: passphrase needed")]
    PassphraseNeeded {
        /// Which file.
        name: String,
    },
    /// The passphrase does not open it.
    #[error("{name}: wrong passphrase")]
    WrongPassphrase {
        /// Which file.
        name: String,
    },
    /// There is no identity in it that can be used.
    #[error("{name}: no identity")]
    NoIdentity {
        /// Which file.
        name: String,
        /// The line at fault, from 1, if one is.
        line: Option<usize>,
    },
    /// It is an encrypted file that is malformed or costs too much to open.
    #[error("{name}: {bad}")]
    Bad {
        /// Which file.
        name: String,
        /// What is wrong.
        bad: super::BadVault,
    },
}

impl Identities {
    /// Reads an identity file: age X25519 lines with comments, an OpenSSH or PEM private key, or either of
    /// them passphrase-encrypted. `name` is for the error.
    pub fn read(bytes: &[u8], name: &str, passphrase: Option<&Passphrase>) -> Result<Self, IdentityError> {
        let _ = (bytes, name, passphrase);
        todo!()
    }

    /// Adds those of another file.
    pub fn extend(&mut self, more: Self) {
        self.x25519.extend(more.x25519);
        self.ssh.extend(more.ssh);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.x25519.is_empty() && self.ssh.is_empty()
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identities(..)")
    }
}
