//! QR codes over the whole screen but its first line: every row counts. Words stand beside them.

use super::canvas::Canvas;
use super::form::{self, Row};
use super::theme::Role;
use crate::app::layout::{CODE_WORDS, Pane, beside_words};
use crate::app::{LeftOut, Model, Open, Page, PagesShown, QrShown, Tone};
use crate::device::{Device, DeviceId};
use crate::explain::notices;
use crate::qr::{Ink, Matrix, Shade, cells};
use std::time::Duration;

/// A device's code.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Open, shown: &QrShown) {
    let mut words = vec![Row::Text(label(open, shown.id), Role::Strong), Row::Blank];
    let pane = clear(canvas);
    let mut x = 0;
    match shown.code.as_ref().map(|code| draw_code(canvas, pane, code)) {
        Some(Ok(end)) => {
            x = end;
            words.push(Row::Text(notices::SCAN_IT.to_owned(), Role::Text));
        }
        Some(Err((columns, rows))) => {
            words.push(Row::Text(notices::qr_too_large(columns, rows), Role::Warning));
        }
        None => words.push(Row::Text(notices::NO_QR.to_owned(), Role::Error)),
    }
    words.extend([Row::Blank, gone_in(model, shown.until)]);
    draw_words(canvas, pane, x, words, 0);
}

/// A page of a group's codes.
pub(super) fn draw_page(canvas: &mut Canvas<'_>, model: &Model, open: &Open, shown: &PagesShown) {
    let mut words = vec![Row::Text(shown.name.clone(), Role::Strong)];
    let pane = clear(canvas);
    let mut x = 0;
    match shown.page() {
        Page::Code { number, devices } => {
            words.extend([Row::Text(notices::page(number, shown.codes()), Role::Text), Row::Blank]);
            match shown.code().map(|code| draw_code(canvas, pane, code)) {
                Some(Ok(end)) => {
                    x = end;
                    words.push(Row::Text(notices::SCAN_PAGE.to_owned(), Role::Text));
                }
                Some(Err((columns, rows))) => {
                    words.push(Row::Text(notices::page_too_large(columns, rows), Role::Warning));
                }
                None => words.push(Row::Text(notices::NO_QR.to_owned(), Role::Error)),
            }
            words.extend([gone_in(model, shown.until), Row::Blank, Row::Aside(notices::ON_PAGE.to_owned())]);
            words.extend(devices.iter().map(|id| Row::Text(label(open, *id), Role::Text)));
            if shown.left_out() > 0 {
                words.extend([Row::Blank, Row::Aside(notices::on_no_page(shown.left_out()))]);
            }
        }
        Page::LeftOut(devices) => {
            words.extend([gone_in(model, shown.until), Row::Blank, Row::Aside(notices::LEFT_OUT.to_owned())]);
            words.extend(
                devices.iter().map(|(id, why)| {
                    Row::Text(notices::left_out(&label(open, *id), &reason(*why)), Role::Text)
                }),
            );
        }
    }
    draw_words(canvas, pane, x, words, shown.top);
}

fn reason(why: LeftOut) -> String {
    match why {
        LeftOut::Misfit(misfit) => notices::misfit(misfit),
        LeftOut::TooLong => notices::NAMES_TOO_LONG.to_owned(),
    }
}

fn label(open: &Open, id: DeviceId) -> String {
    open.vault.get(id).map(Device::label).unwrap_or_default()
}

fn gone_in(model: &Model, until: Duration) -> Row<()> {
    Row::Marked(Tone::Warning, notices::gone_in(until.saturating_sub(model.moment.uptime).as_secs()))
}

/// All but the first line, emptied.
fn clear(canvas: &mut Canvas<'_>) -> Pane {
    let (columns, rows) = canvas.size();
    let pane = Pane { x: 0, y: 1, width: columns, height: rows.saturating_sub(1) };
    canvas.clear(pane);
    pane
}

fn draw_words(canvas: &mut Canvas<'_>, pane: Pane, x: u16, words: Vec<Row<()>>, top: usize) {
    let beside = Pane { x, width: pane.width.saturating_sub(x), ..pane };
    form::draw_text_from(canvas, beside, words, top);
}

/// Draws a code from the pane's corner on, and says the first column beside it; or the size of a screen that it fits.
fn draw_code(canvas: &mut Canvas<'_>, pane: Pane, code: &Matrix) -> Result<u16, (usize, usize)> {
    let ink = Ink::new(canvas.theme.colour(), canvas.theme.unicode());
    let (columns, lines) = beside_words(canvas.size());
    if let Some(quiet) = ink.quiet_zone_within(code, columns, lines) {
        return Ok(draw_cells(canvas, pane, &cells(code, quiet, ink)));
    }
    let (wide, high) = ink.cells(code, 1);
    Err((wide + CODE_WORDS, high + 1))
}

/// Draws the cells from the pane's corner on; the first column beside them.
fn draw_cells(canvas: &mut Canvas<'_>, pane: Pane, lines: &[Vec<(&'static str, Shade)>]) -> u16 {
    let mut end = 0;
    for (line, y) in lines.iter().zip(pane.y..pane.y.saturating_add(pane.height)) {
        let mut x = pane.x;
        for (symbol, shade) in line {
            x += canvas.module(x, y, symbol, *shade);
        }
        end = end.max(x);
    }
    end
}
