//! What a device has to do with AWS: its profiles, and the forms over them.

use super::canvas::Canvas;
use super::dialogs::{Place, field, nothing};
use super::form::{self, Look, Row};
use super::theme::Role;
use crate::app::layout::Pane;
use crate::app::{
    AwsDialog, AwsField, AwsForm, AwsOver, AwsProfile, AwsProfiles, AwsPurpose, AwsSession, AwsStep,
    Form as _, Model, Open, Recognised, RootField, RootForm, Tone,
};
use crate::device::{Device, Enrolled};
use crate::explain::{Explanation, notices};
use crate::text;
use ratatui::layout::Position;

/// The most cells of a profile's name.
const NAME: u16 = 24;

pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    dialog: &AwsDialog,
) -> Option<Position> {
    match &dialog.over {
        Some(AwsOver::Form(form)) => draw_form(canvas, model, open, place, form),
        Some(AwsOver::Root(form)) => draw_root(canvas, place, form),
        None => {
            draw_profiles(canvas, model, open, place, dialog);
            None
        }
    }
}

fn draw_profiles(canvas: &mut Canvas<'_>, model: &Model, open: &Open, place: Place, dialog: &AwsDialog) {
    let device = dialog.device.and_then(|id| open.vault.get(id));
    let title = device.map_or("AWS".to_owned(), |device| form::title("AWS", device));
    let inner = form::open(canvas, place.pane, place.framed, &title);
    let (x, width) = (inner.x + 1, inner.width.saturating_sub(2));
    let mut y = inner.y;
    for (words, role) in head(device, dialog) {
        // Where no profile needs the rows, a sentence has as many as it takes.
        let wraps = dialog.shown().is_empty() && role != Role::Text;
        let lines = if wraps { text::wrap(&words, usize::from(width)) } else { vec![words] };
        for line in lines.iter().take(usize::from((inner.y + inner.height).saturating_sub(y))) {
            canvas.put_middle(x, y, width, line, role);
            y += 1;
        }
    }
    // A little air, where there is room for all of it.
    let room = usize::from((inner.y + inner.height).saturating_sub(y));
    y += u16::from(room > dialog.shown().len() + 1 && !dialog.shown().is_empty());
    let rows = Pane { y, height: (inner.y + inner.height).saturating_sub(y), ..inner };
    let height = usize::from(rows.height);
    let last = dialog.shown().len().saturating_sub(height);
    let top = dialog.cursor().saturating_sub(height / 2).min(last);
    let shown = dialog.shown().iter().enumerate().skip(top).take(height);
    for ((at, profile), y) in shown.zip(rows.y..) {
        draw_profile(canvas, model, Pane { y, ..rows }, profile, at == dialog.cursor());
    }
}

/// What stands over the profiles.
fn head(device: Option<&Device>, dialog: &AwsDialog) -> Vec<(String, Role)> {
    let mut rows = Vec::new();
    if let Some(device) = device {
        rows.push(match &device.serial {
            Some(serial) => (serial.to_string(), Role::Text),
            None => (notices::AWS_NO_SERIAL.to_owned(), Role::Warning),
        });
        match Enrolled::of(device) {
            Some(Enrolled::Created) => rows.push((notices::AWS_NOT_ENABLED.to_owned(), Role::Warning)),
            Some(Enrolled::Enabled) => rows.push((notices::AWS_NOT_VERIFIED.to_owned(), Role::Warning)),
            Some(Enrolled::Verified) | None => {}
        }
    }
    let dim = |words: &str| (words.to_owned(), Role::Dim);
    match &dialog.profiles {
        AwsProfiles::Reading(_) => rows.push((notices::AWS_READING.to_owned(), Role::Warning)),
        AwsProfiles::No(why) => rows.push((why.clone(), Role::Error)),
        AwsProfiles::Read(profiles) if !profiles.is_empty() => {
            rows.push(dim(if device.is_some() { notices::AWS_USED_BY } else { notices::AWS_PROFILES }));
        }
        AwsProfiles::Read(_) if device.is_some() => {
            rows.extend([dim(notices::AWS_UNUSED), dim(notices::AWS_USE_IT)]);
        }
        AwsProfiles::Read(_) => rows.push(dim(notices::AWS_NO_PROFILES)),
    }
    rows
}

fn draw_profile(canvas: &mut Canvas<'_>, model: &Model, pane: Pane, profile: &AwsProfile, selected: bool) {
    if selected {
        let sign = canvas.theme.signs().selected;
        canvas.sign(pane.x, pane.y, sign, Role::Accent);
    }
    let end = (pane.x + pane.width).saturating_sub(1);
    let x = pane.x + 2;
    let name = NAME.min(end.saturating_sub(x) * 2 / 5);
    canvas.put_middle(x, pane.y, name, &profile.name, if selected { Role::Selection } else { Role::Text });
    let at = x + name + 2;
    let (words, role) = session(model, &profile.session);
    canvas.put(at, pane.y, end.saturating_sub(at), &words, role);
}

fn session(model: &Model, session: &AwsSession) -> (String, Role) {
    match session {
        AwsSession::No => (notices::AWS_NO_SESSION.to_owned(), Role::Dim),
        AwsSession::Never(why) => (notices::aws_never(why), Role::Warning),
        AwsSession::Until(at) => {
            let left = at.since(model.moment.now);
            let role = if left == 0 { Role::Dim } else { Role::Good };
            (notices::aws_session(&model.time_of_day(*at), left), role)
        }
    }
}

