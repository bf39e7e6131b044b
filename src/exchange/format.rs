//! What a format is.

use super::entry::Entry;
use crate::device::Device;
use crate::vault::{BadVault, Identities, Passphrase};
use zeroize::Zeroizing;

/// One format of foreign files.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called on the command line and in JSON: lower case.
    pub name: &'static str,
    /// What its files usually end in, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file looks like one of these.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads the entries of a file.
    pub read: fn(&[u8], Keys<'_>) -> Result<Vec<Entry>, ReadError>,
    /// Writes devices in clear text, where that is known how.
    pub write: Option<WriteDevices>,
}

/// Writes devices as a file of a format, in clear text.
pub type WriteDevices = fn(&[&Device]) -> Zeroizing<Vec<u8>>;

/// What opens an encrypted file. Empty at first: a reader that needs one says so, and is called again.
#[derive(Clone, Copy, Default)]
pub struct Keys<'a> {
    /// The file's own password.
    pub password: Option<&'a Passphrase>,
    /// age identities.
    pub identities: Option<&'a Identities>,
}

/// Why a whole file is no use. No variant holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is encrypted, and its password was not given.
    #[error("password needed")]
    PasswordNeeded,
    /// The password does not open it.
    #[error("wrong password")]
    WrongPassword,
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
    /// It is no text, or not in UTF-8.
    #[error("not utf-8")]
    NotText,
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
    /// It is larger than [`super::MAX_BYTES`].
    #[error("too large")]
    TooLarge,
    /// It has more entries than [`super::MAX_ENTRIES`].
    #[error("too many entries")]
    TooManyEntries,
}
