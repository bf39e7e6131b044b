//! JSON that is harmless on a terminal too.

use super::safe::{MAX_MARKS, is_hidden};
use std::borrow::Cow;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar as _;

/// JSON with every character that [`super::safe`] could mark written as `\uXXXX` (above U+FFFF as a pair
/// of surrogates): control, bidi, zero-width and tag characters, and combining marks where there are more than it
/// leaves. It means the same to a JSON reader.
///
/// Takes JSON that is serialized already: such characters can stand only inside its strings, where
/// an escape may stand too; the line ends and tabs between its tokens are left alone.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let mut marks = Marks::default();
    let Some((at, _)) = json.char_indices().find(|(_, character)| marks.is_escaped(*character)) else {
        return Cow::Borrowed(json);
    };
    let (before, rest) = json.split_at(at);
    let mut escaped = String::with_capacity(json.len() + 64);
    escaped.push_str(before);
    marks = Marks::default();
    for character in before.chars() {
        marks.is_escaped(character);
    }
    for character in rest.chars() {
        if marks.is_escaped(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}"); // a String takes everything
            }
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// How many combining marks the character before may still get.
#[derive(Default)]
struct Marks(usize);

impl Marks {
    /// Takes in the next character; whether it has to be escaped.
    fn is_escaped(&mut self, character: char) -> bool {
        if matches!(character, '\n' | '\r' | '\t') {
            return false;
        }
        if is_hidden(character) {
            // It is written in letters, on which nothing may stand.
            self.0 = 0;
            return true;
        }
        if character.width() == Some(0) {
            let smears = self.0 == 0;
            self.0 = self.0.saturating_sub(1);
            return smears;
        }
        // What is at the start of a string would stand on its quotation mark.
        self.0 = if character == '"' { 0 } else { MAX_MARKS };
        false
    }
}
