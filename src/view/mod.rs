//! Draws the model: cells of ratatui, never a change.

mod aws;
mod canvas;
mod detail;
mod dialogs;
mod digits;
mod edit;
mod field;
mod footer;
mod form;
mod guarded;
mod header;
mod help;
mod import;
mod list;
mod palette;
mod qr;
mod question;
mod row;
mod theme;

use crate::app::layout;
use crate::app::{Dialog, Model, Open, Screen};
use crate::explain::notices;
use canvas::Canvas;
use dialogs::Place;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use theme::{Role, Theme};

/// Draws the whole screen into `buffer`, and says where the cursor is to be seen, if anywhere.
///
/// Only what is visible is worked out, whatever the vault holds. In an ordinary second nothing changes
/// but the digits of the countdown, a cell of its bar, and the seconds in the details.
pub fn draw(model: &Model, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, area, Theme::new(model.appearance, model.looks));
    let size = canvas.size();
    if layout::is_too_small(size) {
        let y = size.1.saturating_sub(1) / 2;
        canvas.put(0, y, size.0, notices::TOO_SMALL, Role::Text);
        canvas.put(0, y + 1, size.0, notices::TOO_SMALL_HINT, Role::Dim);
        return None;
    }
    if model.is_blank() {
        draw_blank(&mut canvas, model);
        return None;
    }
    header::draw(&mut canvas, model);
    let cursor = draw_body(&mut canvas, model);
    // A QR code needs every row there is; it says itself what keys do.
    let finding = if model.shows_qr() { None } else { footer::draw(&mut canvas, model) };
    if let Some(question) = &model.question {
        question::draw(&mut canvas, model.layout_for(size).body, question);
    }
    if let Some(top) = model.help {
        help::draw(&mut canvas, model, top);
    }
    if model.question.is_some() || model.help.is_some() {
        return None;
    }
    cursor.or(finding)
}

/// Nothing of the vault but its name, and nothing that moves.
fn draw_blank(canvas: &mut Canvas<'_>, model: &Model) {
    let (width, rows) = canvas.size();
    header::draw_name(canvas, model, width);
    let x = width.saturating_sub(canvas::cells_of(notices::BLANK)) / 2;
    canvas.put(x, rows / 2, width, notices::BLANK, Role::Dim);
}

fn draw_body(canvas: &mut Canvas<'_>, model: &Model) -> Option<Position> {
    let layout = model.layout_for(canvas.size());
    let place = Place { pane: layout.body, framed: layout.framed };
    match &model.screen {
        Screen::FirstRun(first) => dialogs::draw_first_run(canvas, model, place, first),
        Screen::Locked(unlock) => dialogs::draw_unlock(canvas, place, unlock),
        Screen::Open(open) => match &open.dialog {
            None => {
                draw_list(canvas, model, open);
                None
            }
            Some(dialog) => draw_dialog(canvas, model, open, place, dialog),
        },
    }
}

fn draw_list(canvas: &mut Canvas<'_>, model: &Model, open: &Open) {
    let layout = model.layout_for(canvas.size());
    if open.vault.devices().len() == 0 {
        return list::draw(canvas, model, open, layout.body);
    }
    if let Some(pane) = layout.list {
        list::draw(canvas, model, open, pane);
    }
    if let Some(pane) = layout.detail {
        detail::draw(canvas, model, open, pane);
    }
}

fn draw_dialog(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    dialog: &Dialog,
) -> Option<Position> {
    match dialog {
        Dialog::Add(add) => dialogs::draw_add(canvas, model, place, add),
        Dialog::Edit(edit) => edit::draw(canvas, model, open, place, edit),
        Dialog::Prove(prove) => guarded::draw_prove(canvas, model, open, place, prove),
        Dialog::Secret(shown) => {
            guarded::draw_secret(canvas, model, open, place, shown);
            None
        }
        Dialog::Qr(shown) => {
            qr::draw(canvas, model, open, shown);
            None
        }
        Dialog::Pages(shown) => {
            qr::draw_page(canvas, model, open, shown);
            None
        }
        Dialog::Check(check) => dialogs::draw_check(canvas, model, open, place, check),
        Dialog::Export(export) => dialogs::draw_export(canvas, place, export),
        Dialog::Aws(dialog) => aws::draw(canvas, model, open, place, dialog),
        Dialog::Import(files) => import::draw(canvas, place, files),
        Dialog::Palette(commands) => Some(palette::draw(canvas, place, commands)),
        Dialog::Made => {
            dialogs::draw_made(canvas, model, place);
            None
        }
    }
}
