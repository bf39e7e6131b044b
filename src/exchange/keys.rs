//! What opens an encrypted file.

use super::error::ReadError;
use crate::vault::{Identities, Passphrase};

/// What opens an encrypted file. Empty at first: a reader that needs more says so, and is called again.
#[derive(Clone, Copy, Default)]
pub struct Keys<'a> {
    /// The file's own password.
    pub password: Option<&'a Passphrase>,
    /// What stands in a key file, which `KeePass` takes beside a password or instead of one.
    pub key_file: Option<&'a [u8]>,
    /// age identities.
    pub identities: Option<&'a Identities>,
    /// The file beside it that says how it is encrypted.
    pub companion: Option<&'a [u8]>,
    /// Whether somebody agreed to the memory that it takes.
    pub dear: bool,
}

impl<'a> Keys<'a> {
    /// The password, or that it is needed.
    pub(super) fn password(&self) -> Result<&'a Passphrase, ReadError> {
        self.password.ok_or(ReadError::PasswordNeeded)
    }
}
