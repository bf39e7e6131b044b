//! A field: its label, what stands in it, and the cursor.

use super::canvas::{Canvas, cells_of};
use super::theme::Role;
use crate::app::TextField;
use crate::text;
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

/// Draws `[ text ]` in so many cells: a field of one line and what could be added after its cursor, or a line of
/// one with several; where the cursor is, if it is there.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    (x, y): (u16, u16),
    cells: u16,
    field: &TextField,
    (line, ghost): (usize, &str),
    masked: bool,
    focused: bool,
) -> Option<Position> {
    let role = if focused { Role::Accent } else { Role::Dim };
    canvas.put(x, y, 1, "[", role);
    canvas.put(x + cells.saturating_sub(1), y, 1, "]", role);
    let here = focused && (!field.has_lines() || field.cursor_line() == line);
    let part = if field.has_lines() {
        let text = field.text().split('\n').nth(line).unwrap_or_default();
        Part { text, cursor: here.then(|| field.cursor_in_line()), masked }
    } else {
        Part { text: field.text(), cursor: here.then(|| field.cursor()), masked }
    };
    let at = draw_part(canvas, x + 2, y, cells.saturating_sub(4), &part);
    if here && !ghost.is_empty() {
        let used = at.x.saturating_sub(canvas.position(x + 2, y).x);
        canvas.put(x + 2 + used, y, cells.saturating_sub(4 + used), ghost, Role::Dim);
    }
    here.then_some(at)
}

/// Draws the part of a line around the cursor, without brackets; where the cursor is.
pub(super) fn draw_text(canvas: &mut Canvas<'_>, x: u16, y: u16, cells: u16, field: &TextField) -> Position {
    let part = Part { text: field.text(), cursor: Some(field.cursor()), masked: false };
    draw_part(canvas, x, y, cells, &part)
}

/// What is drawn of a field.
struct Part<'a> {
    text: &'a str,
    /// Where the cursor is, in bytes, if it is here.
    cursor: Option<usize>,
    masked: bool,
}

fn draw_part(canvas: &mut Canvas<'_>, x: u16, y: u16, cells: u16, part: &Part<'_>) -> Position {
    let dot = canvas.theme.signs().dot;
    let (shown, cursor) = window(part, cells, dot);
    if part.masked {
        canvas.sign(x, y, &shown, Role::Text);
    } else {
        canvas.put(x, y, cells, &shown, Role::Text);
    }
    canvas.position(x + cursor, y)
}

/// The graphemes that fit, the cursor among them, and how many cells it is from the first.
fn window(part: &Part<'_>, cells: u16, dot: &str) -> (String, u16) {
    let mut parts: Vec<(String, u16)> = Vec::new();
    let mut cursor = None;
    for (at, grapheme) in part.text.grapheme_indices(true) {
        if part.cursor.is_some_and(|place| at >= place) && cursor.is_none() {
            cursor = Some(parts.len());
        }
        let shown = if part.masked { dot.to_owned() } else { text::safe(grapheme).into_owned() };
        let width = cells_of(&shown);
        parts.push((shown, width));
    }
    let cursor = if part.cursor.is_some() { cursor.unwrap_or(parts.len()) } else { 0 };
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
