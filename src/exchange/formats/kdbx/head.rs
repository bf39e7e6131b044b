//! The heads of a database: what they say of how the rest is sealed.

use super::super::super::error::ReadError;
use super::super::super::tools::bytes::Bytes;
use super::super::super::tools::cipher::{Stream, aes_cbc, chacha20, twofish_cbc};
use super::super::super::tools::kdf::Key;
use super::kdf::Kdf;
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

const AES: &[u8] =
    &[0x31, 0xc1, 0xf2, 0xe6, 0xbf, 0x71, 0x43, 0x50, 0xbe, 0x58, 0x05, 0x21, 0x6a, 0xfc, 0x5a, 0xff];
const CHACHA20: &[u8] =
    &[0xd6, 0x03, 0x8a, 0x2b, 0x8b, 0x6f, 0x4c, 0xb5, 0xa5, 0x24, 0x33, 0x9a, 0x31, 0xdb, 0xb5, 0x9a];
const TWOFISH: &[u8] =
    &[0xad, 0x68, 0xf2, 0x9f, 0x57, 0x6f, 0x4b, 0xb9, 0xa3, 0x6a, 0xd4, 0x7a, 0xf9, 0x65, 0x34, 0x6c];
/// The nonce that `KeePass` always takes with Salsa20.
const SALSA20_NONCE: &[u8] = &[0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a];

/// What the head says of how the rest is sealed.
#[derive(Default)]
pub struct Head<'a> {
    /// Whether it is version 3.
    pub is_old: bool,
    pub is_packed: bool,
    pub seed: &'a [u8],
    pub kdf: Kdf<'a>,
    /// What the text starts with, in version 3.
    pub start: &'a [u8],
    /// The fields' own stream, in version 3.
    pub inner: Inner<'a>,
    cipher: &'a [u8],
    nonce: &'a [u8],
}

impl<'a> Head<'a> {
    /// Reads it, the mark being passed over already.
    pub fn read(bytes: &mut Bytes<'a>) -> Result<Self, ReadError> {
        let [_, _, major @ ..] = bytes.array::<4>()?;
        let is_old = match u16::from_le_bytes(major) {
            3 => true,
            4 => false,
            _ => return Err(ReadError::Unsupported("KDBX of another version than 3 and 4")),
        };
        let mut head = Self { is_old, ..Self::default() };
        let (mut old_seed, mut old_rounds) = (None, None);
        loop {
            let (kind, value) = field(bytes, is_old)?;
            match kind {
                0 => break,
                2 => head.cipher = value,
                3 => head.is_packed = value.first() == Some(&1),
                4 => head.seed = value,
                5 => old_seed = Some(value),
                6 => old_rounds = value.try_into().ok().map(u64::from_le_bytes),
                7 => head.nonce = value,
                8 => head.inner.key = value,
                9 => head.start = value,
                10 => head.inner.kind = value,
                11 => head.kdf = Kdf::read(value)?,
                _ => {}
            }
        }
        if let (true, Some(seed), Some(rounds)) = (is_old, old_seed, old_rounds) {
            head.kdf = Kdf::old(seed, rounds);
        }
        Ok(head)
    }

    /// Opens what is sealed under the derived key. A wrong key shows in the padding, and not always.
    pub fn open(
        &self,
        derived: &Key,
        mut sealed: Zeroizing<Vec<u8>>,
    ) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        let key = Sha256::new().chain_update(self.seed).chain_update(derived.as_slice()).finalize();
        let key = Zeroizing::new(<[u8; 32]>::from(key));
        match self.cipher {
            AES => aes_cbc(key.as_slice(), self.nonce, &sealed),
            TWOFISH => twofish_cbc(key.as_slice(), self.nonce, &sealed),
            CHACHA20 => chacha20(key.as_slice(), self.nonce, &mut sealed).map(|()| sealed),
            _ => Err(ReadError::Unsupported("this cipher")),
        }
    }
}

/// The stream that fields are sealed with once more.
#[derive(Default)]
pub struct Inner<'a> {
    kind: &'a [u8],
    key: &'a [u8],
}

impl<'a> Inner<'a> {
    /// From the second head of version 4. Attachments are passed over.
    pub fn read(bytes: &mut Bytes<'a>) -> Result<Self, ReadError> {
        let mut inner = Self::default();
        loop {
            match field(bytes, false)? {
                (0, _) => return Ok(inner),
                (1, value) => inner.kind = value,
                (2, value) => inner.key = value,
                _ => {}
            }
        }
    }

    /// The stream itself, from its beginning.
    pub fn stream(&self) -> Result<Stream, ReadError> {
        match self.kind {
            [] | [0, 0, 0, 0] => Ok(Stream::none()),
            [2, 0, 0, 0] => Stream::salsa20(Sha256::digest(self.key).as_slice(), SALSA20_NONCE),
            [3, 0, 0, 0] => {
                let hash = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(self.key)));
                let (key, rest) = hash.split_at_checked(32).ok_or(ReadError::Damaged)?;
                Stream::chacha20(key, rest.get(..12).ok_or(ReadError::Damaged)?)
            }
            _ => Err(ReadError::Unsupported("this inner stream")),
        }
    }
}

/// A field's number and its value, whose length takes two bytes in version 3 and four later.
fn field<'a>(bytes: &mut Bytes<'a>, is_old: bool) -> Result<(u8, &'a [u8]), ReadError> {
    let [kind] = bytes.array()?;
    let length =
        if is_old { u16::from_le_bytes(bytes.array()?).into() } else { u32::from_le_bytes(bytes.array()?) };
    let length = usize::try_from(length).map_err(|_| ReadError::Damaged)?;
    Ok((kind, bytes.take(length)?))
}
