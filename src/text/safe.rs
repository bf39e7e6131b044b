//! Which characters can do harm, and the marks that stand for them.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Stands for what has no picture of its own.
const MARK: char = '\u{fffd}';
/// More combining marks than this on one character are a smear over the lines around it, not a script.
pub(super) const MAX_MARKS: usize = 2;
/// Asks for the coloured form of the emoji before it.
const EMOJI_FORM: char = '\u{fe0f}';
const JOINER: char = '\u{200d}';
/// Draws a key around the digit before it.
const KEYCAP: char = '\u{20e3}';

/// The text with every character that a terminal could act on, or that hides or reorders others,
/// replaced by a visible mark: control pictures for C0 and DEL, U+FFFD for the rest. Line ends and
/// tabs are among them: the result is one line.
///
/// Zero-width joiners and variation selectors stay where they shape an emoji, and only there.
/// Of the combining marks on one character the first two stay. A safe text comes back as it is.
pub fn safe(raw: &str) -> Cow<'_, str> {
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(raw);
    }
    let marked = mark(raw);
    if marked == raw { Cow::Borrowed(raw) } else { Cow::Owned(marked) }
}

/// The lines of a text, each made [`safe`]. A line ends at LF or CR LF; a CR alone ends none.
pub fn safe_lines(raw: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw.lines().map(safe)
}

fn mark(raw: &str) -> String {
    let mut marked = String::with_capacity(raw.len() + 8);
    let mut base = Base::None;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        let (shown, next) = base.take(character, characters.peek().copied());
        marked.extend(shown);
        base = next;
    }
    marked
}

/// What the next character would be put on top of.
#[derive(Clone, Copy)]
enum Base {
    /// Nothing of this text: a mark here would change what is on the screen before it.
    None,
    /// An emoji, or what can be shown as one.
    Emoji,
    /// An emoji whose form was asked for.
    FormedEmoji,
    /// A character with this many combining marks on it.
    Marked(usize),
    /// A character with too many, which was said by a mark once.
    Smeared,
}

impl Base {
    /// What is shown for a character on this base, and the base for the one after it.
    fn take(self, character: char, next: Option<char>) -> (Option<char>, Self) {
        match character {
            JOINER if self.is_emoji() && next.is_some_and(is_emoji) => (Some(JOINER), Self::Marked(0)),
            EMOJI_FORM if matches!(self, Self::Marked(0)) && next == Some(KEYCAP) => {
                (Some(EMOJI_FORM), Self::Marked(0))
            }
            EMOJI_FORM if matches!(self, Self::Emoji) => (Some(EMOJI_FORM), Self::FormedEmoji),
            _ if is_hidden(character) => (Some(mark_for(character)), Self::Marked(0)),
            _ if is_emoji(character) => (Some(character), Self::Emoji),
            _ if character.width() == Some(0) => self.combine(character),
            _ => (Some(character), Self::Marked(0)),
        }
    }

    fn combine(self, character: char) -> (Option<char>, Self) {
        match self {
            Self::None => (Some(MARK), Self::Marked(0)),
            Self::Emoji | Self::FormedEmoji => (Some(character), Self::Marked(1)),
            Self::Marked(count) if count < MAX_MARKS => (Some(character), Self::Marked(count + 1)),
            Self::Marked(_) => (Some(MARK), Self::Smeared),
            Self::Smeared => (None, Self::Smeared),
        }
    }

    fn is_emoji(self) -> bool {
        matches!(self, Self::Emoji | Self::FormedEmoji)
    }
}

fn mark_for(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(MARK),
        '\u{7f}' => '\u{2421}',
        _ => MARK,
    }
}

/// Arrows, symbols, dingbats and the emoji blocks.
fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{23ff}' | '\u{2460}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character is one that a terminal may act on, or that cannot be seen, or that changes
/// the order of others. (Those that shape an emoji are among them: what stands around them counts.)
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control() || is_format(character) || is_filler(character) || is_no_character(character)
}

/// Unicode's format characters that have no look of their own: bidi controls, zero-width ones,
/// line and paragraph separators, annotations, tags, variation selectors.
fn is_format(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{13430}'..='\u{13440}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Letters by category that show nothing: Hangul and Khmer fillers.
fn is_filler(character: char) -> bool {
    matches!(character, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
}

/// Private use, and what is no character: no two fonts agree what they look like.
fn is_no_character(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..)
        || u32::from(character) & 0xfffe == 0xfffe
}
