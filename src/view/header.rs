//! The first line: the vault, how many devices it holds, whether all is saved, and the common step.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::{Model, Screen};
use crate::explain::notices;
use crate::otp::Period;

/// From this many seconds on, a code is marked.
pub(super) const LAST_SECONDS: u64 = 5;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model) {
    let (width, _) = canvas.size();
    let remaining = Period::THIRTY.remaining_at(model.moment.now);
    let mut end = width.saturating_sub(1);
    let bar = bar_cells(width);
    if bar > 0 {
        end = draw_bar(canvas, end, bar, remaining);
    }
    let role = if remaining <= LAST_SECONDS { Role::Warning } else { Role::Text };
    end -= canvas.put_right(end, 0, 4, &format!("{remaining}s"), role).max(3);
    let gap = if width < 80 { 2 } else { 3 };
    for (words, role) in [state(model), devices(model)] {
        end = end.saturating_sub(gap);
        end -= canvas.put_right(end, 0, end, &words, role);
    }
    draw_name(canvas, model, end);
}

/// The program's name where there is room, and the vault's, up to this column.
pub(super) fn draw_name(canvas: &mut Canvas<'_>, model: &Model, end: u16) {
    let mut start = 1;
    if canvas.size().0 >= 70 {
        start += canvas.put(start, 0, 8, "keyfob", Role::Accent) + 2;
    }
    let room = end.saturating_sub(start + 2);
    canvas.put_middle(start, 0, room, &model.vault_shown, Role::Strong);
}

/// The bar has a cell for each second where there is room, else one for two seconds, else it is left out.
fn bar_cells(width: u16) -> u16 {
    match width {
        100.. => 30,
        72.. => 15,
        _ => 0,
    }
}

fn draw_bar(canvas: &mut Canvas<'_>, end: u16, cells: u16, remaining: u64) -> u16 {
    let [left, full, half, empty, right] = canvas.theme.signs().bar;
    let start = end.saturating_sub(cells + 2);
    canvas.sign(start, 0, left, Role::Dim);
    canvas.sign(end.saturating_sub(1), 0, right, Role::Dim);
    let halves = remaining * u64::from(cells) * 2 / 30;
    for cell in 0..cells {
        let sign = match halves.saturating_sub(u64::from(cell) * 2) {
            0 => empty,
            1 => half,
            _ => full,
        };
        // In the plain style: a second costs no change of colours on the wire.
        canvas.sign(start + 1 + cell, 0, sign, Role::Text);
    }
    start.saturating_sub(1)
}

fn devices(model: &Model) -> (String, Role) {
    let words = model.open().map(|open| notices::counted(open.vault.devices().len(), "device"));
    (words.unwrap_or_default(), Role::Text)
}

fn state(model: &Model) -> (String, Role) {
    let (words, role) = match &model.screen {
        Screen::FirstRun(_) => (notices::NO_VAULT_STATE, Role::Dim),
        Screen::Locked(_) if model.keeps_changes() => (notices::NOT_SAVED, Role::Error),
        Screen::Locked(_) => (notices::LOCKED_STATE, Role::Dim),
        Screen::Open(open) if open.unsaved.is_some() => (notices::NOT_SAVED, Role::Error),
        Screen::Open(open) if open.saving > 0 => (notices::SAVING, Role::Warning),
        Screen::Open(_) if model.read_only => (notices::READ_ONLY_STATE, Role::Dim),
        Screen::Open(_) if model.demo => (notices::DEMO_STATE, Role::Dim),
        Screen::Open(_) => (notices::SAVED, Role::Good),
    };
    (words.to_owned(), role)
}
