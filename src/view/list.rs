//! The list of devices.

use super::canvas::{Canvas, cells_of};
use super::header::LAST_SECONDS;
use super::theme::Role;
use crate::app::layout::{ACCOUNT_FROM, Pane};
use crate::app::{Find, Model, Open, Widths};
use crate::device::Device;
use crate::explain::notices;
use crate::otp::{Code, Method, Period};

/// Cells of a period's own seconds, or of the mark of a code that is soon over, with the gap after it.
const MARK: u16 = 5;
/// Under this width a counter is left out.
const COUNTER_FROM: u16 = 38;

/// Where the parts of a row are, in columns.
struct Columns {
    start: u16,
    issuer: u16,
    account: u16,
    mark_end: u16,
    end: u16,
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Open, pane: Pane) {
    let framed = model.layout_for(canvas.size()).framed;
    let inner = pane.inside(framed);
    if framed {
        canvas.frame(pane, &title(open), Role::Dim);
    }
    if open.list.rows().is_empty() {
        let words = match (&open.list.find, model.read_only) {
            (Find::Typing(_) | Find::Kept(_), _) => notices::NOTHING_FOUND,
            (Find::Off, true) => notices::NO_DEVICES_READ_ONLY,
            (Find::Off, false) => notices::NO_DEVICES,
        };
        canvas.put(
            inner.x + 2,
            inner.y + inner.height.min(3) / 2,
            inner.width.saturating_sub(4),
            words,
            Role::Dim,
        );
        return;
    }
    let rows = open.list.rows().iter().enumerate().skip(open.list.top()).take(inner.height.into());
    let devices: Vec<(usize, &Device)> =
        rows.filter_map(|(at, id)| open.vault.get(*id).map(|device| (at, device))).collect();
    let code = devices.iter().map(|(_, device)| code_cells(device)).max().unwrap_or(0);
    let widths = (canvas.size().0 >= ACCOUNT_FROM).then(|| open.list.widths());
    let columns = Columns::of(inner, framed, code, widths);
    for ((at, device), y) in devices.into_iter().zip(inner.y..) {
        draw_row(canvas, model, open, device, y, &columns, at == open.list.cursor());
    }
}

fn title(open: &Open) -> String {
    match &open.list.find {
        Find::Kept(text) => format!("Devices with \"{}\"", text.trimmed()),
        Find::Off | Find::Typing(_) => "Devices".to_owned(),
    }
}

fn code_cells(device: &Device) -> u16 {
    let digits = u16::from(device.method.digits());
    if matches!(device.method, Method::Steam) { digits } else { digits + 1 }
}

impl Columns {
    /// `widths` where the account is shown too.
    fn of(inner: Pane, framed: bool, code: u16, widths: Option<Widths>) -> Self {
        let margin = u16::from(framed);
        let start = inner.x + margin;
        let end = (inner.x + inner.width).saturating_sub(1 + margin);
        let mark_end = end.saturating_sub(code.max(7) + 1);
        let room = mark_end.saturating_sub(MARK + start + 2);
        let Some(widths) = widths else {
            return Self { start, issuer: room, account: 0, mark_end, end };
        };
        let [issuer, account] =
            [widths.issuer, widths.account].map(|width| u16::try_from(width).unwrap_or(u16::MAX));
        // What the account leaves free is the issuer's; half of the room and a little is so in any case.
        let least = (room * 11 / 20).max(room.saturating_sub(account.saturating_add(2)));
        let issuer = issuer.clamp(8, least.max(8));
        Self { start, issuer, account: room.saturating_sub(issuer + 2), mark_end, end }
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    device: &Device,
    y: u16,
    columns: &Columns,
    selected: bool,
) {
    if selected {
        let sign = canvas.theme.signs().selected;
        canvas.sign(columns.start, y, sign, Role::Accent);
    }
    if device.favourite {
        canvas.put(columns.start + 1, y, 1, "*", Role::Accent);
    }
    let (strong, plain) = if selected { (Role::Selection, Role::Selection) } else { (Role::Text, Role::Dim) };
    let x = columns.start + 2;
    let counter = counter(open, device, columns);
    let counter_cells = counter.as_ref().map_or(0, |words| cells_of(words) + 2);
    let room = (columns.mark_end - x).saturating_sub(counter_cells);
    let issuer = device.issuer.to_string();
    let account = device.account.to_string();
    if columns.account == 0 {
        let name = if issuer.is_empty() { &account } else { &issuer };
        canvas.put_middle(x, y, columns.issuer.min(room), name, strong);
    } else {
        canvas.put_middle(x, y, columns.issuer, &issuer, strong);
        let account_room = room.saturating_sub(columns.issuer + 2).min(columns.account);
        canvas.put_middle(x + columns.issuer + 2, y, account_room, &account, plain);
    }
    if let Some(words) = counter {
        canvas.put_right(columns.mark_end, y, 30, &words, Role::Dim);
    }
    draw_mark(canvas, model, device, y, columns.mark_end);
    let (words, role) = code(canvas, model, open, device, strong);
    canvas.put_right(columns.end, y, 12, &words, role);
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
    let now = model.moment.now;
    let Some(period) = device.method.period() else {
        return match open.taken_code(device) {
            Some(code) => (shown(canvas, open, &code), Role::Strong),
            None => (notices::TAKE_KEY.to_owned(), Role::Dim),
        };
    };
    let code = device.code_at(now);
    if open.hidden {
        return (hide(canvas, &code.grouped()), Role::Dim);
    }
    let used = open.used.get(&device.id).is_some_and(|factor| *factor >= device.factor_at(now));
    let role = match period.remaining_at(now) {
        _ if used => Role::Dim,
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
