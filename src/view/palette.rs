//! The palette: a field, and the commands that fit, each with its key.

use super::canvas::{Canvas, cells_of};
use super::dialogs::Place;
use super::field;
use super::form;
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{Found, Palette, keymap::Binding};
use crate::explain::notices;
use ratatui::layout::Position;

/// How wide it is at most: keys stay near what they do.
const WIDTH: u16 = 74;

pub(super) fn draw(canvas: &mut Canvas<'_>, place: Place, palette: &Palette) -> Position {
    let inner = form::open(canvas, place.pane, place.framed, notices::PALETTE_TITLE);
    let inner = Pane { width: inner.width.min(WIDTH), ..inner };
    canvas.put(inner.x + 1, inner.y, 1, ":", Role::Accent);
    let room = inner.width.saturating_sub(4);
    let cursor = field::draw_text(canvas, inner.x + 3, inner.y, room, &palette.field);
    // Between the field and the commands there is air, where there is room for it.
    let air = u16::from(inner.height > 8);
    let rows = Pane { y: inner.y + 1 + air, height: inner.height.saturating_sub(1 + air), ..inner };
    if palette.found().len() == 0 {
        canvas.put(rows.x + 3, rows.y, room, notices::NO_COMMAND, Role::Dim);
    }
    let top = (palette.cursor() + 1).saturating_sub(rows.height.into());
    let shown = palette.found().enumerate().skip(top).take(rows.height.into());
    for ((at, (command, found)), y) in shown.zip(rows.y..) {
        draw_command(canvas, Pane { y, ..rows }, command, found, at == palette.cursor());
    }
    cursor
}

fn draw_command(canvas: &mut Canvas<'_>, pane: Pane, command: &Binding, found: &Found, selected: bool) {
    if selected {
        let sign = canvas.theme.signs().selected;
        canvas.sign(pane.x + 1, pane.y, sign, Role::Accent);
    }
    let key = command.keys.first().map(|key| key.shown(canvas.theme.unicode())).unwrap_or_default();
    let end = (pane.x + pane.width).saturating_sub(1);
    canvas.put_right(end, pane.y, 12, &key, Role::Accent);
    let x = pane.x + 3;
    let room = end.saturating_sub(x + cells_of(&key) + 1);
    let plain = if selected { Role::Selection } else { Role::Text };
    canvas.put_parts(x, pane.y, room, &marked(command.help, &found.marks, plain));
}

/// A sentence in parts, those that were found marked.
fn marked(words: &str, marks: &[u32], plain: Role) -> Vec<(String, Role)> {
    let mut parts: Vec<(String, Role)> = Vec::new();
    for (at, letter) in (0u32..).zip(words.chars()) {
        let role = if marks.binary_search(&at).is_ok() { Role::Accent } else { plain };
        match parts.last_mut() {
            Some((part, same)) if *same == role => part.push(letter),
            _ => parts.push((letter.to_string(), role)),
        }
    }
    parts
}
