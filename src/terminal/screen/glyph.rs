//! A cell as the terminal gets to see it.

use super::pen::Pen;
use ratatui::buffer::Cell;
use unicode_width::UnicodeWidthStr;

/// A cell's text, how wide that is, and its style, reduced to what can be seen: two cells that look the same are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    pub text: &'a str,
    pub width: u16,
    pub pen: Pen,
}

impl<'a> Glyph<'a> {
    /// What a cell shows that has `room` columns up to the end of its row.
    pub(super) fn of(cell: &'a Cell, room: u16) -> Self {
        let pen = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        let text = cell.symbol();
        let width = u16::try_from(text.width()).unwrap_or(u16::MAX);
        match width {
            _ if text == " " => Self { text, width: 1, pen: pen.of_blank() },
            // The last wall before the terminal: no cell can send a control sequence.
            _ if text.chars().any(char::is_control) => Self { text: "?", width: 1, pen },
            0 => Self { text: " ", width: 1, pen: pen.of_blank() },
            _ if width > room => Self { text: " ", width: 1, pen: pen.of_blank() },
            _ => Self { text, width, pen },
        }
    }

    /// Whether erasing the cell looks the same as drawing it.
    pub(super) fn is_erased(&self) -> bool {
        self.is_blank() && self.pen == Pen::default()
    }

    /// Whether only its background can be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.text == " "
    }

    /// Whether every terminal agrees on its width: those disagree on emoji and on sequences of several characters.
    pub(super) fn is_plain(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(|letter| letter < '\u{1f000}') && letters.next().is_none()
    }
}
