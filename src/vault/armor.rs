//! ASCII armor: people mail backups and identity files as text.

use super::bad::BadVault;
use age::armor::ArmoredReader;
use std::borrow::Cow;
use std::io::Read;

const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// The binary form of a file that may be armored.
pub(super) fn unarmored(file: &[u8]) -> Result<Cow<'_, [u8]>, BadVault> {
    // Around the armor white space is allowed (C2SP age.md), which the age library takes for a part of it.
    let armor = file.trim_ascii();
    if !armor.starts_with(BEGIN) {
        return Ok(Cow::Borrowed(file));
    }
    let mut binary = Vec::with_capacity(file.len());
    let mut reader = ArmoredReader::new(armor);
    reader.read_to_end(&mut binary).map_err(|_| BadVault::Header { line: 0, what: "malformed armor" })?;
    Ok(Cow::Owned(binary))
}
