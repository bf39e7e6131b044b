//! age encryption and decryption of whole buffers.

use super::bad::BadVault;
use super::wiped::Wiped;
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, Recipient};
use age_core::format::{FileKey, Stanza};
use std::collections::HashSet;
use std::io::{Read, Write};
use std::sync::Mutex;
use zeroize::Zeroizing;

/// How much is looked at in one piece, in bytes.
const PIECE: usize = 16 << 10;

/// Why a buffer did not decrypt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OpenError {
    /// No key fits, or the passphrase is wrong.
    NoKeyFits,
    /// A key fits and the bytes are not those that were encrypted.
    Bad(BadVault),
}

/// Encrypts to all of these. None when the recipients can't be combined, which no caller of ours does.
pub(super) fn encrypt<'a>(
    plain: &[u8],
    recipients: impl Iterator<Item = &'a dyn Recipient>,
) -> Option<Vec<u8>> {
    let encryptor = Encryptor::with_recipients(recipients).ok()?;
    let mut out = Vec::with_capacity(plain.len() + plain.len() / 1024 + 2048);
    let mut writer = encryptor.wrap_output(&mut out).ok()?;
    writer.write_all(plain).ok()?;
    writer.finish().ok()?;
    Some(out)
}

fn opened<'a>(
    file: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
) -> Result<impl Read, OpenError> {
    let decryptor = Decryptor::new_buffered(file).map_err(|_| OpenError::Bad(BadVault::Damaged))?;
    decryptor.decrypt(identities).map_err(|error| match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            OpenError::NoKeyFits
        }
        _ => OpenError::Bad(BadVault::Damaged),
    })
}

/// Whether a file decrypts to this, all of it and nothing more. It is never whole in memory a second time.
pub(super) fn holds<'a>(
    file: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
    plain: &[u8],
) -> bool {
    let Ok(mut reader) = opened(file, identities) else { return false };
    let mut piece = Wiped::from([0; PIECE].as_slice());
    let mut rest = plain;
    loop {
        let read = reader.read(piece.as_mut_slice()).ok().and_then(|read| piece.get(..read));
        let Some(read) = read else { return false };
        if read.is_empty() {
            return rest.is_empty();
        }
        let Some(after) = rest.strip_prefix(read) else { return false };
        rest = after;
    }
}

/// Decrypts a file whose header was scanned.
pub(super) fn decrypt<'a>(
    file: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
) -> Result<Wiped, OpenError> {
    let mut reader = opened(file, identities)?;
    // The plaintext is shorter than the file, so this never grows and leaves no copies behind.
    let mut plain = Wiped::with_capacity(file.len());
    reader.read_to_end(&mut plain).map_err(|_| OpenError::Bad(BadVault::Damaged))?;
    Ok(plain)
}

/// Watches an encryption and keeps the file key, so that our own output can be decrypted and compared
/// even where nobody here has an identity for it. It adds nothing to the file.
#[derive(Default)]
pub(super) struct Witness(Mutex<Option<Zeroizing<[u8; 16]>>>);

impl Recipient for Witness {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        if let Ok(mut seen) = self.0.lock() {
            *seen = Some(Zeroizing::new(*key.expose_secret()));
        }
        Ok((Vec::new(), HashSet::new()))
    }
}

impl Identity for Witness {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let seen = self.0.lock().ok()?;
        let key = seen.as_ref()?;
        Some(Ok(FileKey::init_with_mut(|bytes| bytes.copy_from_slice(key.as_ref()))))
    }
}

/// A stanza that is carried along as it is: keyfob's identity stanza.
pub(super) struct Carried<'a> {
    pub(super) tag: &'a str,
    pub(super) arg: &'a str,
    pub(super) body: &'a [u8],
}

impl Recipient for Carried<'_> {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let stanza = Stanza { tag: self.tag.into(), args: vec![self.arg.into()], body: self.body.into() };
        Ok((vec![stanza], HashSet::new()))
    }
}
