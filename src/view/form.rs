//! Rows of a form or a text, in a pane: what does not fit is scrolled to where the focus is.

use super::canvas::{Canvas, cells_of};
use super::field;
use super::theme::Role;
use crate::app::Form;
use crate::app::layout::Pane;
use ratatui::layout::Position;

/// A row of a dialog.
pub(super) enum Row<Id> {
    /// Room, as long as there is enough.
    Blank,
    /// Words, from the left edge.
    Text(String, Role),
    /// Words of several roles.
    Parts(Vec<(String, Role)>),
    /// A field of the form.
    Field(Id),
    /// A remark under a field; an empty one keeps its place while there is room.
    Remark(String, Role),
}

/// How fields are drawn.
pub(super) struct Look {
    /// Cells of a field, at most.
    pub(super) field: u16,
    /// Whether the fields wait for something, so that no cursor is shown.
    pub(super) waiting: bool,
}

/// Draws the rows; where the cursor is.
pub(super) fn draw<F: Form>(
    canvas: &mut Canvas<'_>,
    pane: Pane,
    form: &F,
    rows: Vec<Row<F::Id>>,
    look: &Look,
    masked: impl Fn(F::Id) -> bool,
) -> Option<Position> {
    let labels = form.shown().into_iter().map(|id| cells_of(form.label(id))).max().unwrap_or(0);
    let rows = fit(rows, pane.height);
    let focus = rows.iter().position(|row| matches!(row, Row::Field(id) if *id == form.focus()));
    // The row under the focused field is seen too: it may say what is wrong.
    let top = focus.map_or(0, |at| (at + 2).saturating_sub(pane.height.into()));
    let x = pane.x + 2 + labels + 2;
    let mut cursor = None;
    for (row, y) in rows.iter().skip(top).zip(pane.y..pane.y.saturating_add(pane.height)) {
        match row {
            Row::Blank => {}
            Row::Text(words, role) => {
                canvas.put(pane.x + 1, y, pane.width.saturating_sub(2), words, *role);
            }
            Row::Parts(parts) => {
                canvas.put_parts(pane.x + 1, y, pane.width.saturating_sub(2), parts);
            }
            Row::Remark(words, role) => {
                canvas.put(x, y, (pane.x + pane.width).saturating_sub(x + 1), words, *role);
            }
            Row::Field(id) => {
                let focused = *id == form.focus() && !look.waiting;
                if focused {
                    let sign = canvas.theme.signs().selected;
                    canvas.sign(pane.x, y, sign, Role::Accent);
                }
                let role = if focused { Role::Strong } else { Role::Dim };
                canvas.put(pane.x + 2, y, labels, form.label(*id), role);
                let cells = look.field.min((pane.x + pane.width).saturating_sub(x + 1));
                let at = field::draw(canvas, (x, y), cells, form.field(*id), masked(*id), focused);
                if focused {
                    cursor = Some(at);
                }
            }
        }
    }
    cursor
}

/// Rows that carry nothing go first where there are too many: from the last up.
fn fit<Id>(mut rows: Vec<Row<Id>>, height: u16) -> Vec<Row<Id>> {
    let is_empty = |row: &Row<Id>| match row {
        Row::Blank => true,
        Row::Text(words, _) | Row::Remark(words, _) => words.is_empty(),
        Row::Parts(_) | Row::Field(_) => false,
    };
    while rows.len() > usize::from(height) {
        match rows.iter().rposition(is_empty) {
            Some(at) => {
                rows.remove(at);
            }
            None => break,
        }
    }
    rows
}

/// Draws rows that hold no field.
pub(super) fn draw_text(canvas: &mut Canvas<'_>, pane: Pane, rows: Vec<Row<()>>, top: usize) {
    let rows = fit(rows, pane.height);
    for (row, y) in rows.iter().skip(top).zip(pane.y..pane.y.saturating_add(pane.height)) {
        let cells = pane.width.saturating_sub(2);
        match row {
            Row::Text(words, role) | Row::Remark(words, role) => {
                canvas.put(pane.x + 1, y, cells, words, *role);
            }
            Row::Parts(parts) => {
                canvas.put_parts(pane.x + 1, y, cells, parts);
            }
            Row::Blank | Row::Field(()) => {}
        }
    }
}

/// Draws a dialog's frame over the body, where there is room for one; what is inside.
pub(super) fn open(canvas: &mut Canvas<'_>, pane: Pane, framed: bool, title: &str) -> Pane {
    if framed {
        canvas.frame(pane, title, Role::Dim);
        let inner = pane.inside(true);
        // A little air above, where there is room for it.
        let air = u16::from(inner.height > 14);
        return Pane {
            x: inner.x + 1,
            y: inner.y + air,
            width: inner.width.saturating_sub(2),
            height: inner.height - air,
        };
    }
    canvas.clear(pane);
    canvas.put(pane.x + 1, pane.y, pane.width.saturating_sub(2), title, Role::Strong);
    Pane { y: pane.y + 1, height: pane.height.saturating_sub(1), ..pane }
}
