//! No error shows what it was given.

use keyfob::explain::Reason;
use std::fmt::{Debug, Display};

/// As long as this, letters and digits in a row may be a secret.
const TELLING: usize = 12;
/// The most of them that are looked for.
const MOST: usize = 64;

/// Panics when an error, as a program or a person sees it, holds what may be a secret of the input.
pub fn keeps<E: Debug + Display + Reason>(error: &E, input: &[u8]) {
    silent(&format!("{error} {error:?} {}", error.reason()), input);
    if let Some(hint) = error.hint() {
        silent(&hint, input);
    }
}

/// The same for one text.
pub fn silent(said: &str, input: &[u8]) {
    assert!(said.len() < 2048, "{} bytes are no sentence", said.len());
    assert!(!said.chars().any(char::is_control), "{said:?}");
    let words = input.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| may_be_secret(word));
    for word in words.take(MOST) {
        let word = std::str::from_utf8(word).unwrap();
        assert!(!said.contains(word), "{word} in {said:?}");
    }
}

/// A long word in small letters alone, or in both, is the name of a field: errors say which one is not there.
fn may_be_secret(word: &[u8]) -> bool {
    let is_name = word.iter().any(u8::is_ascii_lowercase) && !word.iter().any(u8::is_ascii_digit);
    word.len() >= TELLING && !is_name
}
