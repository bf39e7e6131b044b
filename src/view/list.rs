//! The list of devices.

use super::canvas::{Canvas, cells_of};
use super::header::LAST_SECONDS;
use super::row::{Names, Place};
use super::theme::Role;
use crate::app::keymap::Action;
use crate::app::layout::{ACCOUNT_FROM, Pane};
use crate::app::{Find, Model, Open, Row, Widths};
use crate::device::Device;
use crate::explain::notices;
use crate::otp::{Code, Method, Period};
use crate::state::Grouping;
use crate::text::Fuzzy;

/// Cells of a period's own seconds and of the mark of a code that is soon over, with the gaps around them.
const MARK: u16 = 5;
/// Cells of that mark alone, with the gap before it.
const LAST_MARK: u16 = 2;
/// Cells by which devices stand under their heading.
const INDENT: u16 = 2;
/// Under this width a counter is left out.
const COUNTER_FROM: u16 = 38;

/// Where the parts of a row are, in columns.
struct Columns {
    start: u16,
    names: Shape,
    mark_end: u16,
    end: u16,
}

/// How names are put into a row.
#[derive(Clone, Copy)]
enum Shape {
    /// In columns, with so many cells for the issuer.
    Columns(u16),
    /// The account, under a heading with the issuer.
    UnderIssuer,
    /// As there is room.
    Short,
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Open, pane: Pane) {
    let framed = model.layout_for(canvas.size()).framed;
    let inner = pane.inside(framed);
    if framed {
        canvas.frame(pane, &title(open), Role::Dim);
    }
    if open.list.rows().is_empty() {
        return draw_empty(canvas, model, open, inner);
    }
    let first = open.list.top();
    let rows: Vec<Row> = open.list.rows().iter().skip(first).take(inner.height.into()).copied().collect();
    let devices = rows.iter().filter_map(|row| device(open, row));
    let key = model.key_name(Action::Copy).unwrap_or_default();
    let code = devices.map(|device| code_cells(device, &key)).max().unwrap_or(0);
    let columns = Columns::of(inner, framed, code, shape(canvas, open), open.list.widths());
    let mut fuzzy = open.list.is_narrowed().then(|| Fuzzy::new(open.list.find.text()));
    for ((row, y), at) in rows.iter().zip(inner.y..).zip(first..) {
        let selected = at == open.list.cursor();
        if selected {
            let sign = canvas.theme.signs().selected;
            canvas.sign(columns.start, y, sign, Role::Accent);
        }
        match row {
            Row::Heading(at) => draw_heading(canvas, open, *at, y, &columns, selected),
            Row::Device { place, group } => {
                let Some(device) = open.vault.device_at(*place) else { continue };
                let names = Names::of(open, device, *place, fuzzy.as_mut());
                let indent = if group.is_some() { INDENT } else { 0 };
                let line = Line { device, names, y, indent, selected };
                line.draw(canvas, model, open, &columns);
            }
        }
    }
}

fn draw_empty(canvas: &mut Canvas<'_>, model: &Model, open: &Open, inner: Pane) {
    let words = match (&open.list.find, model.read_only) {
        (Find::Typing(_) | Find::Kept(_), _) => notices::NOTHING_FOUND.to_owned(),
        (Find::Off, true) => notices::NO_DEVICES_READ_ONLY.to_owned(),
        (Find::Off, false) => {
            let [add, import] = [Action::Add, Action::Import].map(|action| model.key_name(action));
            notices::no_devices(add.as_deref(), import.as_deref())
        }
    };
    let y = inner.y + inner.height.min(3) / 2;
    canvas.put(inner.x + 2, y, inner.width.saturating_sub(4), &words, Role::Dim);
}

fn device<'a>(open: &'a Open, row: &Row) -> Option<&'a Device> {
    match row {
        Row::Device { place, .. } => open.vault.device_at(*place),
        Row::Heading(_) => None,
    }
}

fn title(open: &Open) -> String {
    let find = match &open.list.find {
        Find::Kept(text) => text.trimmed(),
        Find::Off | Find::Typing(_) => "",
    };
    let view = open.list.view();
    notices::list_title(find, view.grouping, view.sort)
}

/// The cells of a device's code, or of the key that takes it.
fn code_cells(device: &Device, key: &str) -> u16 {
    let digits = u16::from(device.method.digits());
    match device.method {
        Method::Steam => digits,
        Method::Hardware => cells_of(notices::TOKEN),
        Method::Hotp { .. } => cells_of(key).max(digits + 1),
        Method::Totp { .. } => digits + 1,
    }
}

fn shape(canvas: &Canvas<'_>, open: &Open) -> Shape {
    if open.list.view().grouping == Grouping::Issuer && !open.list.is_narrowed() {
        Shape::UnderIssuer
    } else if canvas.size().0 < ACCOUNT_FROM {
        Shape::Short
    } else {
        Shape::Columns(0)
    }
}

fn draw_heading(canvas: &mut Canvas<'_>, open: &Open, at: usize, y: u16, columns: &Columns, selected: bool) {
    let Some(group) = open.list.group(at) else { return };
    let signs = canvas.theme.signs();
    let sign = if group.folded { signs.folded } else { signs.shown };
    canvas.sign(columns.start + 1, y, sign, Role::Dim);
    let count = group.places.len().to_string();
    let (x, room) = (columns.start + 3, columns.end.saturating_sub(columns.start + 3));
    let role = if selected { Role::Strong } else { Role::Text };
    let name = open.heading_name(group);
    let used = canvas.put_middle(x, y, room.saturating_sub(cells_of(&count) + 2), &name, role);
    canvas.put(x + used + 2, y, cells_of(&count), &count, Role::Dim);
}

