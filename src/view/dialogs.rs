//! What is open over the list, and what is there before a vault is open.

use super::canvas::{Canvas, cells_of};
use super::form::{self, Look, Row};
use super::list;
use super::theme::Role;
use crate::app::keymap::Action;
use crate::app::layout::{ACCOUNT_FROM, Pane};
use crate::app::{
    AddField, AddForm, CheckForm, ExportField, ExportForm, ExportReport, ExportState, FirstField, FirstRun,
    FirstStep, Form, Model, NewPassphrase, Open, PathField, Recognised, Told, Tone, UnlockForm, When,
};
use crate::clock::Synchronised;
use crate::explain::notices;
use crate::text::safe;
use ratatui::layout::Position;

const WIDE_FIELD: Look = Look { field: 48, waiting: false };

/// Where a dialog goes, and whether it has a frame.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) pane: Pane,
    pub(super) framed: bool,
}

/// A field, and under it what is wrong with it, or else a remark.
pub(super) fn field<Id: Copy + PartialEq>(
    id: Id,
    error: Option<&(Id, String)>,
    remark: (String, Role),
) -> [Row<Id>; 2] {
    let (words, role) = match error {
        Some((at, words)) if *at == id => (words.clone(), Role::Error),
        _ => remark,
    };
    [Row::Field(id), Row::Remark(words, role)]
}

pub(super) fn nothing() -> (String, Role) {
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
    let title = if add.is_on_token() { "Add a hardware token" } else { "Add a device" };
    let inner = form::open(canvas, place.pane, place.framed, title);
    let mut rows = Vec::new();
    if add.is_on_token() {
        rows.extend([Row::Aside(notices::TOKEN_TOLD.to_owned()), Row::Blank]);
    }
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
        Recognised::Batch => (notices::BATCH.to_owned(), Role::Good),
        Recognised::Picture => (notices::PICTURE.to_owned(), Role::Good),
        Recognised::Reading => (notices::READING_PICTURE.to_owned(), Role::Warning),
        Recognised::No(why) => (why.clone(), Role::Warning),
    }
}

/// The code that comes of what is typed.
fn result<Id>(model: &Model, add: &AddForm) -> Vec<Row<Id>> {
    if add.saving {
        return vec![Row::Text(notices::SAVING.to_owned(), Role::Warning)];
    }
    if add.is_on_token() {
        return Vec::new();
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
        Row::Aside(notices::COMPARE.to_owned()),
    ]
}

pub(super) fn draw_check(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    check: &CheckForm,
) -> Option<Position> {
    let device = open.vault.get(check.id)?;
    let narrow = place.pane.width < ACCOUNT_FROM;
    let inner = form::open(canvas, place.pane, place.framed, &form::title("Enrol or check", device));
    let mut rows = Vec::new();
    match check.pair(device, model.moment.now) {
        Some(pair) => {
            let by_console = device.waits_for_console();
            let told = if by_console { notices::AWS_CONSOLE_PAIR } else { notices::CHECK_PAIR };
            rows.extend([Row::Aside(told.to_owned()), Row::Blank]);
            let keys = if check.takes_letters() || narrow { ["", ""] } else { notices::CHECK_KEYS };
            let names = if narrow { ["1", "2"] } else { ["  code 1 ", "  code 2 "] };
            for ((paired, name), key) in pair.into_iter().zip(names).zip(keys) {
                rows.push(pair_row(canvas, model, open, name, &paired, key));
            }
            if by_console {
                rows.extend([Row::Blank, Row::Text(notices::AWS_CONSOLE_THEN.to_owned(), Role::Text)]);
            }
        }
        None => rows.push(Row::Text(notices::NO_PAIR.to_owned(), Role::Dim)),
    }
    if model.synchronised == Synchronised::No {
        rows.extend([Row::Blank, Row::Aside(notices::UNSYNCHRONISED.to_owned())]);
    }
    rows.extend([Row::Blank, Row::Aside(notices::CHECK_TYPED.to_owned()), Row::Blank]);
    rows.extend(check.shown().into_iter().map(Row::Field));
    rows.push(Row::Blank);
    rows.extend(check.told.as_ref().map(answer_row));
    form::draw(canvas, inner, check, rows, &Look { field: 18, waiting: false }, |_| open.hidden)
}

fn pair_row<Id>(
    canvas: &Canvas<'_>,
    model: &Model,
    open: &Open,
    name: &str,
    paired: &crate::app::Paired,
    key: &str,
) -> Row<Id> {
    let (words, role) = match paired.when {
        When::Now(seconds) => (notices::valid_now(seconds), Role::Good),
        When::ToCome(seconds) => (notices::valid_from(&model.time_of_day(paired.from), seconds), Role::Text),
        When::Over => (notices::JUST_OVER.to_owned(), Role::Warning),
    };
    let code = list::shown(canvas, open, &paired.code);
    let mut parts = vec![(format!("{name}  "), Role::Dim), (code, Role::Strong)];
    parts.push((format!("  {words}"), role));
    if !key.is_empty() {
        parts.push((" ".repeat(27usize.saturating_sub(words.len())), Role::Dim));
        parts.push((key.to_owned(), Role::Dim));
    }
    Row::Parts(parts)
}

