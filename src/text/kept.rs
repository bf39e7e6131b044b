//! Which parts of a text are kept where it has to be cut.

use super::width::{fitting, width};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Which bytes of a text are shown: two parts, with `…` for what is left out before, between and after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The first part.
    pub head: Range<usize>,
    /// What follows it; empty where nothing does.
    pub tail: Range<usize>,
}

impl Kept {
    /// The text cut to so many cells at most, so that a part of it stays in sight: cut in its middle where
    /// that does; else at its end; else at both. Of a part that is too long itself the end is kept.
    pub fn of(text: &str, cells: usize, part: Range<usize>) -> Self {
        let end = text.len()..text.len();
        if width(text) <= cells {
            return Self { head: 0..text.len(), tail: end };
        }
        let Some(room) = cells.checked_sub(1) else { return Self { head: 0..0, tail: 0..0 } };
        let (head, tail) = (from_start(text, room.div_ceil(2)), text.len() - from_end(text, room / 2));
        if part.end <= head || part.start >= tail {
            return Self { head: 0..head, tail: tail..text.len() };
        }
        let head = from_start(text, room);
        if part.end <= head {
            return Self { head: 0..head, tail: end };
        }
        let start = text.len() - from_end(text, room);
        if part.start >= start {
            return Self { head: 0..0, tail: start..text.len() };
        }
        let Some(room) = room.checked_sub(1).filter(|room| *room > 0) else {
            return Self { head: 0..0, tail: end };
        };
        let (before, after) =
            (text.get(..part.end).unwrap_or_default(), text.get(part.start..).unwrap_or_default());
        let forward = part.start..part.start + from_start(after, room);
        let head =
            if part.end <= forward.end { forward } else { part.end - from_end(before, room)..part.end };
        Self { head, tail: end }
    }

    /// Whether something is left out between the two parts, or after the first one.
    pub fn is_cut(&self) -> bool {
        self.head.end < self.tail.start
    }
}

fn from_start(text: &str, cells: usize) -> usize {
    fitting(text.graphemes(true), cells)
}

fn from_end(text: &str, cells: usize) -> usize {
    fitting(text.graphemes(true).rev(), cells)
}
