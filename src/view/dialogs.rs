//! What is open over the list, and what is there before a vault is open.

use super::canvas::Canvas;
use super::form::{self, Look, Row};
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{
    AddField, AddForm, CheckForm, EditForm, ExportField, ExportForm, ExportReport, ExportState, FirstField,
    FirstRun, FirstStep, Form, Model, NewPassphrase, Open, Recognised, Told, UnlockForm, When,
};
use crate::explain::notices;
use ratatui::layout::Position;

const WIDE_FIELD: Look = Look { field: 48, waiting: false };

/// Where a dialog goes, and whether it has a frame.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) pane: Pane,
    pub(super) framed: bool,
}

/// A field, and under it what is wrong with it, or else a remark.
fn field<Id: Copy + PartialEq>(id: Id, error: Option<&(Id, String)>, remark: (String, Role)) -> [Row<Id>; 2] {
    let (words, role) = match error {
        Some((at, words)) if *at == id => (words.clone(), Role::Error),
        _ => remark,
    };
    [Row::Field(id), Row::Remark(words, role)]
}

fn nothing() -> (String, Role) {
    (String::new(), Role::Dim)
}

fn strength(passphrase: &NewPassphrase) -> (String, Role) {
    let Some(strength) = passphrase.strength() else { return nothing() };
    let score = strength.score();
    let role = match score {
        0 | 1 => Role::Warning,
        2 => Role::Text,
        _ => Role::Good,
    };
    (notices::strength_meter(strength, score), role)
}

pub(super) fn draw_add(
    canvas: &mut Canvas<'_>,
    model: &Model,
    place: Place,
    add: &AddForm,
) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Add a device");
    let mut rows = Vec::new();
    for id in add.shown() {
        let remark = if id == AddField::Universal { recognised(add) } else { nothing() };
        let [field, remark] = field(id, add.error.as_ref(), remark);
        let kept = id == AddField::Universal || add.error.as_ref().is_some_and(|(at, _)| *at == id);
        rows.push(field);
        rows.extend(kept.then_some(remark));
    }
    rows.push(Row::Blank);
    rows.extend(result(model, add));
    let look = Look { field: 56, waiting: add.saving };
    let hides = |id| id == AddField::Universal && !add.shows_universal();
    form::draw(canvas, inner, add, rows, &look, hides)
}

fn recognised(add: &AddForm) -> (String, Role) {
    match add.recognised() {
        Recognised::Nothing => (notices::ADD_UNIVERSAL.to_owned(), Role::Dim),
        Recognised::Secret(found) if found.secret.is_short() => {
            (notices::SHORT_SECRET.to_owned(), Role::Warning)
        }
        Recognised::Secret(_) => (notices::IS_SECRET.to_owned(), Role::Good),
        Recognised::Uri(found) if found.secret.is_short() => {
            (notices::short_uri(found.method.kind()), Role::Warning)
        }
        Recognised::Uri(found) => (notices::is_uri(found.method.kind()), Role::Good),
        Recognised::No(why) => (why.clone(), Role::Warning),
    }
}

/// The code that comes of what is typed.
fn result<Id>(model: &Model, add: &AddForm) -> Vec<Row<Id>> {
    if add.saving {
        return vec![Row::Text(notices::SAVING.to_owned(), Role::Warning)];
    }
    let Ok(candidate) = add.candidate() else { return Vec::new() };
    let dim = |words: &str| (words.to_owned(), Role::Dim);
    let Some(period) = candidate.method.period() else {
        return vec![Row::Parts(vec![dim(notices::COUNTER_SHOWS_LATER)])];
    };
    let code = candidate.method.code_at(&candidate.secret, model.moment.now).grouped();
    let left = notices::left(period.remaining_at(model.moment.now));
    vec![
        Row::Parts(vec![dim("its code now  "), (code, Role::Strong), (format!("   {left}"), Role::Text)]),
        Row::Text(notices::COMPARE.to_owned(), Role::Dim),
    ]
}

pub(super) fn draw_edit(canvas: &mut Canvas<'_>, place: Place, edit: &EditForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Edit");
    let mut rows = Vec::new();
    for id in edit.shown() {
        rows.extend(field(id, edit.error.as_ref(), nothing()));
    }
    form::draw(canvas, inner, edit, rows, &Look { field: 56, waiting: edit.saving }, |_| false)
}

pub(super) fn draw_check(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    check: &CheckForm,
) -> Option<Position> {
    let device = open.vault.get(check.id)?;
    let title = format!("Enrol or check  {}", device.label());
    let inner = form::open(canvas, place.pane, place.framed, &title);
    let mut rows = Vec::new();
    match check.pair(device, model.moment.now) {
        Some(pair) => {
            rows.extend([Row::Text(notices::CHECK_PAIR.to_owned(), Role::Dim), Row::Blank]);
            let keys: [&str; 2] = if check.takes_letters() { ["", ""] } else { notices::CHECK_KEYS };
            for ((paired, name), key) in pair.into_iter().zip(["code 1", "code 2"]).zip(keys) {
                rows.push(pair_row(model, name, &paired, key));
            }
        }
        None => rows.push(Row::Text(notices::NO_PAIR.to_owned(), Role::Dim)),
    }
    rows.extend([Row::Blank, Row::Text(notices::CHECK_TYPED.to_owned(), Role::Dim), Row::Blank]);
    rows.extend(check.shown().into_iter().map(Row::Field));
    rows.push(Row::Blank);
    rows.extend(check.told.as_ref().map(|told| answer_row(canvas, told)));
    form::draw(canvas, inner, check, rows, &Look { field: 18, waiting: false }, |_| false)
}

