//! `kdbx`: databases of KeePass and KeePassXC, version 4, opened with a password.
//!
//! Written here and not taken from a crate, because a file says itself what opening it shall cost: its key derivation
//! has to be bounded before it is run, and what it unpacks to while it is unpacked.
//! Source: <https://keepass.info/help/kb/kdbx.html>.

use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::{Bytes, base64};
use super::super::tools::cipher::{Stream, aes_cbc, chacha20, same};
use super::super::tools::kdf::{Argon, Key, aes_kdf};
use super::super::tools::xml::Element;
use super::super::tools::zip::gunzip;
use super::keepass;
use argon2::{Algorithm, Version};
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "kdbx", extensions: &["kdbx"], sniff, read, write: None };

const MAGIC: &[u8] = &[0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];
const AES: &[u8] =
    &[0x31, 0xc1, 0xf2, 0xe6, 0xbf, 0x71, 0x43, 0x50, 0xbe, 0x58, 0x05, 0x21, 0x6a, 0xfc, 0x5a, 0xff];
const CHACHA20: &[u8] =
    &[0xd6, 0x03, 0x8a, 0x2b, 0x8b, 0x6f, 0x4c, 0xb5, 0xa5, 0x24, 0x33, 0x9a, 0x31, 0xdb, 0xb5, 0x9a];
const AES_KDF: &[u8] =
    &[0xc9, 0xd9, 0xf3, 0x9a, 0x62, 0x8a, 0x44, 0x60, 0xbf, 0x74, 0x0d, 0x08, 0xc1, 0x8a, 0x4f, 0xea];
const ARGON2D: &[u8] =
    &[0xef, 0x63, 0x6d, 0xdf, 0x8c, 0x29, 0x44, 0x4b, 0x91, 0xf7, 0xa9, 0xa4, 0x03, 0xe3, 0x0a, 0x0c];
const ARGON2ID: &[u8] =
    &[0x9e, 0x29, 0x8b, 0x19, 0x56, 0xdb, 0x47, 0x73, 0xb2, 0x3d, 0xfc, 0x3e, 0xc6, 0xf0, 0xa1, 0xe6];
/// Which block the head's own proof is counted as.
const HEAD: u64 = u64::MAX;

fn sniff(file: &File<'_>) -> bool {
    file.bytes().starts_with(MAGIC)
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let mut bytes = Bytes::new(file.bytes());
    let head = Head::read(&mut bytes)?;
    let head_length = file.bytes().len() - bytes.left();
    let raw = file.bytes().get(..head_length).ok_or(ReadError::Damaged)?;
    if !same(&Sha256::digest(raw), bytes.take(32)?) {
        return Err(ReadError::Damaged);
    }
    let derived = head.kdf.key(keys)?;
    let proofs = Proofs::new(head.seed, &derived);
    if !same(&proofs.of(HEAD, &[raw]), bytes.take(32)?) {
        return Err(ReadError::WrongPassword);
    }
    let sealed = blocks(bytes, &proofs)?;
    let plain = head.open(&derived, sealed)?;
    let plain = if head.is_packed { gunzip(&plain)? } else { plain };
    let (mut stream, text) = inner(&plain)?;
    let mut root = Element::parse(std::str::from_utf8(text).map_err(|_| ReadError::Damaged)?)?;
    reveal(&mut root, &mut stream)?;
    keepass::document(&root)
}

/// What the head says of how the rest is sealed.
struct Head<'a> {
    cipher: &'a [u8],
    is_packed: bool,
    seed: &'a [u8],
    nonce: &'a [u8],
    kdf: Kdf<'a>,
}

impl<'a> Head<'a> {
    fn read(bytes: &mut Bytes<'a>) -> Result<Self, ReadError> {
        bytes.skip(MAGIC);
        let [_, _, major @ ..] = bytes.array::<4>()?;
        if u16::from_le_bytes(major) != 4 {
            return Err(ReadError::Unsupported("KDBX of another version than 4"));
        }
        let mut head = Self { cipher: &[], is_packed: false, seed: &[], nonce: &[], kdf: Kdf::default() };
        loop {
            let [kind] = bytes.array()?;
            let length = u32::from_le_bytes(bytes.array()?);
            let value = bytes.take(usize::try_from(length).map_err(|_| ReadError::Damaged)?)?;
            match kind {
                0 => return Ok(head),
                2 => head.cipher = value,
                3 => head.is_packed = value.first() == Some(&1),
                4 => head.seed = value,
                7 => head.nonce = value,
                11 => head.kdf = Kdf::read(value)?,
                _ => {}
            }
        }
    }

    fn open(&self, derived: &Key, mut sealed: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        let key = Sha256::new().chain_update(self.seed).chain_update(derived.as_slice()).finalize();
        let key = Zeroizing::new(<[u8; 32]>::from(key));
        match self.cipher {
            // Every block was proven: what is wrong with the padding now is no wrong password.
            AES => aes_cbc(key.as_slice(), self.nonce, &sealed).map_err(|_| ReadError::Damaged),
            CHACHA20 => chacha20(key.as_slice(), self.nonce, &mut sealed).map(|()| sealed),
            _ => Err(ReadError::Unsupported("Twofish")),
        }
    }
}

