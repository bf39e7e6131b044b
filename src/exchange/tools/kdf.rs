//! Keys from passwords, within bounds: the file says what deriving its key shall cost, and nobody vouches for it.

use super::super::error::ReadError;
use super::super::keys::Keys;
use super::fuzzed;
use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use aes::{Aes256, Block};
use argon2::{Algorithm, Argon2, Params, Version};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::{Zeroize, Zeroizing};

/// Above this much memory somebody has to agree, in bytes.
const ASK_ABOVE: u64 = 256 << 20;
/// More memory is never taken, in bytes.
const MOST_MEMORY: u64 = 1 << 30;
/// More bytes are never filled, all passes taken together: some ten seconds of work.
const MOST_WORK: u64 = 16 << 30;
/// More rounds of PBKDF2 are never run.
const MOST_ROUNDS: u64 = 10_000_000;
/// More rounds of KeePass' own derivation are never run.
const MOST_AES_ROUNDS: u32 = 200_000_000;
/// The most lanes of Argon2.
const MOST_LANES: u64 = 64;

/// A key of 32 bytes.
pub type Key = Zeroizing<[u8; 32]>;

/// The hash inside of PBKDF2 (RFC 8018 section 5.2).
#[derive(Clone, Copy, Debug)]
pub enum Hash {
    /// HMAC-SHA-1.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// PBKDF2 with the file's password, as many bytes as `out` has.
pub fn pbkdf2(keys: Keys<'_>, hash: Hash, salt: &[u8], rounds: u64, out: &mut [u8]) -> Result<(), ReadError> {
    let rounds = bearable(rounds)?;
    keys.password()?.expose(|password| derive(password.as_bytes(), hash, salt, rounds, out));
    Ok(())
}

/// The same with something that was made of the file's password.
pub fn pbkdf2_from(
    secret: &[u8],
    hash: Hash,
    salt: &[u8],
    rounds: u64,
    out: &mut [u8],
) -> Result<(), ReadError> {
    derive(secret, hash, salt, bearable(rounds)?, out);
    Ok(())
}

fn bearable(rounds: u64) -> Result<u32, ReadError> {
    let rounds = Some(rounds).filter(|rounds| (1..=MOST_ROUNDS).contains(rounds));
    rounds.and_then(|rounds| u32::try_from(rounds).ok()).ok_or(ReadError::TooDear)
}

fn derive(secret: &[u8], hash: Hash, salt: &[u8], rounds: u32, out: &mut [u8]) {
    let derive = match hash {
        Hash::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>,
        Hash::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
        Hash::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>,
    };
    derive(secret, salt, fuzzed::rounds(rounds), out);
}

/// scrypt (RFC 7914) with the file's password.
pub fn scrypt(keys: Keys<'_>, salt: &[u8], n: u64, r: u64, p: u64) -> Result<Key, ReadError> {
    let block = r.checked_mul(128).ok_or(ReadError::TooDear)?;
    let memory = block.checked_mul(n.saturating_add(p)).ok_or(ReadError::TooDear)?;
    afford(keys, memory, p)?;
    let number = |value: u64| u32::try_from(value).map_err(|_| ReadError::TooDear);
    if !n.is_power_of_two() {
        return Err(ReadError::Damaged);
    }
    let log_n = u8::try_from(n.ilog2()).map_err(|_| ReadError::TooDear)?;
    let params = scrypt::Params::new(log_n, number(r)?, number(p)?).map_err(|_| ReadError::Damaged)?;
    let mut key = Key::default();
    let password = keys.password()?;
    if fuzzed::passes_over(memory.saturating_mul(p)) {
        return Ok(key);
    }
    password
        .expose(|password| scrypt::scrypt(password.as_bytes(), salt, &params, key.as_mut_slice()))
        .map_err(|_| ReadError::Damaged)?;
    Ok(key)
}

/// What Argon2 (RFC 9106) shall cost.
#[derive(Clone, Copy, Debug)]
pub struct Argon {
    /// Which variant.
    pub algorithm: Algorithm,
    /// Which version of it.
    pub version: Version,
    /// Memory, in KiB.
    pub kibibytes: u64,
    /// How often the memory is gone over.
    pub passes: u64,
    /// Its parallelism.
    pub lanes: u64,
}

impl Argon {
    /// Argon2id, version 1.3.
    pub fn id(kibibytes: u64, passes: u64, lanes: u64) -> Self {
        Self { algorithm: Algorithm::Argon2id, version: Version::V0x13, kibibytes, passes, lanes }
    }

