//! What a machine saw of a vault last, so that it notices where an older copy comes back: a file alone can't tell.

use super::model::VaultId;
use sha2::{Digest as _, Sha256};

/// One state of a vault's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its generation.
    pub generation: u64,
    /// The beginning of a SHA-256 of the whole file.
    pub hash: u64,
}

/// Who remembers what was seen.
pub trait Ledger: Send + Sync {
    /// What was seen last; none where that is not known.
    fn seen(&self, vault: VaultId) -> Option<Seen>;
    /// Remembers what is seen now, unless something later was seen. What can't be written down is not known the next
    /// time: no vault stays shut for it.
    fn saw(&self, vault: VaultId, seen: Seen);
    /// Remembers what was saved now, whatever was seen before: it holds all that whoever saved it had.
    fn saved(&self, vault: VaultId, saved: Seen);
}

/// What stands there is neither what was seen last nor came of it: an older copy, or another one of the same age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollback {
    /// The generation that stands there.
    pub here: u64,
    /// The one that was seen last: later than that, or the same with other contents.
    pub seen: u64,
    /// Whether what was seen is open here still, so that the next save brings all of it back.
    pub held: bool,
}

impl Seen {
    pub(super) fn of(generation: u64, file: &[u8]) -> Self {
        let digest = Sha256::digest(file);
        Self {
            generation,
            hash: digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)),
        }
    }

    /// Whether this one, that was seen, can't have become that one.
    pub(super) fn rolled_back_to(self, here: Self, held: bool) -> Option<Rollback> {
        let other =
            here.generation < self.generation || here.generation == self.generation && here.hash != self.hash;
        other.then_some(Rollback { here: here.generation, seen: self.generation, held })
    }
}