fn draw_form(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    aws: &AwsForm,
) -> Option<Position> {
    let device = aws.device().and_then(|id| open.vault.get(id));
    let (what, told) = match aws.purpose() {
        AwsPurpose::Enrol => ("Enrol with AWS", notices::AWS_ENROL_TOLD),
        AwsPurpose::GoOn(_) => ("Enrol with AWS", notices::AWS_GO_ON_TOLD),
        AwsPurpose::Resync(_) if aws.is_on_token() => ("Resync with AWS", notices::AWS_RESYNC_TOKEN_TOLD),
        AwsPurpose::Resync(_) => ("Resync with AWS", notices::AWS_RESYNC_TOLD),
    };
    let title = device.map_or(what.to_owned(), |device| form::title(what, device));
    let inner = form::open(canvas, place.pane, place.framed, &title);
    let mut rows = vec![Row::Aside(told.to_owned()), Row::Blank];
    for id in aws.shown() {
        let remark = match id {
            AwsField::Profile => notices::AWS_PROFILE_TOLD,
            AwsField::User => notices::AWS_USER_TOLD,
            AwsField::Name => notices::AWS_NAME_TOLD,
            AwsField::First | AwsField::Second => "",
        };
        // A remark tells of the field that is typed in.
        let remark = if id == aws.focus() { (remark.to_owned(), Role::Dim) } else { nothing() };
        rows.extend(field(id, aws.error.as_ref(), remark));
    }
    rows.push(Row::Blank);
    rows.extend(progress(model, device, aws));
    rows.extend(aws.stopped.iter().flat_map(stopped));
    form::draw(canvas, inner, aws, rows, &Look { field: 48, waiting: aws.running.is_some() }, |_| false)
}

/// The steps of an enrolment and how far it is, or what is waited for.
fn progress<Id>(model: &Model, device: Option<&Device>, aws: &AwsForm) -> Vec<Row<Id>> {
    let doing = aws.running.as_ref().map(|step| match step {
        AwsStep::Waiting(step) => {
            let from = device.and_then(|device| device.start_of(*step)).unwrap_or_default();
            notices::aws_waiting(from.since(model.moment.now))
        }
        AwsStep::Keeping | AwsStep::Marking(_) => notices::SAVING.to_owned(),
        _ => notices::AWS_ASKING.to_owned(),
    });
    let waits = |words: &String| Row::Text(words.clone(), Role::Warning);
    if matches!(aws.purpose(), AwsPurpose::Resync(_)) {
        return doing.iter().map(waits).collect();
    }
    let done = match (device.and_then(Enrolled::of), &aws.running) {
        (None, Some(AwsStep::Keeping)) => 1,
        (None, _) => 0,
        (Some(Enrolled::Created), _) => 2,
        (Some(Enrolled::Enabled), _) => 3,
        (Some(Enrolled::Verified), _) => 4,
    };
    if done == 0 && doing.is_none() {
        return Vec::new();
    }
    let step = |(at, words): (usize, &&str)| match (at.cmp(&done), &doing) {
        (std::cmp::Ordering::Less, _) => Row::Marked(Tone::Good, (*words).to_owned()),
        (std::cmp::Ordering::Equal, Some(doing)) => {
            Row::Parts(vec![(format!("  {words}: "), Role::Strong), (doing.clone(), Role::Warning)])
        }
        _ => Row::Text(format!("  {words}"), Role::Dim),
    };
    notices::AWS_STEPS.iter().enumerate().map(step).collect()
}

/// Why it stopped, and what to do.
fn stopped<Id>(why: &Explanation) -> Vec<Row<Id>> {
    let mut rows = vec![Row::Text(why.message.clone(), Role::Error)];
    rows.extend(why.hint.iter().map(|hint| Row::Text(notices::tried(hint), Role::Dim)));
    rows
}

fn draw_root(canvas: &mut Canvas<'_>, place: Place, root: &RootForm) -> Option<Position> {
    let inner = form::open(canvas, place.pane, place.framed, "The root user's device");
    let mut rows: Vec<_> = notices::AWS_ROOT_TOLD.map(|words| Row::Aside(words.to_owned())).into();
    rows.push(Row::Blank);
    for id in root.shown() {
        let remark = match id {
            RootField::Secret => recognised(root.recognised()),
            RootField::Account => (notices::AWS_ROOT_ACCOUNT.to_owned(), Role::Dim),
        };
        rows.extend(field(id, root.error.as_ref(), remark));
    }
    rows.extend(root.saving.then(|| Row::Text(notices::SAVING.to_owned(), Role::Warning)));
    let hides = |id| id == RootField::Secret && !root.shows_secret();
    form::draw(canvas, inner, root, rows, &Look { field: 56, waiting: root.saving }, hides)
}

fn recognised(recognised: &Recognised) -> (String, Role) {
    match recognised {
        Recognised::Secret(_) => (notices::IS_SECRET.to_owned(), Role::Good),
        Recognised::Uri(found) => (notices::is_uri(found.method.kind()), Role::Good),
        Recognised::No(why) => (why.clone(), Role::Warning),
        _ => (notices::AWS_ROOT_SECRET.to_owned(), Role::Dim),
    }
}
