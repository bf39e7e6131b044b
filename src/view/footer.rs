//! The last lines: what is not saved, the notice or what is being found, and the keys that work here.

use super::canvas::{Canvas, cells_of};
use super::field;
use super::theme::Role;
use crate::app::keymap::{Action, Binding, Context};
use crate::app::{Dialog, Find, Model, Open, TextField, Tone};
use crate::explain::notices;
use ratatui::layout::Position;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model) -> Option<Position> {
    let layout = model.layout_for(canvas.size());
    if let (Some(row), Some(unsaved)) =
        (layout.alarm_row, model.open().and_then(|open| open.unsaved.as_ref()))
    {
        let words =
            notices::not_saved(unsaved.changes.len(), &unsaved.why, model.key_name(Action::Retry).as_deref());
        draw_marked(canvas, row, Tone::Error, &words);
    }
    draw_keys(canvas, model, layout.keys_row);
    if let Some((text, found)) = model.open().and_then(finding) {
        return Some(draw_find(canvas, layout.notice_row, text, found));
    }
    if let Some(notice) = &model.notice {
        draw_marked(canvas, layout.notice_row, notice.tone, &notice.text);
    }
    None
}

fn draw_marked(canvas: &mut Canvas<'_>, row: u16, tone: Tone, words: &str) {
    let (width, _) = canvas.size();
    let (mark, role) = canvas.theme.mark(tone);
    canvas.sign(1, row, mark, role);
    let role = if tone == Tone::Error { Role::Error } else { Role::Text };
    canvas.put(3, row, width.saturating_sub(4), words, role);
}

/// What is being found, and how many fit of how many there are.
fn finding(open: &Open) -> Option<(&TextField, (usize, usize))> {
    match (&open.dialog, &open.list.find) {
        (None, Find::Typing(text)) => Some((text, (open.list.found(), open.vault.devices().len()))),
        (Some(Dialog::Import(form)), _) if form.is_finding() => match form.table.find() {
            Find::Typing(text) => Some((text, (form.table.shown_count(), form.table.rows().len()))),
            _ => None,
        },
        _ => None,
    }
}

fn draw_find(
    canvas: &mut Canvas<'_>,
    row: u16,
    text: &TextField,
    (fitting, all): (usize, usize),
) -> Position {
    let (width, _) = canvas.size();
    let end = width.saturating_sub(2);
    let used = canvas.put_right(end, row, 20, &format!("{fitting} of {all}"), Role::Dim);
    canvas.put(1, row, 1, "/", Role::Accent);
    let room = end.saturating_sub(used + 5);
    field::draw_text(canvas, 3, row, room, text)
}

/// The contexts whose keys work now: those of the help where it is open.
fn contexts(model: &Model) -> &'static [Context] {
    if model.help.is_some() { &[Context::Told] } else { model.contexts() }
}

/// The keys that have a word, as many as fit; help and quitting stand apart at the right.
fn draw_keys(canvas: &mut Canvas<'_>, model: &Model, row: u16) {
    let facts = model.facts();
    let (width, _) = canvas.size();
    let rows = contexts(model).iter().flat_map(|context| model.keys.rows(*context));
    let works = |row: &&Binding| !row.short.is_empty() && !row.keys.is_empty() && row.works(facts);
    let mut shown: Vec<&Binding> = Vec::new();
    for row in rows.filter(works) {
        // What a key means in the first context that knows it is what it means.
        if !shown.iter().any(|other| other.keys.first() == row.keys.first()) {
            shown.push(row);
        }
    }
    let gap = if width < 90 { 2 } else { 3 };
    let at_end = |row: &&&Binding| matches!(row.action, Action::Quit | Action::Help);
    let mut end = width.saturating_sub(1);
    for binding in shown.iter().rev().filter(at_end) {
        let start = end.saturating_sub(key_cells(canvas, binding));
        draw_key(canvas, start, row, binding);
        end = start.saturating_sub(gap);
    }
    let mut start = 1;
    for binding in shown.iter().filter(|row| !at_end(row)) {
        let cells = key_cells(canvas, binding);
        if start + cells > end {
            break;
        }
        draw_key(canvas, start, row, binding);
        start += cells + gap;
    }
}

fn key_name(canvas: &Canvas<'_>, binding: &Binding) -> String {
    binding.keys.first().map(|key| key.shown(canvas.theme.unicode())).unwrap_or_default()
}

fn key_cells(canvas: &Canvas<'_>, binding: &Binding) -> u16 {
    cells_of(&key_name(canvas, binding)) + 1 + cells_of(binding.short)
}

fn draw_key(canvas: &mut Canvas<'_>, x: u16, row: u16, binding: &Binding) {
    let name = key_name(canvas, binding);
    let used = canvas.put(x, row, 20, &name, Role::Accent);
    canvas.put(x + used + 1, row, 20, binding.short, Role::Dim);
}
