//! What a format is.

use super::entry::{Entry, Part};
use super::error::ReadError;
use super::keys::Keys;
use super::tools::File;
use crate::device::Device;
use crate::vault::Passphrase;
use zeroize::Zeroizing;

/// One format of foreign files.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called on the command line and in JSON: lower case.
    pub name: &'static str,
    /// What its files usually end in, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether a file looks like one of these.
    pub sniff: fn(&File<'_>) -> bool,
    /// Reads the entries of a file.
    pub read: fn(&File<'_>, Keys<'_>) -> Result<Contents, ReadError>,
    /// Writes devices, where that is known how.
    pub write: Option<Writer>,
}

/// How a format is written.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// Whether the format can say all that this device's codes come from.
    pub fits: fn(&Device) -> bool,
    /// Writes devices in clear text.
    pub clear: WriteDevices,
    /// Writes devices encrypted with a password of the file's own, where the format has that.
    pub sealed: Option<SealDevices>,
}

/// Writes devices as a file of a format, in clear text.
pub type WriteDevices = fn(&[&Device]) -> Zeroizing<Vec<u8>>;

/// Writes devices as a file of a format, encrypted.
pub type SealDevices = fn(&[&Device], &Passphrase) -> Result<Zeroizing<Vec<u8>>, SealError>;

/// Why nothing could be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The system has no random numbers.
    #[error("no random numbers")]
    NoRandom,
    /// A cipher or a key derivation refused its input.
    #[error("not sealed")]
    NotSealed,
}

/// What stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Its entries, in their order.
    pub entries: Vec<Entry>,
    /// Which parts of batches it holds: Google Authenticator spreads many accounts over several codes.
    pub parts: Vec<Part>,
}

impl From<Vec<Entry>> for Contents {
    fn from(entries: Vec<Entry>) -> Self {
        Self { entries, parts: Vec::new() }
    }
}