fn pair_row<Id>(model: &Model, name: &str, paired: &crate::app::Paired, key: &str) -> Row<Id> {
    let (words, role) = match paired.when {
        When::Now(seconds) => (notices::valid_now(seconds), Role::Good),
        When::ToCome(seconds) => (notices::valid_from(&model.time_of_day(paired.from), seconds), Role::Text),
        When::Over => (notices::JUST_OVER.to_owned(), Role::Warning),
    };
    Row::Parts(vec![
        (format!("  {name}   "), Role::Dim),
        (format!("{:<11}", paired.code.grouped()), Role::Strong),
        (format!("  {words:<27}"), role),
        (key.to_owned(), Role::Dim),
    ])
}

fn answer_row<Id>(canvas: &Canvas<'_>, told: &Told) -> Row<Id> {
    let tone = if told.good { crate::app::Tone::Good } else { crate::app::Tone::Warning };
    let (mark, role) = canvas.theme.mark(tone);
    Row::Parts(vec![(format!("{mark} "), role), (told.words.clone(), Role::Text)])
}

pub(super) fn draw_export(canvas: &mut Canvas<'_>, place: Place, export: &ExportForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Export a backup");
    if let ExportState::Done(report) = &export.state {
        let rows = proof(canvas, report);
        form::draw_text(canvas, inner, rows, 0);
        return None;
    }
    let mut rows = vec![Row::Text(notices::EXPORT_TOLD.to_owned(), Role::Dim), Row::Blank];
    for id in export.shown() {
        let remark = match id {
            ExportField::Once => strength(export.passphrase()),
            ExportField::Recipients => (notices::RECIPIENTS_TOLD.to_owned(), Role::Dim),
            ExportField::Path | ExportField::Again => nothing(),
        };
        rows.extend(field(id, export.error.as_ref(), remark));
    }
    let waiting = match export.state {
        ExportState::Running(words) => {
            rows.push(Row::Text(words.to_owned(), Role::Warning));
            true
        }
        _ => false,
    };
    let masked = |id| matches!(id, ExportField::Once | ExportField::Again);
    form::draw(canvas, inner, export, rows, &Look { waiting, ..WIDE_FIELD }, masked)
}

fn proof(canvas: &Canvas<'_>, report: &ExportReport) -> Vec<Row<()>> {
    let (mark, role) = canvas.theme.mark(crate::app::Tone::Good);
    let path = report.path.display().to_string();
    let name =
        report.path.file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    let [wrote, read] = notices::exported(report.devices, &path, report.bytes);
    vec![
        Row::Parts(vec![(format!("{mark} "), role), (wrote, Role::Text)]),
        Row::Text(format!("  {read}"), Role::Text),
        Row::Text(format!("  {}", notices::open_anywhere(&name)), Role::Dim),
    ]
}

pub(super) fn draw_first_run(
    canvas: &mut Canvas<'_>,
    model: &Model,
    place: Place,
    first: &FirstRun,
) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Welcome to keyfob");
    if first.step == FirstStep::Told {
        let rows = notices::first_told(&model.vault_shown).into_iter();
        let rows = rows
            .map(|(words, path)| Row::Text(words, if path { Role::Strong } else { Role::Text }))
            .collect();
        form::draw_text(canvas, inner, rows, 0);
        return None;
    }
    let mut rows = vec![Row::Text(notices::FIRST_PASSPHRASE.to_owned(), Role::Text), Row::Blank];
    rows.extend(field(FirstField::Once, first.error.as_ref(), strength(first.passphrase())));
    rows.extend(field(FirstField::Again, first.error.as_ref(), nothing()));
    let waiting = match first.step {
        FirstStep::Making(words) => {
            rows.push(Row::Text(words.to_owned(), Role::Warning));
            true
        }
        _ => false,
    };
    form::draw(canvas, inner, first, rows, &Look { waiting, ..WIDE_FIELD }, |_| true)
}

pub(super) fn draw_made(canvas: &mut Canvas<'_>, place: Place) {
    let inner = form::open(canvas, place.pane, place.framed, "Welcome to keyfob");
    let (mark, role) = canvas.theme.mark(crate::app::Tone::Good);
    let mut rows = vec![
        Row::Parts(vec![(format!("{mark} "), role), (notices::MADE.to_owned(), Role::Text)]),
        Row::Blank,
        Row::Text(notices::MADE_THEN.to_owned(), Role::Text),
        Row::Blank,
    ];
    for (key, words) in notices::MADE_NEXT {
        rows.push(Row::Parts(vec![(format!("  {key}  "), Role::Accent), (words.to_owned(), Role::Text)]));
    }
    form::draw_text(canvas, inner, rows, 0);
}

pub(super) fn draw_unlock(canvas: &mut Canvas<'_>, place: Place, unlock: &UnlockForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Unlock");
    let mut rows = Vec::new();
    if unlock.wants_identities() {
        rows.push(Row::Text(notices::IDENTITIES_OPEN.to_owned(), Role::Text));
        rows.push(Row::Text(notices::IDENTITIES_HINT.to_owned(), Role::Dim));
        rows.push(Row::Blank);
    }
    let [field, _] = field((), None, nothing());
    rows.extend([field, Row::Blank]);
    match (&unlock.running, &unlock.error) {
        (Some(words), _) => rows.push(Row::Text((*words).to_owned(), Role::Warning)),
        (None, Some((message, hint))) => {
            rows.push(Row::Text(message.clone(), Role::Error));
            rows.extend(hint.iter().map(|hint| Row::Text(hint.clone(), Role::Dim)));
        }
        (None, None) => {}
    }
    let look = Look { waiting: unlock.running.is_some(), ..WIDE_FIELD };
    form::draw(canvas, inner, unlock, rows, &look, |()| true)
}
