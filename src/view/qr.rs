//! A device's QR code over the whole screen but its first line: every row counts.

use super::canvas::Canvas;
use super::form::{self, Row};
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{Model, Open, QrShown, Tone};
use crate::device::Device;
use crate::explain::notices;
use crate::qr::{Ink, Shade, cells};

/// The fewest columns for words beside a code.
const WORDS: usize = 16;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Open, shown: &QrShown) {
    let (columns, rows) = canvas.size();
    let pane = Pane { x: 0, y: 1, width: columns, height: rows.saturating_sub(1) };
    canvas.clear(pane);
    let label = open.vault.get(shown.id).map(Device::label).unwrap_or_default();
    let left = shown.until.saturating_sub(model.moment.uptime).as_secs();
    let mut words = vec![Row::Text(label, Role::Strong), Row::Blank];
    let x = match &shown.code {
        None => {
            words.push(Row::Text(notices::NO_QR.to_owned(), Role::Error));
            0
        }
        Some(code) => {
            let ink = Ink::new(canvas.theme.colour(), canvas.theme.unicode());
            let room = (usize::from(columns).saturating_sub(WORDS), usize::from(pane.height));
            if let Some(quiet) = ink.quiet_zone_within(code, room.0, room.1) {
                words.push(Row::Text(notices::SCAN_IT.to_owned(), Role::Text));
                draw_code(canvas, pane, &cells(code, quiet, ink))
            } else {
                let (wide, high) = ink.cells(code, 1);
                words.push(Row::Text(notices::qr_too_large(wide + WORDS, high + 1), Role::Warning));
                0
            }
        }
    };
    words.extend([Row::Blank, Row::Marked(Tone::Warning, notices::gone_in(left))]);
    let beside = Pane { x, width: columns.saturating_sub(x), ..pane };
    form::draw_text_from(canvas, beside, words, 0);
}

/// Draws the cells from the pane's corner on; the first column beside them.
fn draw_code(canvas: &mut Canvas<'_>, pane: Pane, lines: &[Vec<(&'static str, Shade)>]) -> u16 {
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
