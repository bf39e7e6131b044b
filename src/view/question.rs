//! A question over the body: it is answered before anything else.

use super::canvas::{Canvas, cells_of};
use super::theme::Role;
use crate::app::Question;
use crate::app::layout::{ACCOUNT_FROM, Pane};
use crate::text;

/// Beside the words: the frame, and two cells of air on each side.
const AROUND: u16 = 6;

pub(super) fn draw(canvas: &mut Canvas<'_>, body: Pane, question: &Question) {
    let words = cells_of(&question.asks).max(cells_of(&question.hint)).saturating_add(AROUND);
    // Where little is left beside it nothing is, or the last digits of codes would look like codes.
    let narrow = body.width < ACCOUNT_FROM;
    let width = if narrow { body.width } else { words.clamp(34, 72).min(body.width - 4) };
    let cells = width.saturating_sub(AROUND);
    let asks = text::wrap(&text::safe(&question.asks), cells.into());
    let hint = text::wrap(&question.hint, cells.into());
    let rows = u16::try_from(asks.len() + hint.len()).unwrap_or(u16::MAX);
    // The answers have a row, and one of air over it where there is room.
    let height = rows.saturating_add(4).min(body.height);
    let pane =
        Pane { x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 2, width, height };
    canvas.clear(Pane { x: pane.x.saturating_sub(1), width: width.saturating_add(2), ..pane });
    canvas.frame(pane, "", Role::Accent);
    let inner = pane.inside(true);
    let x = inner.x + 2;
    let answers = inner.y + inner.height.saturating_sub(1);
    let lines =
        asks.iter().map(|line| (line, Role::Strong)).chain(hint.iter().map(|line| (line, Role::Text)));
    for ((line, role), y) in lines.zip(inner.y..answers) {
        canvas.put_middle(x, y, cells, line, role);
    }
    let parts = [("y", Role::Accent), (" yes     ", Role::Dim), ("n", Role::Accent), (" no", Role::Dim)];
    canvas.put_parts(x, answers, cells, &parts.map(|(words, role)| (words.to_owned(), role)));
}
