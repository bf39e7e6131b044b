//! The keys, printed from their table; and a question.

use super::canvas::{Canvas, cells_of};
use super::dialogs::Place;
use super::form;
use super::theme::Role;
use crate::app::keymap::{Action, Binding, Context};
use crate::app::layout::{ACCOUNT_FROM, Pane};
use crate::app::{Model, Open, Question};

/// A line of the help: keys and a sentence.
struct Line {
    keys: String,
    help: &'static str,
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, place: Place, top: usize) {
    let inner = form::open(canvas, place.pane, place.framed, "Keys");
    let lines = lines(model, canvas.theme.unicode());
    let height = usize::from(inner.height.max(1));
    let top = top.min(lines.len().saturating_sub(height));
    let keys = lines.iter().map(|line| cells_of(&line.keys)).max().unwrap_or(0).min(inner.width / 3);
    for (line, y) in lines.iter().skip(top).take(height).zip(inner.y..) {
        canvas.put(inner.x + 1, y, keys, &line.keys, Role::Accent);
        let x = inner.x + 1 + keys + 2;
        canvas.put(x, y, (inner.x + inner.width).saturating_sub(x), line.help, Role::Text);
    }
    let below = lines.len().saturating_sub(top + height);
    if below > 0 {
        let words = format!(" {below} more ");
        let row = if place.framed { place.pane.y + place.pane.height - 1 } else { place.pane.y };
        canvas.put_right(place.pane.x + place.pane.width - 2, row, 12, &words, Role::Dim);
    }
}

fn lines(model: &Model, unicode: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let rows = |context| model.keys.rows(context);
    let headings = rows(Context::Heading).chain(rows(Context::Group));
    let headings = headings.filter(|_| model.open().is_some_and(Open::is_grouped));
    let works = |row: &&Binding| !row.keys.is_empty() && row.works(model.facts());
    let all = rows(Context::List).chain(headings).chain(rows(Context::Everywhere));
    for row in all.filter(works) {
        let keys = keys(row, unicode);
        match lines.last_mut() {
            Some(line) if row.help.is_empty() && row.action != Action::Cancel => {
                line.keys = format!("{} {keys}", line.keys);
            }
            _ if row.help.is_empty() => {}
            _ => lines.push(Line { keys, help: row.help }),
        }
    }
    lines
}

fn keys(row: &Binding, unicode: bool) -> String {
    row.keys.iter().map(|key| key.shown(unicode)).collect::<Vec<_>>().join(" ")
}

/// Draws a question over the body: it is answered before anything else.
pub(super) fn draw_question(canvas: &mut Canvas<'_>, body: Pane, question: &Question) {
    let words = cells_of(&question.asks).max(cells_of(question.hint)).saturating_add(6);
    // Where little is left beside it nothing is, or the last digits of codes would look like codes.
    let narrow = body.width < ACCOUNT_FROM;
    let width = if narrow { body.width } else { words.clamp(34, 72).min(body.width - 4) };
    let height = 6.min(body.height);
    let pane =
        Pane { x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 2, width, height };
    canvas.clear(Pane { x: pane.x.saturating_sub(1), width: width.saturating_add(2), ..pane });
    canvas.frame(pane, "", Role::Accent);
    let inner = pane.inside(true);
    let (x, cells) = (inner.x + 2, inner.width.saturating_sub(4));
    canvas.put_middle(x, inner.y, cells, &question.asks, Role::Strong);
    canvas.put(x, inner.y + 1, cells, question.hint, Role::Text);
    let parts = [("y", Role::Accent), (" yes     ", Role::Dim), ("n", Role::Accent), (" no", Role::Dim)];
    canvas.put_parts(x, inner.y + 3, cells, &parts.map(|(words, role)| (words.to_owned(), role)));
}
