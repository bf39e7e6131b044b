//! JSON that is harmless on a terminal too.

use super::safe::is_hidden;
use std::borrow::Cow;
use std::fmt::Write;

/// JSON with every character that [`super::safe`] could mark written as `\uXXXX` (above U+FFFF as a pair
/// of surrogates): control, bidi, zero-width and tag characters. It means the same to a JSON reader.
///
/// Takes JSON that is serialized already: such characters can stand only inside its strings, where
/// an escape may stand too; the line ends and tabs between its tokens are left alone.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if is_escaped(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}"); // a String takes everything
            }
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

fn is_escaped(character: char) -> bool {
    is_hidden(character) && !matches!(character, '\n' | '\r' | '\t')
}
