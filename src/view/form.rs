//! Rows of a form or a text, in a pane: what does not fit is scrolled to where the focus is.

use super::canvas::{Canvas, cells_of};
use super::field;
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{Form, Tone};
use crate::device::Device;
use crate::text;
use ratatui::layout::Position;

/// Under this width remarks begin under the labels, not under the fields.
const ROOMY: u16 = 56;

/// Cells of an indented key and the gap after it.
const KEYS: u16 = 9;

/// A row of a dialog. Words that are too wide take several.
pub(super) enum Row<Id> {
    /// Room, as long as there is enough.
    Blank,
    /// Words, from the left edge.
    Text(String, Role),
    /// Words that can be done without where there is little room.
    Aside(String),
    /// A sentence with the mark of its kind.
    Marked(Tone, String),
    /// Words of several roles, on one row.
    Parts(Vec<(String, Role)>),
    /// A key, and what it does.
    Key(String, String),
    /// A field of the form.
    Field(Id),
    /// One more row of a field of several lines.
    More(Id),
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
    let labels = label_cells(form);
    let columns = Columns::of(pane, labels);
    let rows = columns.fit(rows, pane.height);
    let lines = Lines::of(form, &rows);
    let focus = rows.iter().position(|row| matches!(row, Row::Field(id) if *id == form.focus()));
    let top = top(&rows, focus.unwrap_or(0) + lines.below_first, pane.height.into());
    let mut cursor = None;
    let mut line = lines.first;
    let shown = rows.iter().zip(0usize..).filter_map(|(row, at)| {
        line = if matches!(row, Row::More(_)) { line + 1 } else { lines.first };
        at.checked_sub(top).map(|y| (row, line, y))
    });
    for (row, line, y) in shown.take(pane.height.into()) {
        let y = pane.y + u16::try_from(y).unwrap_or(u16::MAX);
        let (Row::Field(id) | Row::More(id)) = row else {
            draw_row(canvas, row, y, &columns);
            continue;
        };
        let focused = *id == form.focus() && !look.waiting;
        if matches!(row, Row::Field(_)) {
            draw_label(canvas, pane.x, y, labels, form.label(*id), focused);
        }
        let cells = look.field.min(columns.fields);
        let ghost = if focused { form.ghost(*id) } else { String::new() };
        let place = (columns.field, y);
        let at = field::draw(canvas, place, cells, form.field(*id), (line, &ghost), masked(*id), focused);
        cursor = cursor.or(at);
    }
    cursor
}

/// A form's title: what is done, and which device it is done to.
pub(super) fn title(what: &str, device: &Device) -> String {
    let names = [device.issuer.to_string(), device.account.to_string()];
    let names = names.iter().filter(|name| !name.is_empty());
    std::iter::once(what).chain(names.map(String::as_str)).collect::<Vec<_>>().join("  ")
}

/// Cells of the widest label.
pub(super) fn label_cells<F: Form>(form: &F) -> u16 {
    form.shown().into_iter().map(|id| cells_of(form.label(id))).max().unwrap_or(0)
}

/// How many cells a remark under a field has.
pub(super) fn remark_cells<F: Form>(pane: Pane, form: &F) -> u16 {
    Columns::of(pane, label_cells(form)).remarks
}

fn draw_label(canvas: &mut Canvas<'_>, x: u16, y: u16, cells: u16, label: &str, focused: bool) {
    let role = if focused { Role::Strong } else { Role::Dim };
    if focused {
        let sign = canvas.theme.signs().selected;
        canvas.sign(x, y, sign, Role::Accent);
    }
    canvas.put(x + 2, y, cells, label, role);
}

/// Which lines of a field with several are shown.
#[derive(Default)]
struct Lines {
    /// The first of them.
    first: usize,
    /// How many rows under that the cursor is, while the field is focused.
    below_first: usize,
}

impl Lines {
    /// The cursor's line is among them, and above it as many as there is room for.
    fn of<F: Form>(form: &F, rows: &[Row<F::Id>]) -> Self {
        let more = rows.iter().filter(|row| matches!(row, Row::More(id) if *id == form.focus())).count();
        let field = form.field(form.focus());
        if !field.has_lines() {
            return Self::default();
        }
        let first = field.cursor_line().saturating_sub(more);
        Self { first, below_first: field.cursor_line() - first }
    }
}

/// The first row to be shown, where not all can be.
fn top<Id>(rows: &[Row<Id>], focus: usize, height: usize) -> usize {
    let last = rows.len().saturating_sub(height);
    // An answer that stands below the fields is what was waited for.
    if rows.iter().skip(focus).any(|row| matches!(row, Row::Marked(..))) {
        return last.min(focus);
    }
    // The row under the focused field is seen too: it may say what is wrong.
    (focus + 2).saturating_sub(height).min(last)
}

/// Draws rows that hold no field.
pub(super) fn draw_text(canvas: &mut Canvas<'_>, pane: Pane, rows: Vec<Row<()>>) {
    draw_text_from(canvas, pane, rows, 0);
}

