//! The edit form.

use super::canvas::Canvas;
use super::dialogs::{Place, field, nothing};
use super::form::{self, Look, Row};
use super::list;
use super::theme::Role;
use crate::app::layout::ACCOUNT_FROM;
use crate::app::{EditField, EditForm, Form, Model, Open};
use crate::device::Device;
use crate::explain::notices;
use crate::otp::Drift;
use ratatui::layout::Position;

/// Rows of the note, where there is room.
const NOTE_ROWS: usize = 5;

pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    edit: &EditForm,
) -> Option<Position> {
    let device = open.vault.get(edit.id)?;
    let inner = form::open(canvas, place.pane, place.framed, &form::title("Edit", device));
    let mut rows = Vec::new();
    for id in edit.shown() {
        if id == EditField::Algorithm || id == EditField::Note && !edit.is_method_open() {
            rows.extend(method_rows(canvas, model, open, device, edit));
        }
        let [field, remark] = field(id, edit.error.as_ref(), nothing());
        rows.push(field);
        if id == EditField::Note {
            rows.extend((1..NOTE_ROWS).map(|_| Row::More(id)));
        }
        rows.push(remark);
    }
    rows.extend(edit.saving.then(|| Row::Text(notices::SAVING.to_owned(), Role::Warning)));
    // Recovery codes are kept in notes: while codes are hidden they are seen only by whoever goes there.
    let masked = |id| id == EditField::Note && open.hidden && edit.focus() != id;
    form::draw(canvas, inner, edit, rows, &Look { field: 56, waiting: edit.saving }, masked)
}

/// How codes are made, and how that can be changed; once it can be, the code that comes of what is typed, so
/// that it can be compared before anything is saved.
fn method_rows<Id>(
    canvas: &Canvas<'_>,
    model: &Model,
    open: &Open,
    device: &Device,
    edit: &EditForm,
) -> [Row<Id>; 2] {
    // What the fields hold begins in one column, and so does this.
    let cells = usize::from(form::label_cells(edit)) + 4;
    let label = (format!(" {:<cells$}", notices::METHOD_LABEL), Role::Dim);
    let dim = |words: String| (words, Role::Dim);
    let parts = match edit.typed_method() {
        Ok(method) if edit.is_method_open() => match method.period() {
            // Showing a counter's code would use it up.
            None => vec![label, dim(notices::COUNTER_STAYS.to_owned())],
            Some(period) => {
                // As the vault will have it: with steps of another length a drift says nothing.
                let same_steps = device.method.period() == Some(period);
                let drift = if same_steps { device.drift } else { Drift::NONE };
                let as_typed = Device { method, drift, ..device.clone() };
                let code = list::shown(canvas, open, &as_typed.code_at(model.moment.now));
                let left = notices::left(period.remaining_at(model.moment.now));
                vec![label, (code, Role::Strong), (format!("   {left}"), Role::Text)]
            }
        },
        _ => {
            let mut parts = vec![label, (notices::method(&edit.started_method()), Role::Text)];
            if edit.has_parameters() && !edit.is_method_open() && canvas.size().0 >= ACCOUNT_FROM {
                parts.push(dim(format!("   {}", notices::OPENS_METHOD)));
            }
            parts
        }
    };
    let compare = if edit.is_method_open() { Row::Aside(notices::COMPARE.to_owned()) } else { Row::Blank };
    [Row::Parts(parts), compare]
}
