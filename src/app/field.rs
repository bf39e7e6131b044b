//! What is typed: one line, or several for a note.

use super::{Key, KeyPress};
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::{Zeroize, Zeroizing};

/// One line that is typed, or several. Its buffer is reserved once and never grows, so that nothing of a secret is
/// left behind by moving it; what is taken out is wiped.
pub struct TextField {
    text: Zeroizing<String>,
    cursor: usize,
    limit: usize,
    masked: bool,
    /// Whether line ends are taken.
    lines: bool,
    origin: Origin,
}

/// Where the text of a field is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// From whoever opened the field.
    Given,
    /// From there too: a path that gives way to another one.
    Proposed,
    /// From a person.
    Typed,
}

/// What did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// How many bytes the field takes.
    pub limit: usize,
}

impl TextField {
    /// An empty field that takes so many bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            text: Zeroizing::new(String::with_capacity(limit)),
            cursor: 0,
            limit,
            masked: false,
            lines: false,
            origin: Origin::Given,
        }
    }

    /// A field whose text is never drawn.
    pub fn masked(limit: usize) -> Self {
        Self { masked: true, ..Self::new(limit) }
    }

    /// A field that starts with a text, as if nobody had typed.
    pub fn filled(limit: usize, text: &str) -> Self {
        let mut field = Self::new(limit.max(text.len()));
        field.fill(text);
        field
    }

    /// A field that starts with a path: one that is typed from its root on takes its place.
    pub fn proposing(limit: usize, path: &str) -> Self {
        Self { origin: Origin::Proposed, ..Self::filled(limit, path) }
    }

    /// A field of several lines that starts with a text, as if nobody had typed.
    pub fn lines(limit: usize, text: &str) -> Self {
        Self { lines: true, ..Self::filled(limit, text) }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands in it, without white space around.
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the cursor is, in bytes from the start.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether the text may not be drawn.
    pub fn is_masked(&self) -> bool {
        self.masked
    }

    /// Whether it takes several lines.
    pub fn has_lines(&self) -> bool {
        self.lines
    }

    /// In which line the cursor is, from 0.
    pub fn cursor_line(&self) -> usize {
        self.text.get(..self.cursor).unwrap_or_default().matches('\n').count()
    }

    /// Where the cursor is in its line, in bytes.
    pub fn cursor_in_line(&self) -> usize {
        self.cursor - self.line_start()
    }

    /// Whether a person changed it: what they typed is never overwritten.
    pub fn is_edited(&self) -> bool {
        self.origin == Origin::Typed
    }

    /// Replaces the text of a field that nobody has edited; the cursor goes to the end. A text over the
    /// limit is left out.
    pub fn fill(&mut self, text: &str) {
        if self.is_edited() || text.len() > self.limit || *self.text == text {
            return;
        }
        self.text.zeroize();
        self.text.push_str(text);
        self.cursor = self.text.len();
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.text.zeroize();
        self.cursor = 0;
    }

    /// Puts in what was typed or pasted, all of it or nothing. Control characters are dropped; a field of
    /// several lines keeps line ends, and a space for a tab.
    pub fn insert(&mut self, typed: &str) -> Result<(), Full> {
        let lines = self.lines;
        let taken = typed.chars().filter_map(|letter| match letter {
            '\n' if lines => Some('\n'),
            '\t' if lines => Some(' '),
            letter => (!letter.is_control()).then_some(letter),
        });
        if self.origin == Origin::Proposed && typed.starts_with(['/', '~']) && self.cursor == self.text.len()
        {
            self.clear();
        }
        let bytes: usize = taken.clone().map(char::len_utf8).sum();
        if self.text.len() + bytes > self.limit {
            return Err(Full { limit: self.limit });
        }
        for letter in taken {
            self.text.insert(self.cursor, letter);
            self.cursor += letter.len_utf8();
        }
        self.origin = Origin::Typed;
        Ok(())
    }

    /// Adds a text to the end, all of it or nothing, with whatever control characters a file's name has.
    pub fn append_raw(&mut self, text: &str) -> Result<(), Full> {
        if self.text.len() + text.len() > self.limit {
            return Err(Full { limit: self.limit });
        }
        self.text.push_str(text);
        self.cursor = self.text.len();
        self.origin = Origin::Typed;
        Ok(())
    }

    /// Begins a new line, where the field takes several.
    pub fn new_line(&mut self) -> Result<(), Full> {
        if self.lines { self.insert("\n") } else { Ok(()) }
    }

    /// Moves the cursor to the line above or below, to the same column or the line's end; whether there
    /// is one.
    pub fn go_line(&mut self, down: bool) -> bool {
        let column = crate::text::width(self.text.get(self.line_start()..self.cursor).unwrap_or_default());
        let start = if down {
            self.text
                .get(self.line_end()..)
                .and_then(|rest| rest.find('\n'))
                .map(|at| self.line_end() + at + 1)
        } else {
            self.line_start().checked_sub(1).map(|end| start_of_line(&self.text, end))
        };
        let Some(start) = start else { return false };
        let line = self.text.get(start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let mut cells = 0;
        let past = |(_, grapheme): &(usize, &str)| {
            cells += crate::text::width(grapheme);
            cells > column
        };
        let within = line.grapheme_indices(true).find(past).map_or(line.len(), |(at, _)| at);
        self.cursor = start + within;
        true
    }

    /// Whether a key is one for a text.
    pub fn knows(press: KeyPress) -> bool {
        Self::new(0).on_key(press) != Ok(false)
    }

    /// Takes a key, when it is one for a text; whether it was.
    pub fn on_key(&mut self, press: KeyPress) -> Result<bool, Full> {
        match (press.key, press.ctrl, press.alt) {
            (Key::Char(letter), false, false) => self.insert(letter.encode_utf8(&mut [0; 4]))?,
            (Key::Backspace, false, false) | (Key::Char('h'), true, false) => {
                self.cut(self.left()..self.cursor);
            }
            (Key::Delete, false, false) => self.cut(self.cursor..self.right()),
            (Key::Char('w'), true, false) | (Key::Backspace, _, true) => self.cut(self.word()..self.cursor),
            (Key::Char('u'), true, false) => self.cut(0..self.text.len()),
            (Key::Char('k'), true, false) => self.cut(self.cursor..self.line_end()),
            (Key::Left, false, false) => self.cursor = self.left(),
            (Key::Right, false, false) => self.cursor = self.right(),
            (Key::Home, ..) | (Key::Char('a'), true, false) => self.cursor = self.line_start(),
            (Key::End, ..) | (Key::Char('e'), true, false) => self.cursor = self.line_end(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Moves the text out into a buffer that wipes itself.
    pub fn take(&mut self) -> Zeroizing<String> {
        self.cursor = 0;
        std::mem::replace(&mut self.text, Zeroizing::new(String::with_capacity(self.limit)))
    }

    fn cut(&mut self, range: std::ops::Range<usize>) {
        if !range.is_empty() {
            self.origin = Origin::Typed;
        }
        self.cursor = range.start;
        // `String::drain` would leave a copy of the last characters behind the new end.
        let before = Zeroizing::new(self.text.get(..range.start).unwrap_or_default().to_owned());
        let after = Zeroizing::new(self.text.get(range.end..).unwrap_or_default().to_owned());
        self.text.zeroize();
        self.text.push_str(&before);
        self.text.push_str(&after);
    }

    fn line_start(&self) -> usize {
        start_of_line(&self.text, self.cursor)
    }

    fn line_end(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        after.find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn left(&self) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + after.graphemes(true).next().map_or(0, str::len)
    }

    fn word(&self) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        before.trim_end().rfind(char::is_whitespace).map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        })
    }
}

/// Where the line begins that a place is in.
fn start_of_line(text: &str, place: usize) -> usize {
    text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

impl fmt::Debug for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextField(..)")
    }
}
