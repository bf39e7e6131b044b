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
    for word in
        input.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| word.len() >= TELLING).take(MOST)
    {
        // A name of ours may stand in the input as well: what is said of an empty input is no secret.
        let word = std::str::from_utf8(word).unwrap();
        assert!(!said.contains(word) || OURS.iter().any(|ours| ours.contains(word)), "{word} in {said:?}");
    }
}

/// Long words that sentences of ours are made of.
const OURS: &[&str] =
    &["servicesEncrypted", "encryptedData", "Authenticators", "authenticator", "encryptionNonce"];
