//! How many cells a text takes on a terminal, and cutting it to that. For texts that are safe to
//! show: see [`super::safe`].

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Says that something was left out. One cell wide.
const ELLIPSIS: char = '…';

/// How many cells a text takes: that of its graphemes one by one, as they are put into cells.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text cut to so many cells at most, with `…` at the end where something was left out.
pub fn cut_end(text: &str, cells: usize) -> Cow<'_, str> {
    cut(text, cells, |room| room)
}

/// The text cut to so many cells at most, with `…` in the middle where something was left out:
/// for file names and addresses, whose ends say as much as their beginnings.
pub fn cut_middle(text: &str, cells: usize) -> Cow<'_, str> {
    cut(text, cells, |room| room.div_ceil(2))
}

/// Cuts; of the room beside the ellipsis, `head_of` tells how much is for the beginning.
fn cut(text: &str, cells: usize, head_of: impl Fn(usize) -> usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let head = fitting(text.graphemes(true), head_of(room));
    let tail = fitting(text.graphemes(true).rev(), room - head_of(room));
    let (head, _) = text.split_at_checked(head).unwrap_or_default();
    let (_, tail) = text.split_at_checked(text.len() - tail).unwrap_or_default();
    Cow::Owned(format!("{head}{ELLIPSIS}{tail}"))
}

/// How many bytes the graphemes have that fit in so many cells.
pub(super) fn fitting<'a>(graphemes: impl Iterator<Item = &'a str>, cells: usize) -> usize {
    let mut room = cells;
    let mut bytes = 0;
    for grapheme in graphemes {
        match room.checked_sub(width(grapheme)) {
            Some(rest) => room = rest,
            None => break,
        }
        bytes += grapheme.len();
    }
    bytes
}