impl Columns {
    fn of(inner: Pane, framed: bool, code: u16, names: Shape, widths: Widths) -> Self {
        let margin = u16::from(framed);
        let start = inner.x + margin;
        let end = (inner.x + inner.width).saturating_sub(1 + margin);
        let mark_end = end.saturating_sub(code.max(7) + 1);
        let room = mark_end.saturating_sub(MARK + start + 2);
        let names = match names {
            Shape::Columns(_) => Shape::Columns(issuer_cells(room, widths)),
            other => other,
        };
        Self { start, names, mark_end, end }
    }
}

/// What the account leaves free is the issuer's; half of the room and a little is so in any case.
fn issuer_cells(room: u16, widths: Widths) -> u16 {
    let [issuer, account] =
        [widths.issuer, widths.account].map(|width| u16::try_from(width).unwrap_or(u16::MAX));
    let least = (room * 11 / 20).max(room.saturating_sub(account.saturating_add(2)));
    issuer.clamp(8, least.max(8))
}

/// A device's row.
struct Line<'a> {
    device: &'a Device,
    names: Names,
    y: u16,
    /// Cells by which it stands under its heading.
    indent: u16,
    selected: bool,
}

impl Line<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, model: &Model, open: &Open, columns: &Columns) {
        let (device, y) = (self.device, self.y);
        let (strong, plain) =
            if self.selected { (Role::Selection, Role::Selection) } else { (Role::Text, Role::Dim) };
        let counter = counter(open, device, columns);
        let own_seconds = device.method.period().is_some_and(|period| period != Period::THIRTY);
        let mark = if own_seconds { MARK } else { LAST_MARK };
        let taken = counter.as_ref().map_or(mark, |words| cells_of(words) + 2);
        let x = columns.start + 2 + self.indent;
        let cells = columns.mark_end.saturating_sub(x + taken);
        if device.favourite {
            canvas.put(x - 1, y, 1, "*", Role::Accent);
        }
        let place = Place { x, y, cells, strong, plain };
        match columns.names {
            Shape::Columns(issuer) => self.names.draw_in_columns(canvas, &place, issuer),
            Shape::UnderIssuer => self.names.draw_under_issuer(canvas, &place),
            Shape::Short => self.names.draw_short(canvas, &place),
        }
        if let Some(words) = counter {
            canvas.put_right(columns.mark_end, y, 30, &words, Role::Dim);
        }
        draw_mark(canvas, model, device, y, columns.mark_end);
        let (words, role) = code(canvas, model, open, device, strong);
        canvas.put_right(columns.end, y, 12, &words, role);
    }
}

/// What stands before a counter device's code: its counter, or that the code was taken.
fn counter(open: &Open, device: &Device, columns: &Columns) -> Option<String> {
    let counter = device.method.counter()?;
    let there_is_room = columns.end - columns.start >= COUNTER_FROM;
    let shown = open.taken.filter(|taken| taken.id == device.id).map_or(counter, |taken| taken.counter);
    there_is_room.then(|| notices::counter(shown))
}

/// The seconds of a period of its own, and the mark of a code in its last seconds.
fn draw_mark(canvas: &mut Canvas<'_>, model: &Model, device: &Device, y: u16, end: u16) {
    let Some(period) = device.method.period() else { return };
    let remaining = period.remaining_at(model.moment.now);
    let last = remaining <= LAST_SECONDS;
    if period != Period::THIRTY {
        let role = if last { Role::Warning } else { Role::Dim };
        canvas.put_right(end.saturating_sub(1), y, 4, &format!("{remaining}s"), role);
    }
    if last {
        canvas.put_right(end, y, 1, "!", Role::Warning);
    }
}

fn code(canvas: &Canvas<'_>, model: &Model, open: &Open, device: &Device, strong: Role) -> (String, Role) {
    if !device.has_secret() {
        return (notices::TOKEN.to_owned(), Role::Dim);
    }
    let now = model.moment.now;
    let Some(period) = device.method.period() else {
        return match open.taken_code(device) {
            Some(code) => (shown(canvas, open, &code), Role::Strong),
            // What takes it stands in its place.
            None => (model.key_name(Action::Copy).unwrap_or_default(), Role::Dim),
        };
    };
    let code = device.code_at(now);
    if open.hidden {
        return (hide(canvas, &code.grouped()), Role::Dim);
    }
    let role = match period.remaining_at(now) {
        _ if open.is_spent(device, now) => Role::Dim,
        ..=LAST_SECONDS => Role::Warning,
        _ => strong,
    };
    (code.grouped(), role)
}

/// A code as it may be seen now.
pub(super) fn shown(canvas: &Canvas<'_>, open: &Open, code: &Code) -> String {
    if open.hidden { hide(canvas, &code.grouped()) } else { code.grouped() }
}

/// A code's shape without the code.
pub(super) fn hide(canvas: &Canvas<'_>, grouped: &str) -> String {
    let dot = canvas.theme.signs().dot;
    grouped.chars().map(|c| if c == ' ' { " " } else { dot }).collect()
}
