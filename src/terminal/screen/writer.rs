//! Bytes for the terminal, with an eye on where its cursor and its pen are.

use super::glyph::Glyph;
use super::pen::Pen;
use ratatui::layout::Size;
use zeroize::Zeroizing;

const SYNCHRONIZED_START: &[u8] = b"\x1b[?2026h";
const SYNCHRONIZED_END: &[u8] = b"\x1b[?2026l";

/// The frame that is being put together.
#[derive(Debug)]
pub(super) struct Writer {
    out: Zeroizing<Vec<u8>>,
    size: Size,
    /// Where the terminal's cursor is: column and row; none when that can't be said for certain.
    at: Option<(u16, u16)>,
    pen: Pen,
}

impl Writer {
    pub(super) fn new(size: Size) -> Self {
        Self { out: Zeroizing::default(), size, at: None, pen: Pen::default() }
    }

    /// Starts a frame. It trusts the pen of the frame before, but not the cursor: a message from the system
    /// in between moves that, and a frame that starts from a known place heals itself.
    pub(super) fn start(&mut self) {
        // What no frame has taken yet is empty; the first room is enough for most.
        self.out = Zeroizing::new(Vec::with_capacity(1024 - SYNCHRONIZED_START.len()));
        self.at = None;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The whole frame, announced as one (mode 2026) where it has over `limit` bytes.
    pub(super) fn finish(&mut self, limit: usize) -> Zeroizing<Vec<u8>> {
        let body = std::mem::take(&mut self.out);
        if body.len() <= limit {
            return body;
        }
        let mut frame = Zeroizing::new(Vec::with_capacity(
            body.len() + SYNCHRONIZED_START.len() + SYNCHRONIZED_END.len(),
        ));
        frame.extend_from_slice(SYNCHRONIZED_START);
        frame.extend_from_slice(&body);
        frame.extend_from_slice(SYNCHRONIZED_END);
        frame
    }

    /// Bytes that move neither cursor nor pen.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Makes everything certain: an empty screen, a hidden cursor at its top left, a plain pen.
    pub(super) fn clear(&mut self) {
        self.raw(b"\x1b[?25l\x1b[m\x1b[H\x1b[2J");
        self.at = Some((0, 0));
        self.pen = Pen::default();
    }

    /// What it takes to write `glyph` with the pen as it is now, where its style allows for that.
    pub(super) fn fits(&self, glyph: &Glyph<'_>) -> bool {
        glyph.pen == self.pen || (glyph.is_blank() && self.pen.blanks_like(glyph.pen))
    }

    /// Writes a glyph where the cursor is, which was put at its column.
    pub(super) fn glyph(&mut self, glyph: &Glyph<'_>) {
        if !self.fits(glyph) {
            self.pen.change(glyph.pen, &mut self.out);
            self.pen = glyph.pen;
        }
        self.out.extend_from_slice(glyph.text.as_bytes());
        // In the last column terminals wait with the line break, each in its own way.
        self.at = self
            .at
            .map(|(x, y)| (x.saturating_add(glyph.width), y))
            .filter(|&(x, _)| x < self.size.width && glyph.is_plain());
    }

    /// Empties the row from the cursor on (EL).
    pub(super) fn erase_to_end(&mut self) {
        self.pen_for_erasing();
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Empties so many cells from the cursor on, which stays where it is (ECH, ECMA-48 §8.3.38).
    pub(super) fn erase(&mut self, cells: u16) {
        self.pen_for_erasing();
        self.out.extend_from_slice(format!("\x1b[{cells}X").as_bytes());
    }

    /// Terminals erase with the pen's background.
    fn pen_for_erasing(&mut self) {
        if !self.pen.blanks_like(Pen::default()) {
            self.pen.change(Pen::default(), &mut self.out);
            self.pen = Pen::default();
        }
    }

    /// The column of the cursor, if it is in this row.
    pub(super) fn column_in(&self, row: u16) -> Option<u16> {
        self.at.filter(|&(_, y)| y == row).map(|(x, _)| x)
    }

    /// Puts the cursor there, in the fewest bytes.
    pub(super) fn go(&mut self, x: u16, y: u16) {
        let step = self.step_to(x, y);
        self.out.extend_from_slice(&step);
        self.at = Some((x, y));
    }

    /// The fewest bytes that put the cursor there.
    pub(super) fn step_to(&self, x: u16, y: u16) -> Vec<u8> {
        let absolute = address(x, y);
        let Some((from_x, from_y)) = self.at else { return absolute };
        let mut relative = vertical(from_y, y);
        let mut returned = relative.clone();
        relative.extend(horizontal(from_x, x));
        returned.push(b'\r');
        returned.extend(horizontal(0, x));
        [relative, returned, absolute].into_iter().min_by_key(Vec::len).unwrap_or_default()
    }
}

/// CUP, counted from 1, which need not be said.
fn address(x: u16, y: u16) -> Vec<u8> {
    match (x, y) {
        (0, 0) => b"\x1b[H".to_vec(),
        (0, y) => format!("\x1b[{}H", y + 1).into_bytes(),
        (x, y) => format!("\x1b[{};{}H", y + 1, x + 1).into_bytes(),
    }
}

/// Up or down in the same column. Raw terminals take LF for just that, and never is it sent from the last row.
fn vertical(from: u16, to: u16) -> Vec<u8> {
    match (to.saturating_sub(from), from.saturating_sub(to)) {
        (0, up) => step(up, b'A'),
        (down @ 1..=3, _) => vec![b'\n'; down.into()],
        (down, _) => step(down, b'B'),
    }
}

fn horizontal(from: u16, to: u16) -> Vec<u8> {
    match (to.saturating_sub(from), from.saturating_sub(to)) {
        (0, left) => step(left, b'D'),
        (right, _) => step(right, b'C'),
    }
}

fn step(distance: u16, letter: u8) -> Vec<u8> {
    let letter = char::from(letter);
    match distance {
        0 => Vec::new(),
        1 => format!("\x1b[{letter}").into_bytes(),
        _ => format!("\x1b[{distance}{letter}").into_bytes(),
    }
}
