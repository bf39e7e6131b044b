//! The blocks of a database, proven one by one.

use super::super::super::error::ReadError;
use super::super::super::tools::bytes::Bytes;
use super::super::super::tools::cipher::same;
use super::super::super::tools::kdf::Key;
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

/// Which block the head's own proof is counted as.
const HEAD: u64 = u64::MAX;

/// What proves that the head and each block are as they were written, in version 4.
pub struct Proofs(Zeroizing<[u8; 64]>);

impl Proofs {
    /// With the derived key.
    pub fn new(seed: &[u8], derived: &Key) -> Self {
        let base = Sha512::new().chain_update(seed).chain_update(derived.as_slice()).chain_update([1]);
        Self(Zeroizing::new(base.finalize().into()))
    }

    /// The proof of the head.
    pub fn of_head(&self, raw: &[u8]) -> [u8; 32] {
        self.of(HEAD, &[raw])
    }

    fn of(&self, block: u64, parts: &[&[u8]]) -> [u8; 32] {
        let key = Sha512::new().chain_update(block.to_le_bytes()).chain_update(self.0.as_slice()).finalize();
        let key = Zeroizing::new(<[u8; 64]>::from(key));
        let mac = Hmac::<Sha256>::new((&*key).into());
        parts.iter().fold(mac, Mac::chain_update).finalize().into_bytes().into()
    }
}

/// All blocks of version 4, joined. The last is empty.
pub fn proven_blocks(mut bytes: Bytes<'_>, proofs: &Proofs) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut all = Zeroizing::new(Vec::with_capacity(bytes.left()));
    for number in 0_u64.. {
        let (proof, length) = (bytes.take(32)?, bytes.array::<4>()?);
        let block = take(&mut bytes, length)?;
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

/// All blocks of version 3, joined. The last is empty.
pub fn hashed_blocks(mut bytes: Bytes<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut all = Zeroizing::new(Vec::with_capacity(bytes.left()));
    loop {
        // Its number, which says nothing that its place does not.
        bytes.take(4)?;
        let (hash, length) = (bytes.take(32)?, bytes.array::<4>()?);
        let block = take(&mut bytes, length)?;
        if block.is_empty() {
            return Ok(all);
        }
        if !same(&Sha256::digest(block), hash) {
            return Err(ReadError::Damaged);
        }
        all.extend_from_slice(block);
    }
}

fn take<'a>(bytes: &mut Bytes<'a>, length: [u8; 4]) -> Result<&'a [u8], ReadError> {
    bytes.take(usize::try_from(u32::from_le_bytes(length)).map_err(|_| ReadError::Damaged)?)
}