/// The same, scrolled down by so many rows, as far as there is more.
pub(super) fn draw_text_from(canvas: &mut Canvas<'_>, pane: Pane, rows: Vec<Row<()>>, top: usize) {
    let columns = Columns::of(pane, 0);
    let rows = columns.fit(rows, pane.height);
    let top = top.min(rows.len().saturating_sub(pane.height.into()));
    for (row, y) in rows.iter().skip(top).zip(pane.y..pane.y.saturating_add(pane.height)) {
        draw_row(canvas, row, y, &columns);
    }
}

fn draw_row<Id>(canvas: &mut Canvas<'_>, row: &Row<Id>, y: u16, columns: &Columns) {
    let (x, cells) = (columns.text, columns.texts);
    match row {
        Row::Text(words, role) => {
            canvas.put(x, y, cells, words, *role);
        }
        Row::Aside(words) => {
            canvas.put(x, y, cells, words, Role::Dim);
        }
        Row::Marked(tone, words) => {
            let (mark, role) = canvas.theme.mark(*tone);
            canvas.sign(x, y, mark, role);
            canvas.put(x + 2, y, cells.saturating_sub(2), words, Role::Text);
        }
        Row::Key(key, words) => {
            let start = KEYS.max(cells_of(key) + 4);
            canvas.put(x + 2, y, start, key, Role::Accent);
            canvas.put(x + start, y, cells.saturating_sub(start), words, Role::Text);
        }
        Row::Parts(parts) => {
            canvas.put_parts(x, y, cells, parts);
        }
        Row::Remark(words, role) => {
            canvas.put(columns.remark, y, columns.remarks, words, *role);
        }
        Row::Blank | Row::Field(_) | Row::More(_) => {}
    }
}

/// Where words and fields begin, and how many cells they have.
struct Columns {
    text: u16,
    texts: u16,
    field: u16,
    fields: u16,
    remark: u16,
    remarks: u16,
}

impl Columns {
    fn of(pane: Pane, labels: u16) -> Self {
        let end = (pane.x + pane.width).saturating_sub(1);
        let (text, field) = (pane.x + 1, pane.x + 2 + labels + 2);
        let remark = if pane.width < ROOMY { pane.x + 2 } else { field };
        let [texts, fields, remarks] = [text, field, remark].map(|start| end.saturating_sub(start));
        Self { text, texts, field, fields, remark, remarks }
    }

    /// Makes rows fit: what is too wide is broken, and where they are too many, those go first that carry
    /// nothing, first those under fields, the others from the last up, then the asides, and then the further
    /// rows of a field of several lines.
    fn fit<Id: Copy>(&self, mut rows: Vec<Row<Id>>, height: u16) -> Vec<Row<Id>> {
        let empty = |row: &Row<Id>| match row {
            Row::Blank => true,
            Row::Text(words, _) | Row::Remark(words, _) => words.is_empty(),
            _ => false,
        };
        let aside = |row: &Row<Id>| matches!(row, Row::Aside(_));
        let unsaid = |row: &Row<Id>| matches!(row, Row::Remark(words, _) if words.is_empty());
        let broken = |rows: &[Row<Id>]| rows.iter().flat_map(|row| self.wrap(row)).collect::<Vec<_>>();
        if broken(&rows).len() > usize::from(height) {
            rows.retain(|row| !unsaid(row));
        }
        while broken(&rows).len() > usize::from(height) {
            let more = |row: &Row<Id>| matches!(row, Row::More(_));
            let spare = rows.iter().rposition(empty).or_else(|| rows.iter().rposition(aside));
            let spare = spare.or_else(|| rows.iter().rposition(more));
            let Some(at) = spare else { break };
            rows.remove(at);
        }
        broken(&rows)
    }

    fn wrap<Id: Copy>(&self, row: &Row<Id>) -> Vec<Row<Id>> {
        match row {
            Row::Blank => vec![Row::Blank],
            Row::Field(id) => vec![Row::Field(*id)],
            Row::More(id) => vec![Row::More(*id)],
            Row::Parts(parts) => vec![Row::Parts(parts.clone())],
            Row::Key(key, words) => {
                let lines = wrap(words, self.texts.saturating_sub(KEYS)).into_iter();
                lines
                    .zip(std::iter::once(key.clone()).chain(std::iter::repeat(String::new())))
                    .map(|(line, key)| Row::Key(key, line))
                    .collect()
            }
            Row::Text(words, role) => {
                wrap(words, self.texts).into_iter().map(|line| Row::Text(line, *role)).collect()
            }
            Row::Aside(words) => wrap(words, self.texts).into_iter().map(Row::Aside).collect(),
            Row::Remark(words, role) => {
                wrap(words, self.remarks).into_iter().map(|line| Row::Remark(line, *role)).collect()
            }
            Row::Marked(tone, words) => {
                let mut lines = wrap(words, self.texts.saturating_sub(2)).into_iter();
                let first = lines.next().map(|line| Row::Marked(*tone, line));
                let rest = lines.map(|line| Row::Text(format!("  {line}"), Role::Text));
                first.into_iter().chain(rest).collect()
            }
        }
    }
}

/// Breaks words into lines of so many cells.
fn wrap(words: &str, cells: u16) -> Vec<String> {
    text::wrap(words, cells.into())
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
