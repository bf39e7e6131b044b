//! How a database's key comes from its password and its key file.

use super::super::super::error::ReadError;
use super::super::super::keys::Keys;
use super::super::super::tools::bytes::Bytes;
use super::super::super::tools::kdf::{Argon, Key, aes_kdf};
use super::key_file;
use argon2::{Algorithm, Version};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const AES_KDF: &[u8] =
    &[0xc9, 0xd9, 0xf3, 0x9a, 0x62, 0x8a, 0x44, 0x60, 0xbf, 0x74, 0x0d, 0x08, 0xc1, 0x8a, 0x4f, 0xea];
/// The same, as `KeePassXC` calls it in version 4.
const AES_KDF_XC: &[u8] =
    &[0x7c, 0x02, 0xbb, 0x82, 0x79, 0xa7, 0x4a, 0xc0, 0x92, 0x7d, 0x11, 0x4a, 0x00, 0x64, 0x82, 0x38];
const ARGON2D: &[u8] =
    &[0xef, 0x63, 0x6d, 0xdf, 0x8c, 0x29, 0x44, 0x4b, 0x91, 0xf7, 0xa9, 0xa4, 0x03, 0xe3, 0x0a, 0x0c];
const ARGON2ID: &[u8] =
    &[0x9e, 0x29, 0x8b, 0x19, 0x56, 0xdb, 0x47, 0x73, 0xb2, 0x3d, 0xfc, 0x3e, 0xc6, 0xf0, 0xa1, 0xe6];

/// How the key is derived.
pub enum Kdf<'a> {
    /// A list of named values (version 4).
    Named(Vec<(&'a [u8], &'a [u8])>),
    /// AES over and over (version 3): a seed, and how often.
    Old(&'a [u8], u64),
}

impl Default for Kdf<'_> {
    fn default() -> Self {
        Self::Named(Vec::new())
    }
}

impl<'a> Kdf<'a> {
    /// As version 3 says it.
    pub fn old(seed: &'a [u8], rounds: u64) -> Self {
        Self::Old(seed, rounds)
    }

    /// As version 4 says it.
    pub fn read(value: &'a [u8]) -> Result<Self, ReadError> {
        let mut bytes = Bytes::new(value);
        let mut pairs = Vec::new();
        // The version of the list.
        bytes.take(2)?;
        while bytes.array::<1>()? != [0] {
            let mut next = || {
                let length = u32::from_le_bytes(bytes.array()?);
                bytes.take(usize::try_from(length).map_err(|_| ReadError::Damaged)?)
            };
            pairs.push((next()?, next()?));
        }
        Ok(Self::Named(pairs))
    }

    fn get(&self, name: &[u8]) -> &'a [u8] {
        let Self::Named(pairs) = self else { return &[] };
        pairs.iter().find(|(key, _)| *key == name).map_or(&[], |(_, value)| value)
    }

    /// A number of four or eight bytes.
    fn number(&self, name: &[u8]) -> Result<u64, ReadError> {
        let value = self.get(name);
        let four = value.try_into().map(|bytes| u64::from(u32::from_le_bytes(bytes)));
        four.or_else(|_| value.try_into().map(u64::from_le_bytes)).map_err(|_| ReadError::Damaged)
    }

    /// The key. What it costs is looked at before anybody is asked for a password.
    pub fn key(&self, keys: Keys<'_>) -> Result<Key, ReadError> {
        if let Self::Old(seed, rounds) = self {
            return aes_kdf(*rounds, seed, || composite(keys));
        }
        let algorithm = match self.get(b"$UUID") {
            AES_KDF | AES_KDF_XC => {
                return aes_kdf(self.number(b"R")?, self.get(b"S"), || composite(keys));
            }
            ARGON2D => Algorithm::Argon2d,
            ARGON2ID => Algorithm::Argon2id,
            _ => return Err(ReadError::Unsupported("this key derivation")),
        };
        let version = if self.number(b"V")? == 0x10 { Version::V0x10 } else { Version::V0x13 };
        let (passes, lanes, kibibytes) = (self.number(b"I")?, self.number(b"P")?, self.number(b"M")? / 1024);
        let argon = Argon { algorithm, version, kibibytes, passes, lanes };
        argon.check(keys)?;
        argon.key_from(keys, composite(keys)?.as_slice(), self.get(b"S"))
    }
}

/// Of a password, a key file, or both. (A hardware key would be one more part.)
fn composite(keys: Keys<'_>) -> Result<Key, ReadError> {
    if keys.password.is_none() && keys.key_file.is_none() {
        return Err(ReadError::PasswordNeeded);
    }
    let mut parts = Sha256::new();
    if let Some(password) = keys.password {
        password.expose(|password| parts.update(Sha256::digest(password.as_bytes())));
    }
    if let Some(file) = keys.key_file {
        parts.update(key_file::key(file)?.as_slice());
    }
    Ok(Zeroizing::new(parts.finalize().into()))
}