fn answer_row<Id>(told: &Told) -> Row<Id> {
    Row::Marked(if told.good { Tone::Good } else { Tone::Warning }, told.words.clone())
}

pub(super) fn draw_export(canvas: &mut Canvas<'_>, place: Place, export: &ExportForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Export a backup");
    if let ExportState::Done(report) = &export.state {
        form::draw_text(canvas, inner, proof(report));
        return None;
    }
    // What a key does is said while it does it; the rows below stay where they are.
    let locks = if export.is_typing() { notices::EXPORT_LOCKS } else { "" };
    let mut rows = Vec::from([notices::EXPORT_TOLD, locks].map(|words| Row::Aside(words.to_owned())));
    rows.push(Row::Blank);
    for id in export.shown() {
        let remark = match id {
            ExportField::Once => strength(export.passphrase()),
            ExportField::Recipients => (notices::RECIPIENTS_TOLD.to_owned(), Role::Dim),
            ExportField::Path => (paths(export.path(), form::remark_cells(inner, export)), Role::Dim),
            ExportField::Again => nothing(),
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

/// The names that a path could go on with, as many as fit, and how many more there are.
pub(super) fn paths(path: Option<&PathField>, cells: u16) -> String {
    let mut shown = String::new();
    let mut names = path.into_iter().flat_map(PathField::fitting).peekable();
    while let Some(entry) = names.peek() {
        let slash = if entry.is_folder { "/" } else { "" };
        let name = format!("{}{slash}", safe(&entry.name));
        let gap = if shown.is_empty() { "" } else { "  " };
        if !shown.is_empty() && cells_of(&shown) + cells_of(&name) + 7 > cells {
            break;
        }
        shown = format!("{shown}{gap}{name}");
        names.next();
    }
    match names.count() {
        0 => shown,
        more => format!("{shown}  +{more}"),
    }
}

fn proof(report: &ExportReport) -> Vec<Row<()>> {
    let path = report.path.display().to_string();
    let name =
        report.path.file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    let [wrote, size, read] = notices::exported(report.devices, &path, report.bytes);
    vec![
        Row::Marked(Tone::Good, wrote),
        Row::Text(format!("  {size}"), Role::Dim),
        Row::Blank,
        Row::Marked(Tone::Good, read),
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
        let [made, warning, kept] = notices::FIRST_TOLD.map(str::to_owned);
        let [made, warning] = [made, warning].map(|words| Row::Text(words, Role::Text));
        let kept = Row::Aside(kept);
        let path = Row::Text(format!("  {}", model.vault_shown), Role::Strong);
        let rows = vec![made, Row::Blank, path, Row::Blank, warning, Row::Blank, kept];
        form::draw_text(canvas, inner, rows);
        return None;
    }
    let mut rows = vec![Row::Aside(notices::FIRST_PASSPHRASE.to_owned()), Row::Blank];
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

pub(super) fn draw_made(canvas: &mut Canvas<'_>, model: &Model, place: Place) {
    let inner = form::open(canvas, place.pane, place.framed, "Welcome to keyfob");
    let mut rows = vec![
        Row::Marked(Tone::Good, notices::MADE.to_owned()),
        Row::Blank,
        Row::Aside(notices::MADE_THEN.to_owned()),
        Row::Blank,
    ];
    let key = |(action, words): (Action, &str)| {
        let words = words.to_owned();
        model.key_name(action).map(|key| Row::Key(key, words))
    };
    let [adds, imports, exports] = notices::MADE_NEXT;
    let next = [(Action::Add, adds), (Action::Import, imports), (Action::Export, exports)];
    rows.extend(next.into_iter().filter_map(key));
    rows.extend([Row::Blank, Row::Aside(notices::MADE_KNOW.to_owned()), Row::Blank]);
    let [copies, helps] = notices::MADE_KEYS;
    rows.extend([(Action::Copy, copies), (Action::Help, helps)].into_iter().filter_map(key));
    form::draw_text(canvas, inner, rows);
}

pub(super) fn draw_unlock(canvas: &mut Canvas<'_>, place: Place, unlock: &UnlockForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "Unlock");
    let mut rows = Vec::new();
    if unlock.wants_identities() {
        rows.push(Row::Text(notices::IDENTITIES_OPEN.to_owned(), Role::Text));
        rows.push(Row::Aside(notices::IDENTITIES_HINT.to_owned()));
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
        (None, None) => rows.extend(unlock.told.iter().map(|why| Row::Aside(why.clone()))),
    }
    let look = Look { waiting: unlock.running.is_some(), ..WIDE_FIELD };
    form::draw(canvas, inner, &unlock.passphrase, rows, &look, |()| true)
}
