//! HOTP's core (RFC 4226 section 5.3): a keyed HMAC that turns moving factors into numbers.

use super::parameters::Algorithm;
use super::secret::Secret;
use hmac::digest::Digest;
use hmac::digest::common::Key;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use zeroize::Zeroize;

/// An HMAC that has taken in its key: half of the work, done once for a whole window of factors.
/// The states inside wipe themselves.
pub(super) enum Keyed {
    Sha1(Hmac<sha1::Sha1>),
    Sha256(Hmac<sha2::Sha256>),
    Sha512(Hmac<sha2::Sha512>),
}

impl Keyed {
    pub(super) fn new(secret: &Secret, algorithm: Algorithm) -> Self {
        secret.expose(|key| match algorithm {
            Algorithm::Sha1 => Self::Sha1(keyed(key)),
            Algorithm::Sha256 => Self::Sha256(keyed(key)),
            Algorithm::Sha512 => Self::Sha512(keyed(key)),
        })
    }

    /// The 31-bit number of a moving factor, before it is cut to digits or letters.
    pub(super) fn value(&self, factor: u64) -> u32 {
        match self {
            Self::Sha1(mac) => value(mac.clone(), factor),
            Self::Sha256(mac) => value(mac.clone(), factor),
            Self::Sha512(mac) => value(mac.clone(), factor),
        }
    }
}

/// Fills the block by hand, as RFC 2104 section 2 has it: a key of exactly one block can't be
/// refused, where `new_from_slice` returns a `Result` that never fails and would have to be unwrapped.
fn keyed<D: EagerHash + Digest>(key: &[u8]) -> Hmac<D> {
    let mut block = Key::<Hmac<D>>::default();
    if key.len() > block.len() {
        fill(&mut block, &D::digest(key));
    } else {
        fill(&mut block, key);
    }
    let mac = Hmac::new(&block);
    block.as_mut_slice().zeroize();
    mac
}

fn fill(block: &mut [u8], bytes: &[u8]) {
    for (to, from) in block.iter_mut().zip(bytes) {
        *to = *from;
    }
}

fn value(mac: impl Mac, factor: u64) -> u32 {
    truncate(&mac.chain_update(factor.to_be_bytes()).finalize().into_bytes())
}

/// Dynamic truncation: the last four bits say where the four bytes start, whose sign bit is dropped.
fn truncate(digest: &[u8]) -> u32 {
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
    let mut four = [0; 4];
    fill(&mut four, digest.get(offset..).unwrap_or_default());
    u32::from_be_bytes(four) & 0x7fff_ffff
}
