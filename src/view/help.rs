//! The help over the body.

use super::canvas::Canvas;
use super::form;
use super::theme::Role;
use crate::app::{HelpRow, Model};
use crate::explain::notices;

/// Before keys, under their topic.
const HELP_MARGIN: u16 = 2;

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, top: usize) {
    let layout = model.layout_for(canvas.size());
    let inner = form::open(canvas, layout.body, layout.framed, notices::HELP_TITLE);
    let page = model.help_page(inner);
    let height = usize::from(inner.height);
    let top = top.min(page.rows().saturating_sub(height));
    for (at, column) in page.columns.iter().enumerate() {
        let x = inner.x.saturating_add(cells(page.start_of(at)));
        for (row, y) in column.iter().skip(top).take(height).zip(inner.y..) {
            draw_row(canvas, row, x, y, (cells(page.indent), cells(page.column)));
        }
    }
    let below = page.rows().saturating_sub(top + height);
    if below > 0 {
        let body = layout.body;
        let row = if layout.framed { body.y + body.height.saturating_sub(1) } else { body.y };
        let words = format!(" {} ", notices::more_below(below));
        canvas.put_right((body.x + body.width).saturating_sub(2), row, 12, &words, Role::Dim);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, row: &HelpRow, x: u16, y: u16, (indent, column): (u16, u16)) {
    if let Some(topic) = row.topic {
        canvas.put(x + 1, y, column, topic, Role::Strong);
        return;
    }
    canvas.put(x + HELP_MARGIN, y, indent.saturating_sub(HELP_MARGIN), &row.keys, Role::Accent);
    canvas.put(x + indent, y, column.saturating_sub(indent), &row.help, Role::Text);
}

fn cells(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
