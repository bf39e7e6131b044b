//! The shared secret K of RFC 4226.

use super::base32::Base32Error;
use std::fmt;
use zeroize::Zeroizing;

/// The longest secret that is taken, in bytes.
pub const MAX_BYTES: usize = 1024;
/// RFC 4226 section 4, R6: a secret shall have at least 128 bits. Shorter ones are common, and taken.
pub const RECOMMENDED_BYTES: usize = 16;

/// The shared secret K of RFC 4226: 1 to 1,024 bytes, wiped when dropped, never shown by `Debug`.
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<[u8]>>);

/// Why bytes are no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No bytes at all.
    #[error("empty")]
    Empty,
    /// More than 1,024 bytes.
    #[error("too long")]
    TooLong,
    /// The base32 text is wrong.
    #[error(transparent)]
    Base32(#[from] Base32Error),
}

impl Secret {
    /// Takes 1 to 1,024 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SecretError> {
        match bytes.len() {
            0 => Err(SecretError::Empty),
            n if n > MAX_BYTES => Err(SecretError::TooLong),
            _ => Ok(Self(Zeroizing::new(bytes.into()))),
        }
    }

    /// Reads base32 (RFC 4648 section 6) as people paste it: spaces, dashes, case and padding do not matter.
    pub fn from_base32(text: &str) -> Result<Self, SecretError> {
        let bytes = super::base32::decode(text)?;
        Self::from_bytes(&bytes)
    }

    /// As [`Secret::from_base32`], but what belongs to no byte at the end is dropped: bits left over, and a
    /// last character that can't be part of a byte. Only for foreign files: other apps took such
    /// secrets and made codes of them, so that refusing one here would lose a device that works.
    pub fn from_base32_lenient(text: &str) -> Result<Self, SecretError> {
        let bytes = super::base32::decode_lenient(text)?;
        Self::from_bytes(&bytes)
    }

    /// The secret in base32: upper case, without padding.
    pub fn to_base32(&self) -> Zeroizing<String> {
        super::base32::encode(&self.0)
    }

    /// Lends the bytes. A search for `expose` finds every place that sees them.
    pub fn expose<T>(&self, use_bytes: impl FnOnce(&[u8]) -> T) -> T {
        use_bytes(&self.0)
    }

    /// Whether it is shorter than RFC 4226 section 4 (R6) asks for.
    pub fn is_short(&self) -> bool {
        self.0.len() < RECOMMENDED_BYTES
    }
}

impl PartialEq for Secret {
    /// In time that depends on the lengths alone.
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(other.0.iter()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