/// How the key is derived: a list of named values.
#[derive(Default)]
struct Kdf<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Kdf<'a> {
    fn read(value: &'a [u8]) -> Result<Self, ReadError> {
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
        Ok(Self(pairs))
    }

    fn get(&self, name: &[u8]) -> &'a [u8] {
        self.0.iter().find(|(key, _)| *key == name).map_or(&[], |(_, value)| value)
    }

    /// A number of four or eight bytes.
    fn number(&self, name: &[u8]) -> Result<u64, ReadError> {
        let value = self.get(name);
        let four = value.try_into().map(|bytes| u64::from(u32::from_le_bytes(bytes)));
        four.or_else(|_| value.try_into().map(u64::from_le_bytes)).map_err(|_| ReadError::Damaged)
    }

    fn key(&self, keys: Keys<'_>) -> Result<Key, ReadError> {
        // A password alone: with a key file, or a hardware key, its hash would be one of several.
        let composite =
            |password: &str| Zeroizing::new(Sha256::digest(Sha256::digest(password.as_bytes())).into());
        let composite = || keys.password().map(|password| password.expose(composite));
        let algorithm = match self.get(b"$UUID") {
            AES_KDF => return aes_kdf(self.number(b"R")?, self.get(b"S"), &composite()?),
            ARGON2D => Algorithm::Argon2d,
            ARGON2ID => Algorithm::Argon2id,
            _ => return Err(ReadError::Unsupported("this key derivation")),
        };
        let version = if self.number(b"V")? == 0x10 { Version::V0x10 } else { Version::V0x13 };
        let (passes, lanes, kibibytes) = (self.number(b"I")?, self.number(b"P")?, self.number(b"M")? / 1024);
        let argon = Argon { algorithm, version, kibibytes, passes, lanes };
        argon.check(keys)?;
        argon.key_from(keys, composite()?.as_slice(), self.get(b"S"))
    }
}

/// What proves that the head and each block are as they were written.
struct Proofs(Zeroizing<[u8; 64]>);

impl Proofs {
    fn new(seed: &[u8], derived: &Key) -> Self {
        let base = Sha512::new().chain_update(seed).chain_update(derived.as_slice()).chain_update([1]);
        Self(Zeroizing::new(base.finalize().into()))
    }

    fn of(&self, block: u64, parts: &[&[u8]]) -> [u8; 32] {
        let key = Sha512::new().chain_update(block.to_le_bytes()).chain_update(self.0.as_slice()).finalize();
        let key = Zeroizing::new(<[u8; 64]>::from(key));
        let mac = Hmac::<Sha256>::new((&*key).into());
        parts.iter().fold(mac, Mac::chain_update).finalize().into_bytes().into()
    }
}

fn blocks(mut bytes: Bytes<'_>, proofs: &Proofs) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut all = Zeroizing::new(Vec::with_capacity(bytes.left()));
    for number in 0_u64.. {
        let (proof, length) = (bytes.take(32)?, bytes.array::<4>()?);
        let size = usize::try_from(u32::from_le_bytes(length)).map_err(|_| ReadError::Damaged)?;
        let block = bytes.take(size)?;
        if !same(&proofs.of(number, &[&number.to_le_bytes(), &length, block]), proof) {
            return Err(ReadError::Damaged);
        }
        if block.is_empty() {
            break;
        }
        all.extend_from_slice(block);
    }
    Ok(all)
}

/// The inner head: the stream that fields are sealed with once more. Attachments are passed over.
fn inner(plain: &[u8]) -> Result<(Stream, &[u8]), ReadError> {
    const CHACHA20_STREAM: [u8; 4] = [3, 0, 0, 0];
    let mut bytes = Bytes::new(plain);
    let mut key: &[u8] = &[];
    loop {
        let [kind] = bytes.array()?;
        let length = u32::from_le_bytes(bytes.array()?);
        let value = bytes.take(usize::try_from(length).map_err(|_| ReadError::Damaged)?)?;
        match kind {
            0 => break,
            1 if value != CHACHA20_STREAM => return Err(ReadError::Unsupported("this inner stream")),
            2 => key = value,
            _ => {}
        }
    }
    let hash = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(key)));
    let (key, rest) = hash.split_at_checked(32).ok_or(ReadError::Damaged)?;
    let nonce = rest.get(..12).ok_or(ReadError::Damaged)?;
    Ok((Stream::new(key, nonce)?, bytes.rest()))
}

/// Opens every sealed field, in the order of the document: the stream goes on from one to the next.
fn reveal(element: &mut Element, stream: &mut Stream) -> Result<(), ReadError> {
    if element.attribute("Protected").eq_ignore_ascii_case("true") {
        let mut bytes = base64(&element.text).ok_or(ReadError::Damaged)?;
        stream.apply(&mut bytes)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| ReadError::Damaged)?;
        element.text = Zeroizing::new(text.to_owned());
    }
    element.children.iter_mut().try_for_each(|child| reveal(child, stream))
}