    /// Whether it may be run: what costs too much is said before anybody is asked for a password.
    pub fn check(self, keys: Keys<'_>) -> Result<(), ReadError> {
        self.ready(keys).map(|_| ())
    }

    /// A key from the file's password.
    pub fn key(self, keys: Keys<'_>, salt: &[u8]) -> Result<Key, ReadError> {
        let argon = self.ready(keys)?;
        keys.password()?.expose(|password| self.derive(&argon, password.as_bytes(), salt))
    }

    /// A key from something that was made of the file's password.
    pub fn key_from(self, keys: Keys<'_>, secret: &[u8], salt: &[u8]) -> Result<Key, ReadError> {
        self.derive(&self.ready(keys)?, secret, salt)
    }

    fn derive(self, argon: &Argon2<'_>, secret: &[u8], salt: &[u8]) -> Result<Key, ReadError> {
        let mut key = Key::default();
        if fuzzed::passes_over(self.kibibytes.saturating_mul(1024).saturating_mul(self.passes)) {
            return Ok(key);
        }
        argon.hash_password_into(secret, salt, key.as_mut_slice()).map_err(|_| ReadError::Damaged)?;
        Ok(key)
    }

    fn ready(self, keys: Keys<'_>) -> Result<Argon2<'static>, ReadError> {
        let memory = self.kibibytes.checked_mul(1024).ok_or(ReadError::TooDear)?;
        afford(keys, memory, self.passes)?;
        if self.lanes > MOST_LANES {
            return Err(ReadError::TooDear);
        }
        let number = |value: u64| u32::try_from(value).map_err(|_| ReadError::TooDear);
        let params =
            Params::new(number(self.kibibytes)?, number(self.passes)?, number(self.lanes)?, Some(32));
        Ok(Argon2::new(self.algorithm, self.version, params.map_err(|_| ReadError::Damaged)?))
    }
}

/// KeePass' own: both halves encrypted with AES-256 over and over, then hashed.
/// The composite key is only asked for once the cost is known to be bearable.
pub fn aes_kdf(
    rounds: u64,
    seed: &[u8],
    composite: impl FnOnce() -> Result<Key, ReadError>,
) -> Result<Key, ReadError> {
    let rounds =
        u32::try_from(rounds).ok().filter(|rounds| *rounds <= MOST_AES_ROUNDS).ok_or(ReadError::TooDear)?;
    let composite = composite()?;
    let cipher = Aes256::new_from_slice(seed).map_err(|_| ReadError::Damaged)?;
    let (one, other) = composite.split_at(16);
    let block = |half: &[u8]| Block::try_from(half).map_err(|_| ReadError::Damaged);
    let mut blocks = [block(one)?, block(other)?];
    for _ in 0..fuzzed::rounds(rounds) {
        cipher.encrypt_blocks(&mut blocks);
    }
    let hash = blocks.iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    for block in &mut blocks {
        block.as_mut_slice().zeroize();
    }
    Ok(Zeroizing::new(hash.into()))
}

/// Refuses what costs too much, and has somebody asked about what is dear.
fn afford(keys: Keys<'_>, memory: u64, passes: u64) -> Result<(), ReadError> {
    let work = memory.checked_mul(passes).ok_or(ReadError::TooDear)?;
    if memory > MOST_MEMORY + (1 << 20) || work > MOST_WORK {
        return Err(ReadError::TooDear);
    }
    if memory > ASK_ABOVE + (1 << 20) && !keys.dear {
        return Err(ReadError::Dear { mebibytes: memory >> 20 });
    }
    Ok(())
}
