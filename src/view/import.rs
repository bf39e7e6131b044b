//! The import: the path, the password, and the table of what would happen.

use super::canvas::{Canvas, cells_of};
use super::dialogs::{Place, field, paths};
use super::form::{self, Look, Row};
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{
    Find, Foreseen, Form as _, ImportField, ImportForm, ImportRow, ImportStep, ImportTable, PasswordOf, Tone,
};
use crate::exchange::Progress;
use crate::explain::notices;
use crate::text;
use ratatui::layout::Position;

/// The most cells of an entry's name, of those that a row has: a third where there are many.
const NAME: u16 = 40;
/// Cells of the bar that says how far reading is.
const BAR: usize = 20;
/// Rows that tell all of the selected entry.
const TOLD_ROWS: u16 = 2;

pub(super) fn draw(canvas: &mut Canvas<'_>, place: Place, import: &ImportForm) -> Option<Position> {
    match import.step {
        ImportStep::Table | ImportStep::Saving => {
            draw_table(canvas, place, import);
            None
        }
        ImportStep::Path | ImportStep::Password | ImportStep::Reading(_) => draw_form(canvas, place, import),
    }
}

fn draw_form(canvas: &mut Canvas<'_>, place: Place, import: &ImportForm) -> Option<Position> {
    let title = if import.table.is_empty() { "Import" } else { "Import: another file" };
    let inner = form::open(canvas, place.pane, place.framed, title);
    let waiting = matches!(import.step, ImportStep::Reading(_));
    let mut rows = Vec::new();
    if import.step == ImportStep::Password {
        let words = match import.whose() {
            PasswordOf::File(path) => notices::file_encrypted(path),
            PasswordOf::Database(path) => notices::database_encrypted(path),
            PasswordOf::Identity(name) => notices::type_identitys_once(name),
        };
        rows.push(Row::Text(words, Role::Text));
        rows.push(Row::Aside(import.path_shown().to_owned()));
    } else {
        rows.extend([notices::IMPORT_TOLD, notices::IMPORT_PASTE].map(|words| Row::Aside(words.to_owned())));
    }
    rows.push(Row::Blank);
    let names = paths(import.path(), form::remark_cells(inner, import));
    let error = import.error.clone().map(|words| (import.focus(), words));
    for id in import.shown() {
        let names = if id == import.focus() { names.clone() } else { String::new() };
        rows.extend(field(id, error.as_ref(), (names, Role::Dim)));
    }
    if waiting {
        rows.push(Row::Text(notices::READING.to_owned(), Role::Warning));
        rows.extend(import.progress.map(|far| progress(canvas, far)));
    }
    let look = Look { field: 56, waiting };
    form::draw(canvas, inner, import, rows, &look, |id| id == ImportField::Password)
}

/// How far reading is: a bar, and what it stands for.
fn progress<Id>(canvas: &Canvas<'_>, far: Progress) -> Row<Id> {
    let [left, full, _, empty, right] = canvas.theme.signs().bar;
    let filled = usize::from(far.percent()) * BAR / 100;
    let bar = format!("{left}{}{}{right}", full.repeat(filled), empty.repeat(BAR - filled));
    let words = format!("  {}", notices::reading_so_far(far));
    Row::Parts(vec![(bar, Role::Text), (words, Role::Dim)])
}

