//! The edit form.

use super::canvas::Canvas;
use super::dialogs::{Place, field, nothing};
use super::form::{self, Look, Row};
use super::list;
use super::theme::Role;
use crate::app::{EditField, EditForm, Form, Model, Open};
use crate::device::Device;
use crate::explain::notices;
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
    let inner = form::open(canvas, place.pane, place.framed, &format!("Edit  {}", device.label()));
    let mut rows = Vec::new();
    for id in edit.shown() {
        if id == EditField::Algorithm || id == EditField::Note && !edit.is_method_open() {
            rows.extend(method_rows(edit));
        }
        let [field, remark] = field(id, edit.error.as_ref(), nothing());
        rows.push(field);
        if id == EditField::Note {
            rows.extend((1..NOTE_ROWS).map(|_| Row::More(id)));
        }
        rows.push(remark);
    }
    rows.extend(result(canvas, model, open, device, edit));
    // Recovery codes are kept in notes: while codes are hidden they are seen only by whoever goes there.
    let masked = |id| id == EditField::Note && open.hidden && edit.focus() != id;
    form::draw(canvas, inner, edit, rows, &Look { field: 56, waiting: edit.saving }, masked)
}

/// How codes are made, and how that can be changed.
fn method_rows<Id>(edit: &EditForm) -> Vec<Row<Id>> {
    let method = notices::method(&edit.started_method());
    let mut parts = vec![(format!(" {}  ", notices::METHOD_LABEL), Role::Dim), (method, Role::Text)];
    if edit.has_parameters() && !edit.is_method_open() {
        parts.push((format!("   {}", notices::OPENS_METHOD), Role::Dim));
    }
    vec![Row::Parts(parts), Row::Blank]
}

/// The code that comes of what is typed, once that can be changed; or that it is being saved.
fn result<Id>(
    canvas: &Canvas<'_>,
    model: &Model,
    open: &Open,
    device: &Device,
    edit: &EditForm,
) -> Vec<Row<Id>> {
    if edit.saving {
        return vec![Row::Text(notices::SAVING.to_owned(), Role::Warning)];
    }
    let Some(method) = edit.typed_method().ok().filter(|_| edit.is_method_open()) else { return Vec::new() };
    let dim = |words: &str| (words.to_owned(), Role::Dim);
    let Some(period) = method.period() else {
        // Showing a counter's code would use it up.
        return vec![Row::Parts(vec![dim(notices::COUNTER_STAYS)])];
    };
    let code = list::shown(canvas, open, &method.code_at(&device.secret, model.moment.now));
    let left = notices::left(period.remaining_at(model.moment.now));
    vec![
        Row::Parts(vec![dim("its code then  "), (code, Role::Strong), (format!("   {left}"), Role::Text)]),
        Row::Aside(notices::COMPARE.to_owned()),
    ]
}
