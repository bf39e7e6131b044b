//! A key for what is kept a short while outside the vault, as an ordinary age file.

use super::seal;
use age::secrecy::ExposeSecret as _;
use std::fmt;
use zeroize::Zeroizing;

/// An X25519 identity of its own: neither the vault nor its backups open with it. Never shown by `Debug`.
pub struct CacheKey(age::x25519::Identity);

impl CacheKey {
    /// A new one.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Reads an identity file as age has it; none for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        text.lines().find_map(|line| line.parse().ok()).map(Self)
    }

    /// An identity file as age reads it.
    pub fn to_text(&self) -> Zeroizing<String> {
        let secret = self.0.to_string();
        Zeroizing::new(format!("{}\n", secret.expose_secret()))
    }

    /// An age file with this in it. It fails on no system that age runs on.
    pub fn seal(&self, plain: &[u8]) -> Option<Vec<u8>> {
        seal::encrypt(plain, std::iter::once(&self.0.to_public() as &dyn age::Recipient))
    }

    /// What is in an age file; none for what another key sealed, and for what is damaged.
    pub fn open(&self, file: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let plain = seal::decrypt(file, std::iter::once(&self.0 as &dyn age::Identity)).ok()?;
        Some(Zeroizing::new(plain.to_vec()))
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CacheKey(..)")
    }
}
