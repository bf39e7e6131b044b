//! base32 (RFC 4648 section 6) as people paste it.

use zeroize::Zeroizing;

/// Why a text is not base32. Positions count characters of the text as it was given, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Base32Error {
    /// A character outside the alphabet; `hint` is the letter that it is often mistaken for.
    #[error("character {position} is not base32")]
    Character {
        /// Which character, from 1.
        position: usize,
        /// What was probably meant: O for 0, I or L for 1, B for 8.
        hint: Option<char>,
    },
    /// Padding that is not at the end.
    #[error("'=' at {position} is not at the end")]
    Padding {
        /// Which character, from 1.
        position: usize,
    },
    /// 1, 3 or 6 characters over a multiple of 8 can't be whole bytes.
    #[error("{length} characters can't be whole bytes")]
    Length {
        /// How many characters of the alphabet there are.
        length: usize,
    },
    /// The last character holds bits that belong to no byte.
    #[error("character {position} has bits left over")]
    DanglingBits {
        /// Which character, from 1.
        position: usize,
    },
}

pub(super) fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, Base32Error> {
    let _ = text;
    todo!()
}

pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    let _ = bytes;
    todo!()
}
