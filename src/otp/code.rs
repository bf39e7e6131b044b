//! The value that a service asks for.

use std::fmt;

/// A one-time code: 6 to 10 digits, or Steam's 5 characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    characters: [u8; 10],
    length: u8,
}

/// Why a typed text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A character that no code has.
    #[error("character {position} is not of a code")]
    Character {
        /// Which character, from 1.
        position: usize,
    },
    /// Another length than this device's codes have.
    #[error("{length} characters where {expected} are wanted")]
    Length {
        /// How many there are, without spaces.
        length: usize,
        /// How many this device's codes have.
        expected: u8,
    },
}

impl Code {
    /// The code from its truncated value: `value` mod 10^digits, with leading zeros.
    pub(super) fn from_value(value: u32, digits: u8) -> Self {
        let _ = (value, digits);
        todo!()
    }

    /// Steam's five characters from a truncated value.
    pub(super) fn steam_from_value(value: u32) -> Self {
        let _ = value;
        todo!()
    }

    /// Reads what a person typed for codes of this method; spaces and dashes do not matter, nor case for Steam.
    pub fn parse(typed: &str, method: &super::Method) -> Result<Self, CodeError> {
        let _ = (typed, method);
        todo!()
    }

    /// The characters, without a gap.
    pub fn as_str(&self) -> &str {
        let shown = self.characters.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(shown).unwrap_or_default()
    }

    /// With a thin gap: `123 456`, `1234 567`, `1234 5678`, `123 456 789`, `12345 67890`; Steam's in one.
    pub fn grouped(&self) -> String {
        todo!()
    }
}

impl fmt::Display for Code {
    /// The characters, without a gap.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}
