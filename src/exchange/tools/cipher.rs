//! Decrypting into memory that wipes itself. What does not open is told as a wrong password: none of these
//! ciphers can tell one from damage.

use super::super::error::ReadError;
use super::fuzzed::FUZZED;
use aes::{Aes128, Aes256};
use aes_gcm::aead::consts::U16;
use aes_gcm::aead::{AeadInOut, KeyInit, Nonce};
use aes_gcm::{Aes256Gcm, AesGcm};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipherDecrypt, BlockModeDecrypt as _, KeyInit as BlockKeyInit, KeyIvInit, StreamCipher,
    StreamCipherSeek as _,
};
use chacha20::{ChaCha20, R20, hchacha};
use chacha20poly1305::XChaCha20Poly1305;
use poly1305::Poly1305;
use salsa20::Salsa20;
use twofish::Twofish;
use zeroize::Zeroizing;

/// A wiping buffer of decrypted bytes.
pub type Plain = Zeroizing<Vec<u8>>;

/// AES-256-GCM with a nonce of 12 bytes, the tag behind the ciphertext.
pub fn aes_gcm(key: &[u8; 32], nonce: &[u8], sealed: &[u8], aad: &[u8]) -> Result<Plain, ReadError> {
    aead::<Aes256Gcm>(key, nonce, sealed, aad)
}

/// AES-256-GCM with a nonce of 16 bytes, as libgcrypt's users take one.
pub fn aes_gcm_16(key: &[u8; 32], nonce: &[u8], sealed: &[u8], aad: &[u8]) -> Result<Plain, ReadError> {
    aead::<AesGcm<Aes256, U16>>(key, nonce, sealed, aad)
}

/// XChaCha20-Poly1305 with a nonce of 24 bytes, the tag behind the ciphertext.
pub fn xchacha(key: &[u8; 32], nonce: &[u8], sealed: &[u8]) -> Result<Plain, ReadError> {
    aead::<XChaCha20Poly1305>(key, nonce, sealed, &[])
}

fn aead<C: AeadInOut + KeyInit>(
    key: &[u8; 32],
    nonce: &[u8],
    sealed: &[u8],
    aad: &[u8],
) -> Result<Plain, ReadError> {
    let cipher = C::new_from_slice(key).map_err(|_| ReadError::Damaged)?;
    let nonce = Nonce::<C>::try_from(nonce).map_err(|_| ReadError::Damaged)?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    if FUZZED {
        plain.truncate(sealed.len().saturating_sub(16));
        return Ok(plain);
    }
    cipher.decrypt_in_place(&nonce, aad, &mut *plain).map_err(|_| ReadError::WrongPassword)?;
    Ok(plain)
}

/// AES-256-GCM with a nonce of 12 bytes, the other way.
pub fn seal_aes_gcm(key: &[u8; 32], nonce: [u8; 12], plain: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = Zeroizing::new(Vec::with_capacity(plain.len() + 16));
    sealed.extend_from_slice(plain);
    let cipher = Aes256Gcm::new(&(*key).into());
    cipher.encrypt_in_place(&nonce.into(), &[], &mut *sealed).ok()?;
    Some(std::mem::take(&mut *sealed))
}

/// AES-256-CBC with PKCS #7 padding. Nothing of it proves the key: the padding is right one time in 256 anyway.
pub fn aes_cbc(key: &[u8], iv: &[u8], sealed: &[u8]) -> Result<Plain, ReadError> {
    cbc_of::<Aes256>(key, iv, sealed)
}

/// AES-128-CBC, the same way.
pub fn aes_128_cbc(key: &[u8], iv: &[u8], sealed: &[u8]) -> Result<Plain, ReadError> {
    cbc_of::<Aes128>(key, iv, sealed)
}

/// Twofish-CBC with a key of 32 bytes, the same way.
pub fn twofish_cbc(key: &[u8], iv: &[u8], sealed: &[u8]) -> Result<Plain, ReadError> {
    cbc_of::<Twofish>(key, iv, sealed)
}

fn cbc_of<C>(key: &[u8], iv: &[u8], sealed: &[u8]) -> Result<Plain, ReadError>
where
    C: BlockCipherDecrypt + BlockKeyInit,
{
    let cipher = cbc::Decryptor::<C>::new_from_slices(key, iv).map_err(|_| ReadError::Damaged)?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    if FUZZED {
        return Ok(plain);
    }
    let length = cipher.decrypt_padded::<Pkcs7>(&mut plain).map_err(|_| ReadError::WrongPassword)?.len();
    plain.truncate(length);
    Ok(plain)
}