fn draw_table(canvas: &mut Canvas<'_>, place: Place, import: &ImportForm) {
    let table = &import.table;
    let counts = table.counts();
    let inner = form::open(canvas, place.pane, place.framed, &notices::import_title(counts));
    let cells = inner.width.saturating_sub(2);
    if import.step == ImportStep::Saving {
        canvas.put(inner.x + 1, inner.y, cells, &notices::saving_many(counts[0]), Role::Warning);
    } else {
        let about = if let Find::Kept(text) = table.find() {
            notices::entries_with(text.trimmed(), table.shown_count(), table.rows().len())
        } else {
            files(table)
        };
        canvas.put_middle(inner.x + 1, inner.y, cells, &about, Role::Dim);
    }
    let told = TOLD_ROWS.min(inner.height / 3);
    let height = inner.height.saturating_sub(1 + told);
    let rows = Pane { y: inner.y + 1, height, ..inner };
    let top = top(table, height.into());
    for ((row, y), at) in table.shown_from(top).take(height.into()).zip(rows.y..).zip(top..) {
        draw_row(canvas, Pane { y, ..rows }, row, at == table.cursor());
    }
    if table.shown_count() == 0 {
        canvas.put(inner.x + 1, rows.y + rows.height.min(3) / 2, cells, notices::NOTHING_FOUND, Role::Dim);
    }
    draw_told(canvas, Pane { y: rows.y + height, height: told, ..inner }, table);
}

/// The first row that is shown: the selected one stays in sight, as near to the middle as can be.
fn top(table: &ImportTable, height: usize) -> usize {
    let last = table.shown_count().saturating_sub(height);
    table.cursor().saturating_sub(height / 2).min(last)
}

/// What was read, in one line.
fn files(table: &ImportTable) -> String {
    let entries = table.files().iter().map(|file| file.entries.len()).sum();
    if let [file] = table.files() {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        return notices::file_read(&name, file.format, entries);
    }
    let mut formats: Vec<&str> = table.files().iter().map(|file| file.format).collect();
    formats.sort_unstable();
    formats.dedup();
    notices::files_read(table.files().len(), &formats.join(", "), entries)
}

fn draw_row(canvas: &mut Canvas<'_>, pane: Pane, row: &ImportRow, selected: bool) {
    if selected {
        let sign = canvas.theme.signs().selected;
        canvas.sign(pane.x, pane.y, sign, Role::Accent);
    }
    let (mark, outcome, role) = outcome(row);
    canvas.put(pane.x + 1, pane.y, 3, mark, role);
    let x = pane.x + 5;
    let end = (pane.x + pane.width).saturating_sub(1);
    let room = end.saturating_sub(x);
    let name = (room * 2 / 5).min(NAME);
    let plain = if selected { Role::Selection } else { Role::Text };
    canvas.put_middle(x, pane.y, name, &row.name, plain);
    let at = x + name + 2;
    canvas.put(at, pane.y, end.saturating_sub(at), &outcome, role);
}

/// The mark of a row, and what would come of it.
fn outcome(row: &ImportRow) -> (&'static str, String, Role) {
    match &row.foreseen {
        Foreseen::New { chosen: true } => ("[x]", notices::ROW_NEW.to_owned(), Role::Good),
        Foreseen::New { chosen: false } => ("[ ]", notices::ROW_LEFT_OUT.to_owned(), Role::Dim),
        Foreseen::There(label) => (" = ", notices::row_there(label), Role::Dim),
        Foreseen::Twice(label) => (" = ", notices::row_twice(label), Role::Dim),
        Foreseen::Refused(why) => (" ! ", notices::row_refused(why), Role::Warning),
    }
}

/// All of the selected row, where it stands first.
fn draw_told(canvas: &mut Canvas<'_>, pane: Pane, table: &ImportTable) {
    let Some(row) = table.selected() else { return };
    let (_, outcome, _) = outcome(row);
    let (mark, role) = canvas.theme.mark(Tone::Plain);
    let cells = pane.width.saturating_sub(cells_of(mark) + 3);
    let words = format!("{}, {}: {outcome}", row.place, row.name);
    let lines = text::wrap(&text::safe(&words), cells.into());
    for (line, y) in lines.iter().zip(pane.y..pane.y + pane.height) {
        if y == pane.y {
            canvas.sign(pane.x + 1, y, mark, role);
        }
        canvas.put(pane.x + 3, y, cells, line, Role::Dim);
    }
}
