//! A field: its label, what stands in it, and the cursor.

use super::canvas::{Canvas, cells_of};
use super::theme::Role;
use crate::app::TextField;
use crate::text;
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

/// Draws `[ text ]` in so many cells, and after the cursor what could be added; where the cursor is.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    (x, y): (u16, u16),
    cells: u16,
    field: &TextField,
    ghost: &str,
    masked: bool,
    focused: bool,
) -> Position {
    let role = if focused { Role::Accent } else { Role::Dim };
    canvas.put(x, y, 1, "[", role);
    canvas.put(x + cells.saturating_sub(1), y, 1, "]", role);
    let room = cells.saturating_sub(4);
    let cursor = draw_text(canvas, x + 2, y, room, field, masked, focused);
    if focused && !ghost.is_empty() {
        let used = cursor.x.saturating_sub(canvas.position(x + 2, y).x);
        canvas.put(x + 2 + used, y, room.saturating_sub(used), ghost, Role::Dim);
    }
    cursor
}

/// Draws the part of a text around the cursor; where the cursor is.
pub(super) fn draw_text(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    cells: u16,
    field: &TextField,
    masked: bool,
    focused: bool,
) -> Position {
    let dot = canvas.theme.signs().dot;
    let (shown, cursor) = window(field, cells, masked.then_some(dot), focused);
    if masked {
        canvas.sign(x, y, &shown, Role::Text);
    } else {
        canvas.put(x, y, cells, &shown, Role::Text);
    }
    canvas.position(x + cursor, y)
}

/// The graphemes that fit, the cursor among them, and how many cells it is from the first.
fn window(field: &TextField, cells: u16, dot: Option<&str>, focused: bool) -> (String, u16) {
    let mut parts: Vec<(String, u16)> = Vec::new();
    let mut cursor = None;
    for (at, grapheme) in field.text().grapheme_indices(true) {
        if at >= field.cursor() && cursor.is_none() {
            cursor = Some(parts.len());
        }
        let shown = dot.map_or_else(|| text::safe(grapheme).into_owned(), str::to_owned);
        let width = cells_of(&shown);
        parts.push((shown, width));
    }
    let cursor = if focused { cursor.unwrap_or(parts.len()) } else { 0 };
    let mut before: u16 = parts.iter().take(cursor).map(|(_, width)| *width).fold(0, u16::saturating_add);
    let mut skipped = 0;
    for (_, width) in parts.iter().take(cursor) {
        if before < cells {
            break;
        }
        before = before.saturating_sub(*width);
        skipped += 1;
    }
    let mut room = cells;
    let fits = |(_, width): &&(String, u16)| match room.checked_sub(*width) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    let shown = parts.iter().skip(skipped).take_while(fits).map(|(shown, _)| shown.as_str()).collect();
    (shown, before)
}
