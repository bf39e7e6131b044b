//! base32 (RFC 4648 section 6) as people paste it.

use zeroize::Zeroizing;

const RFC4648: base32::Alphabet = base32::Alphabet::Rfc4648 { padding: false };

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

/// The characters of the alphabet that a text holds, in upper case, and where the last one stands.
struct Letters {
    letters: Zeroizing<String>,
    last: usize,
}

/// Decodes a text that is base32 to the last bit.
pub(super) fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, Base32Error> {
    let Letters { letters, last } = letters_of(text)?;
    let length = letters.len();
    if spare_letters(length) > 0 {
        return Err(Base32Error::Length { length });
    }
    // 5 bits a letter: what is over a multiple of 8 belongs to no byte, and has to be 0.
    let dangling = (1 << (length * 5 % 8)) - 1;
    if letters.chars().next_back().and_then(value_of).is_some_and(|value| value & dangling != 0) {
        return Err(Base32Error::DanglingBits { position: last });
    }
    Ok(bytes_of(&letters))
}

/// Decodes a text of which the end need not be whole: what belongs to no byte is dropped.
pub(super) fn decode_lenient(text: &str) -> Result<Zeroizing<Vec<u8>>, Base32Error> {
    let Letters { mut letters, .. } = letters_of(text)?;
    let whole = letters.len() - spare_letters(letters.len());
    letters.truncate(whole);
    Ok(bytes_of(&letters))
}

/// Encodes in upper case, without padding.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(5) * 8));
    // Five bytes at a time: for more the crate's own buffer grows on the way, and leaves copies behind.
    for five in bytes.chunks(5) {
        text.push_str(&Zeroizing::new(base32::encode(RFC4648, five)));
    }
    text
}

fn letters_of(text: &str) -> Result<Letters, Base32Error> {
    let mut found = Letters { letters: Zeroizing::new(String::with_capacity(text.len())), last: 0 };
    let mut padding = None;
    for (position, character) in (1..).zip(text.chars()) {
        let letter = character.to_ascii_uppercase();
        match (letter, padding) {
            ('-', _) => {}
            _ if letter.is_whitespace() => {}
            ('=', _) => padding = padding.or(Some(position)),
            _ if value_of(letter).is_none() => {
                return Err(Base32Error::Character { position, hint: hint_for(letter) });
            }
            (_, Some(position)) => return Err(Base32Error::Padding { position }),
            (_, None) => {
                found.letters.push(letter);
                found.last = position;
            }
        }
    }
    Ok(found)
}

/// How many letters at the end of so many can't be part of a byte: a byte needs two letters at
/// least, and 3 or 6 letters hold no more bytes than 2 or 5.
fn spare_letters(length: usize) -> usize {
    usize::from(matches!(length % 8, 1 | 3 | 6))
}

fn value_of(letter: char) -> Option<u32> {
    match letter {
        'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        '2'..='7' => Some(u32::from(letter) - u32::from('2') + 26),
        _ => None,
    }
}

fn hint_for(letter: char) -> Option<char> {
    match letter {
        '0' => Some('O'),
        '1' => Some('I'),
        '8' => Some('B'),
        _ => None,
    }
}

/// The bytes of letters that were looked at before: the crate finds nothing to refuse in them.
fn bytes_of(letters: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(base32::decode(RFC4648, letters).unwrap_or_default())
}
