//! What can be wrong with a file that should be a vault or a backup.

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
