//! A buffer for decrypted contents.

use std::hint::black_box;
use std::ops::{Deref, DerefMut};

/// Bytes that are wiped, with all the room around them, when they are dropped.
///
/// `Zeroizing` writes byte by byte; at the size of a whole vault that cost as much as encrypting it. This fills
/// the buffer at once and shows it to [`black_box`], so that the compiler can't take the filling for useless.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Wiped(Vec<u8>);

impl Wiped {
    /// An empty buffer with room: where that suffices nothing is copied while it fills.
    pub(super) fn with_capacity(room: usize) -> Self {
        Self(Vec::with_capacity(room))
    }
}

impl From<&[u8]> for Wiped {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Deref for Wiped {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.clear();
        self.0.resize(self.0.capacity(), 0);
        black_box(self.0.as_ptr());
        black_box(&self.0);
    }
}
