//! A passphrase typed twice, with how hard it is to guess: for a new vault and for a backup.

use super::field::TextField;
use crate::explain::notices;
use crate::vault::{Passphrase, Strength};
use zeroize::Zeroizing;

/// The longest passphrase, in bytes.
pub const MAX_PASSPHRASE: usize = 1024;

/// A passphrase typed twice.
#[derive(Debug)]
pub struct NewPassphrase {
    /// The passphrase.
    pub once: TextField,
    /// The same again.
    pub again: TextField,
    strength: Option<Strength>,
}

/// Which of the two is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The first.
    Once,
    /// The second.
    Again,
}

impl NewPassphrase {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self {
            once: TextField::masked(MAX_PASSPHRASE),
            again: TextField::masked(MAX_PASSPHRASE),
            strength: None,
        }
    }

    /// Estimates anew how hard it is to guess: once a key, not once a frame.
    pub fn estimate(&mut self) {
        self.strength = (!self.once.is_empty()).then(|| Strength::of(self.once.text()));
    }

    /// How hard it is to guess, if anything is typed.
    pub fn strength(&self) -> Option<Strength> {
        self.strength
    }

    /// The passphrase, when both are the same.
    pub fn check(&self) -> Result<Passphrase, (Fault, String)> {
        let copy = Zeroizing::new(self.once.text().to_owned());
        let passphrase = Passphrase::new(copy).ok_or((Fault::Once, notices::NO_PASSPHRASE.to_owned()))?;
        if self.again.is_empty() {
            return Err((Fault::Again, notices::TYPE_IT_AGAIN.to_owned()));
        }
        if self.once.text() != self.again.text() {
            return Err((Fault::Again, notices::NOT_THE_SAME.to_owned()));
        }
        Ok(passphrase)
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.once.clear();
        self.again.clear();
        self.strength = None;
    }
}

impl Default for NewPassphrase {
    fn default() -> Self {
        Self::new()
    }
}
