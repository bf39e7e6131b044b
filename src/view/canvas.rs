//! Cells to draw on: clipped, harmless, and ASCII where nothing else can be shown.

use super::theme::{Role, Theme};
use crate::app::layout::Pane;
use crate::qr::Shade;
use crate::text::{self, Kept};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Cells to draw on. Whatever lies outside is left out.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    pub(super) theme: Theme,
}

/// A text that is safe to show, and the characters of it that were found, by their places in order.
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) marks: &'a [u32],
}

impl<'a> Canvas<'a> {
    /// An empty canvas on this part of a buffer.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, theme: Theme) -> Self {
        let area = area.intersection(buffer.area);
        let mut canvas = Self { buffer, area, theme };
        canvas.clear(Pane { x: 0, y: 0, width: area.width, height: area.height });
        canvas
    }

    pub(super) fn size(&self) -> (u16, u16) {
        (self.area.width, self.area.height)
    }

    /// A place as the terminal counts it.
    pub(super) fn position(&self, x: u16, y: u16) -> Position {
        let (x, y) = (self.area.x.saturating_add(x), self.area.y.saturating_add(y));
        let (right, bottom) = (self.area.right().saturating_sub(1), self.area.bottom().saturating_sub(1));
        Position { x: x.min(right), y: y.min(bottom) }
    }

    /// Empties a pane.
    pub(super) fn clear(&mut self, pane: Pane) {
        for y in pane.y..pane.y.saturating_add(pane.height) {
            for x in pane.x..pane.x.saturating_add(pane.width) {
                self.cell(x, y, " ", Style::new());
            }
        }
    }

    /// Draws a text from here on, cut to so many cells; how many it took.
    pub(super) fn put(&mut self, x: u16, y: u16, cells: u16, raw: &str, role: Role) -> u16 {
        let shown = self.theme.fit(raw, cells.into());
        self.write(x, y, &shown, self.theme.style(role))
    }

    /// The same, cut in its middle.
    pub(super) fn put_middle(&mut self, x: u16, y: u16, cells: u16, raw: &str, role: Role) -> u16 {
        let shown = self.theme.fit_middle(raw, cells.into());
        self.write(x, y, &shown, self.theme.style(role))
    }

    /// Draws the parts of a safe text that are kept, those of its characters marked that were found; how many
    /// cells it took.
    pub(super) fn put_kept(&mut self, x: u16, y: u16, name: &Name<'_>, kept: &Kept, role: Role) -> u16 {
        let mut used = 0;
        let gap = self.theme.encode("…".into());
        let style = self.theme.style(role);
        if kept.head.start > 0 {
            used += self.write(x, y, &gap, style);
        }
        let mut gap = kept.is_cut().then_some(gap);
        for ((byte, grapheme), at) in name.text.grapheme_indices(true).zip(0u32..) {
            if kept.head.end <= byte
                && let Some(gap) = gap.take()
            {
                used += self.write(x + used, y, &gap, style);
            }
            if kept.head.contains(&byte) || kept.tail.contains(&byte) {
                let found = name.marks.binary_search(&at).is_ok();
                let style = if found { self.theme.found(role) } else { style };
                used += self.write(x + used, y, &self.theme.encode(grapheme.into()), style);
            }
        }
        used
    }

    /// Draws a text that ends before this column, cut to so many cells; how many it took.
    pub(super) fn put_right(&mut self, end: u16, y: u16, cells: u16, raw: &str, role: Role) -> u16 {
        let shown = self.theme.fit(raw, cells.into());
        let start = end.saturating_sub(cells_of(&shown));
        self.write(start, y, &shown, self.theme.style(role))
    }

    /// Draws texts one after the other; how many cells they took.
    pub(super) fn put_parts(&mut self, x: u16, y: u16, cells: u16, parts: &[(String, Role)]) -> u16 {
        let mut used = 0;
        for (raw, role) in parts {
            used += self.put(x + used, y, cells.saturating_sub(used), raw, *role);
        }
        used
    }

    /// Draws a sign of [`super::theme::Signs`], or a big digit's row, as it is.
    pub(super) fn sign(&mut self, x: u16, y: u16, sign: &str, role: Role) -> u16 {
        self.write(x, y, sign, self.theme.style(role))
    }

    /// Draws a module of a QR code, or a part of one: black on white whatever the theme; how many cells it took.
    pub(super) fn module(&mut self, x: u16, y: u16, symbols: &str, shade: Shade) -> u16 {
        self.write(x, y, symbols, Theme::shade(shade))
    }

    /// Draws a frame with a title, and empties what is inside.
    pub(super) fn frame(&mut self, pane: Pane, title: &str, role: Role) {
        self.clear(pane);
        let signs = self.theme.signs();
        let (right, bottom) = (pane.x + pane.width.saturating_sub(1), pane.y + pane.height.saturating_sub(1));
        for x in pane.x..=right {
            self.sign(x, pane.y, signs.horizontal, role);
            self.sign(x, bottom, signs.horizontal, role);
        }
        for y in pane.y..=bottom {
            self.sign(pane.x, y, signs.vertical, role);
            self.sign(right, y, signs.vertical, role);
        }
        let places = [(pane.x, pane.y), (right, pane.y), (pane.x, bottom), (right, bottom)];
        for (corner, (x, y)) in signs.corners.iter().zip(places) {
            self.sign(x, y, corner, role);
        }
        if !title.is_empty() {
            let title = self.theme.fit(title, pane.width.saturating_sub(6).into());
            self.put(pane.x + 2, pane.y, pane.width, &format!(" {title} "), Role::Strong);
        }
    }

    fn write(&mut self, x: u16, y: u16, shown: &str, style: Style) -> u16 {
        let mut used = 0;
        for grapheme in shown.graphemes(true) {
            let cells = cells_of(grapheme);
            if cells == 0 || x.saturating_add(used).saturating_add(cells) > self.area.width {
                continue;
            }
            self.cell(x + used, y, grapheme, style);
            for more in 1..cells {
                self.cell(x + used + more, y, " ", style);
            }
            used += cells;
        }
        used
    }

    fn cell(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if x >= self.area.width || y >= self.area.height {
            return;
        }
        let symbol = if self.theme.unicode() || symbol.is_ascii() { symbol } else { "?" };
        if let Some(cell) = self.buffer.cell_mut((self.area.x + x, self.area.y + y)) {
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

/// How many cells a text takes.
pub(super) fn cells_of(shown: &str) -> u16 {
    u16::try_from(text::width(shown)).unwrap_or(u16::MAX)
}
