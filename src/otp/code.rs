//! The value that a service asks for.

use std::fmt;

const DIGITS: &[u8] = b"0123456789";
/// Steam's letters and digits: those that are not mistaken for one another.
const STEAM: &[u8] = b"23456789BCDFGHJKMNPQRTVWXY";
/// How many of them a Steam code has.
pub(super) const STEAM_LENGTH: u8 = 5;

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
    /// Where there is no code: six dashes, which nobody takes for one.
    pub(super) const NONE: Self = Self { characters: [b'-'; 10], length: 6 };

    /// The code from its truncated value: `value` mod 10^digits, with leading zeros (RFC 4226 section 5.3).
    pub(super) fn from_value(value: u32, digits: u8) -> Self {
        let mut code = Self { characters: [0; 10], length: digits.min(10) };
        let mut rest = value;
        for place in code.characters.iter_mut().take(usize::from(digits)).rev() {
            *place = lowest(DIGITS, &mut rest);
        }
        code
    }

    /// Steam's five characters from a truncated value: the lowest digit to base 26 comes first.
    pub(super) fn steam_from_value(value: u32) -> Self {
        let mut code = Self { characters: [0; 10], length: STEAM_LENGTH };
        let mut rest = value;
        for place in code.characters.iter_mut().take(usize::from(STEAM_LENGTH)) {
            *place = lowest(STEAM, &mut rest);
        }
        code
    }

    /// Reads a code of so many digits.
    pub(super) fn read_digits(typed: &str, digits: u8) -> Result<Self, CodeError> {
        Self::read(typed, DIGITS, digits)
    }

    /// Reads one of Steam's codes.
    pub(super) fn read_steam(typed: &str) -> Result<Self, CodeError> {
        Self::read(typed, STEAM, STEAM_LENGTH)
    }

    fn read(typed: &str, alphabet: &[u8], length: u8) -> Result<Self, CodeError> {
        let mut code = Self { characters: [0; 10], length };
        let mut length = 0;
        for (position, character) in (1..).zip(typed.chars()) {
            if character.is_whitespace() || character == '-' {
                continue;
            }
            let byte = u8::try_from(character.to_ascii_uppercase()).unwrap_or_default();
            if !alphabet.contains(&byte) {
                return Err(CodeError::Character { position });
            }
            if let Some(place) = code.characters.get_mut(length) {
                *place = byte;
            }
            length += 1;
        }
        match length {
            0 => Err(CodeError::Empty),
            _ if length == usize::from(code.length) => Ok(code),
            _ => Err(CodeError::Length { length, expected: code.length }),
        }
    }

    /// The characters, without a gap.
    pub fn as_str(&self) -> &str {
        let shown = self.characters.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(shown).unwrap_or_default()
    }

    /// With a thin gap: `123 456`, `1234 567`, `1234 5678`, `123 456 789`, `12345 67890`; Steam's in one.
    pub fn grouped(&self) -> String {
        let group = match self.length {
            6 | 9 => 3,
            7 | 8 => 4,
            _ => 5,
        };
        let mut shown = String::with_capacity(self.characters.len() + 2);
        for (index, character) in self.as_str().chars().enumerate() {
            if index > 0 && index % group == 0 {
                shown.push(' ');
            }
            shown.push(character);
        }
        shown
    }
}

/// Takes the lowest digit off a number, to the base of as many symbols as there are.
fn lowest(symbols: &[u8], number: &mut u32) -> u8 {
    let base = u32::try_from(symbols.len()).unwrap_or(u32::MAX).max(1);
    let digit = *number % base;
    *number /= base;
    symbols.get(digit as usize).copied().unwrap_or_default()
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