/// `ChaCha20` (RFC 8439) over bytes in their place: keys of 32 bytes, nonces of 12.
pub fn chacha20(key: &[u8], nonce: &[u8], bytes: &mut [u8]) -> Result<(), ReadError> {
    Stream::chacha20(key, nonce)?.apply(bytes)
}

/// A stream cipher over one piece after another, from its beginning.
pub struct Stream(Option<Box<dyn StreamCipher>>);

impl Stream {
    /// None at all: bytes stay what they are.
    pub fn none() -> Self {
        Self(None)
    }

    /// `ChaCha20`: keys of 32 bytes, nonces of 12.
    pub fn chacha20(key: &[u8], nonce: &[u8]) -> Result<Self, ReadError> {
        Self::of::<ChaCha20>(key, nonce)
    }

    /// Salsa20: keys of 32 bytes, nonces of 8.
    pub fn salsa20(key: &[u8], nonce: &[u8]) -> Result<Self, ReadError> {
        Self::of::<Salsa20>(key, nonce)
    }

    fn of<C: StreamCipher + KeyIvInit + 'static>(key: &[u8], nonce: &[u8]) -> Result<Self, ReadError> {
        let cipher = C::new_from_slices(key, nonce).map_err(|_| ReadError::Damaged)?;
        Ok(Self(Some(Box::new(cipher))))
    }

    /// Over the next bytes, in their place.
    pub fn apply(&mut self, bytes: &mut [u8]) -> Result<(), ReadError> {
        match &mut self.0 {
            Some(cipher) if !FUZZED => cipher.try_apply_keystream(bytes).map_err(|_| ReadError::Damaged),
            _ => Ok(()),
        }
    }
}

/// The first and only message of a libsodium secretstream (XChaCha20-Poly1305): what Ente writes.
pub fn secretstream(key: &[u8; 32], header: &[u8], sealed: &[u8]) -> Result<Plain, ReadError> {
    const BLOCK: usize = 64;
    const FINAL: u8 = 3;
    let (for_key, for_nonce) = header.split_at_checked(16).ok_or(ReadError::Damaged)?;
    let for_key: [u8; 16] = for_key.try_into().map_err(|_| ReadError::Damaged)?;
    let nonce = [&1_u32.to_le_bytes(), for_nonce].concat();
    let subkey = Zeroizing::new(<[u8; 32]>::from(hchacha::<R20>(&(*key).into(), &for_key.into())));
    let mut stream = ChaCha20::new_from_slices(subkey.as_slice(), &nonce).map_err(|_| ReadError::Damaged)?;
    let (tagged, mac) = sealed.split_last_chunk::<16>().ok_or(ReadError::Damaged)?;
    let (tag, text) = tagged.split_first().ok_or(ReadError::Damaged)?;

    let mut mac_key = Zeroizing::new([0; 32]);
    stream.apply_keystream(mac_key.as_mut_slice());
    stream.try_seek(BLOCK).map_err(|_| ReadError::Damaged)?;
    let mut block = [0; BLOCK];
    block[0] = *tag;
    stream.apply_keystream(&mut block);
    let kind = std::mem::replace(&mut block[0], *tag);
    // The padding that libsodium writes here is not what Poly1305 would ask for; it stayed for compatibility.
    let padding = vec![0; text.len() % 16];
    let lengths = [0, (BLOCK + text.len()) as u64].map(u64::to_le_bytes).concat();
    let authentic = [block.as_slice(), text, &padding, &lengths].concat();
    let computed = Poly1305::new((&*mac_key).into()).compute_unpadded(&authentic);
    if !same(computed.as_slice(), mac) {
        return Err(ReadError::WrongPassword);
    }
    let mut plain = Zeroizing::new(text.to_vec());
    if FUZZED {
        return Ok(plain);
    }
    if kind != FINAL {
        return Err(ReadError::Damaged);
    }
    stream.apply_keystream(&mut plain);
    Ok(plain)
}

/// Whether a proof is the one that it should be, in time that depends on their lengths alone.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    let same = one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    same || FUZZED
}
