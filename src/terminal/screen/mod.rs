//! What is on the terminal, and the fewest bytes that change it.
//!
//! [`Screen`] keeps two buffers: what the terminal shows, and what it shall show next. A frame is the
//! difference, as bytes for one write; where nothing differs there are none. Over SSH each write is a packet,
//! and an idle screen with a countdown is all that most connections carry.

mod diff;
mod glyph;
mod pen;
mod writer;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use writer::Writer;
use zeroize::Zeroizing;

/// Frames up to this size, an arrow key's among them, are one write and arrive in one piece anyway: announcing them
/// (mode 2026) would cost more than it spares.
const SYNCHRONIZED_OVER: usize = 256;

/// What is on the terminal.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Whether `shown` is what the terminal shows.
    known: bool,
    /// Where the visible cursor is, if one is.
    cursor: Option<Position>,
    writer: Writer,
}

impl Screen {
    /// A screen of this size on which nothing was drawn yet, with the cursor hidden.
    pub fn new(size: Size) -> Self {
        let area = Rect::from(size);
        Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            known: false,
            cursor: None,
            writer: Writer::new(size),
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> Size {
        self.next.area.as_size()
    }

    /// The terminal has another size now; what it shows is unknown.
    pub fn resize(&mut self, size: Size) {
        self.wipe();
        self.shown.resize(Rect::from(size));
        self.next.resize(Rect::from(size));
        self.writer = Writer::new(size);
    }

    /// The next frame draws everything anew, the cursor's visibility too.
    pub fn forget(&mut self) {
        self.known = false;
        self.cursor = None;
    }

    /// Overwrites all that was drawn, in memory; the next frame draws everything anew.
    pub fn wipe(&mut self) {
        for cell in self.shown.content.iter_mut().chain(self.next.content.iter_mut()) {
            *cell = Cell::EMPTY;
        }
        self.forget();
    }

    /// Lets `paint` draw the next frame into an empty buffer and say where the cursor is to be seen.
    /// The answer is what to send to the terminal, empty when nothing changed.
    pub fn frame(&mut self, paint: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) -> Zeroizing<Vec<u8>> {
        self.next.reset();
        let area = self.next.area;
        let cursor = paint(area, &mut self.next).filter(|&at| area.contains(at));
        self.writer.start();
        if self.known && self.cursor.is_some() && cursor.is_none() {
            self.writer.raw(b"\x1b[?25l");
        }
        if !self.known {
            self.writer.clear();
            self.shown.reset();
            self.known = true;
        }
        diff::rows(&self.shown, &self.next, &mut self.writer);
        if let Some(at) = cursor {
            if self.cursor != cursor || !self.writer.is_empty() {
                self.writer.go(at.x, at.y);
            }
            if self.cursor.is_none() {
                self.writer.raw(b"\x1b[?25h");
            }
        }
        self.cursor = cursor;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.writer.finish(SYNCHRONIZED_OVER)
    }
}
