//! A bracketed paste, from ESC [ 200 ~ to ESC [ 201 ~.

use zeroize::{Zeroize, Zeroizing};

/// The longest paste, in bytes; what is over is dropped.
pub const MAX_PASTE: usize = 64 << 10;

const END: &[u8] = b"\x1b[201~";

/// What came of a paste so far.
#[derive(Default)]
pub(super) struct Paste {
    bytes: Zeroizing<Vec<u8>>,
    /// How many bytes of [`END`] the paste ends with so far.
    matched: usize,
}

impl Paste {
    /// Takes one more byte; whether the paste ends with it.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        if END.get(self.matched) == Some(&byte) {
            self.matched += 1;
            return self.matched == END.len();
        }
        // ESC occurs in END only as its first byte, so that what did not become END can't hide its start.
        let missed = std::mem::take(&mut self.matched);
        for &byte in END.iter().take(missed) {
            self.keep(byte);
        }
        if END.first() == Some(&byte) {
            self.matched = 1;
        } else {
            self.keep(byte);
        }
        false
    }

    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < MAX_PASTE {
            self.bytes.push(byte);
        }
    }

    /// The text: line ends as LF (terminals send CR for them), bytes that are no UTF-8 as U+FFFD. Starts anew.
    pub(super) fn take(&mut self) -> Zeroizing<String> {
        self.matched = 0;
        // Room for the worst case at once: a string that grows leaves copies.
        let mut text = Zeroizing::new(String::with_capacity(3 * self.bytes.len()));
        let mut after_cr = false;
        for chunk in self.bytes.utf8_chunks() {
            for letter in chunk.valid().chars() {
                if letter != '\n' || !after_cr {
                    text.push(if letter == '\r' { '\n' } else { letter });
                }
                after_cr = letter == '\r';
            }
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        self.bytes.zeroize();
        text
    }
}
