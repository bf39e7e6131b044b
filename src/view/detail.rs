//! The details of the selected device: its code in large digits, the next one, and all that is known of it.

use super::canvas::Canvas;
use super::header::LAST_SECONDS;
use super::theme::Role;
use super::{digits, list};
use crate::app::keymap::Action;
use crate::app::layout::Pane;
use crate::app::{Group, Model, Open};
use crate::clock::Synchronised;
use crate::device::{Device, MfaArn};
use crate::explain::notices;
use crate::otp::Kind;
use crate::text::safe_lines;

/// Below this height, and from [`WIDE`] columns on, facts go beside the code.
const TALL: u16 = 14;
const WIDE: u16 = 56;

/// A row of the details, or the three of a code in large digits.
enum Row {
    Blank,
    Big([String; 3], Role),
    Parts(Vec<(String, Role)>),
    Middle(String, Role),
}

impl Row {
    fn height(&self) -> u16 {
        if matches!(self, Self::Big(..)) { 3 } else { 1 }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, open: &Open, pane: Pane) {
    let framed = model.layout_for(canvas.size()).framed;
    let mut inner = pane.inside(framed);
    let device = open.selected();
    let heading = open.list.heading();
    let title = heading.map(|group| open.heading_name(group)).or(device.map(title)).unwrap_or_default();
    if framed {
        canvas.frame(pane, &title, Role::Dim);
    } else {
        canvas.clear(pane);
        let rule: String = canvas.theme.signs().horizontal.repeat(pane.width.into());
        canvas.sign(pane.x, pane.y, &rule, Role::Dim);
        canvas.put(pane.x + 1, pane.y, pane.width.saturating_sub(4), &format!(" {title} "), Role::Strong);
        inner = Pane { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    }
    let inner = Pane { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    if let Some(group) = heading {
        return draw_rows(canvas, inner, &heading_rows(group));
    }
    let Some(device) = device else { return };
    let wide = inner.height < TALL && inner.width >= WIDE;
    let left = Pane { width: if wide { inner.width * 9 / 20 } else { inner.width }, ..inner };
    let mut rows = code_rows(canvas, model, open, device, left.width);
    let mut facts = facts(model, open, device);
    if model.layout_for(canvas.size()).list.is_none() {
        rows.push(Row::Blank);
        rows.append(&mut facts);
        add_note(&mut rows, model, open, device, u16::MAX);
        let mut pages = pages(rows, left.height);
        let (at, count) = (open.detail_page() % pages.len(), pages.len());
        if count > 1 {
            let words = notices::detail_page(at + 1, count, model.key_name(Action::OpenDetail).as_deref());
            canvas.put_right(pane.x + pane.width - 1, pane.y, 20, &format!(" {words} "), Role::Dim);
        }
        return draw_rows(canvas, left, &pages.swap_remove(at));
    }
    if wide {
        let right = Pane { x: left.x + left.width + 2, width: inner.width - left.width - 2, ..inner };
        add_note(&mut facts, model, open, device, right.height);
        draw_rows(canvas, right, &fit(facts, right.height));
    } else {
        rows.push(Row::Blank);
        rows.append(&mut facts);
        add_note(&mut rows, model, open, device, left.height);
    }
    draw_rows(canvas, left, &fit(rows, left.height));
}

fn title(device: &Device) -> String {
    if device.issuer.is_empty() { device.account.to_string() } else { device.issuer.to_string() }
}

/// A heading has no code: how many devices stand under it, and what its key does.
fn heading_rows(group: &Group) -> Vec<Row> {
    let hint = if group.folded { notices::HEADING_OPENS } else { notices::HEADING_FOLDS };
    let devices = notices::counted(group.places.len(), "device");
    vec![Row::Blank, Row::Parts(vec![text(devices)]), Row::Parts(vec![dim(hint)])]
}

/// Where rows are too many, the blank ones go first.
fn fit(rows: Vec<Row>, height: u16) -> Vec<Row> {
    let needed: u16 = rows.iter().map(Row::height).sum();
    let mut surplus = needed.saturating_sub(height);
    let keep = |row: &Row| {
        let goes = surplus > 0 && matches!(row, Row::Blank);
        surplus -= u16::from(goes);
        !goes
    };
    let mut rows = rows;
    let mut keep = keep;
    rows.retain(|row| keep(row));
    rows
}

/// Rows in pages of this height, at least one; what fits without its blank rows is one page.
fn pages(rows: Vec<Row>, height: u16) -> Vec<Vec<Row>> {
    let mut pages = vec![Vec::new()];
    let mut room = height;
    for row in fit(rows, height) {
        let needed = row.height();
        if needed > room {
            pages.push(Vec::new());
            room = height;
        }
        room = room.saturating_sub(needed);
        if let Some(page) = pages.last_mut() {
            page.push(row);
        }
    }
    pages
}

fn draw_rows(canvas: &mut Canvas<'_>, pane: Pane, rows: &[Row]) {
    let mut y = pane.y;
    for row in rows {
        if y + row.height() > pane.y + pane.height {
            break;
        }
        match row {
            Row::Blank => {}
            Row::Big(rows, role) => digits::draw(canvas, pane.x + 1, y, rows, *role),
            Row::Parts(parts) => {
                canvas.put_parts(pane.x, y, pane.width, parts);
            }
            Row::Middle(words, role) => {
                canvas.put_middle(pane.x, y, pane.width, words, *role);
            }
        }
        y += row.height();
    }
}

fn text(words: impl Into<String>) -> (String, Role) {
    (words.into(), Role::Text)
}

fn dim(words: impl Into<String>) -> (String, Role) {
    (words.into(), Role::Dim)
}

fn code_rows(canvas: &Canvas<'_>, model: &Model, open: &Open, device: &Device, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    if !device.issuer.is_empty() && !device.account.is_empty() {
        rows.push(Row::Middle(device.account.to_string(), Role::Text));
    }
    rows.push(Row::Blank);
    if !device.has_secret() {
        rows.push(Row::Parts(vec![dim(notices::ON_TOKEN)]));
        return rows;
    }
    if device.method.kind() == Kind::Hotp {
        rows.extend(counter_rows(canvas, model, open, device, width));
        return rows;
    }
    let now = model.moment.now;
    let code = device.code_at(now).grouped();
    let next = device.next_code_at(now).grouped();
    let period = device.method.period();
    let remaining = period.map_or(0, |period| period.remaining_at(now));
    let role = if remaining <= LAST_SECONDS { Role::Warning } else { Role::Text };
    if open.hidden {
        rows.push(hidden_row(canvas, model, &code));
    } else {
        rows.push(big(canvas, &code, width, role));
    }
    rows.push(Row::Blank);
    let next = if open.hidden { list::hide(canvas, &next) } else { next };
    let when =
        if open.is_spent(device, now) { notices::fresh_in(remaining) } else { notices::next_in(remaining) };
    let mut parts = vec![dim("next  "), (next, Role::Strong), (format!("   {when}"), role)];
    if role == Role::Warning {
        parts.push((" !".to_owned(), role));
    }
    rows.push(Row::Parts(parts));
    rows
}

fn hidden_row(canvas: &Canvas<'_>, model: &Model, grouped: &str) -> Row {
    let hint = notices::shows_codes(model.key_name(Action::HideCodes).as_deref());
    Row::Parts(vec![dim(list::hide(canvas, grouped)), dim(format!("  {hint}"))])
}

/// A counter device's code is there only after it was taken.
fn counter_rows(canvas: &Canvas<'_>, model: &Model, open: &Open, device: &Device, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(code) = open.taken_code(device).filter(|_| open.hidden) {
        rows.push(hidden_row(canvas, model, &code.grouped()));
    } else if let Some(code) = open.taken_code(device) {
        rows.push(big(canvas, &code.grouped(), width, Role::Text));
    } else {
        rows.push(Row::Parts(vec![dim(notices::no_code_taken(model.key_name(Action::Copy).as_deref()))]));
    }
    rows.push(Row::Blank);
    rows.push(Row::Parts(vec![dim("next  "), text(notices::counter(device.method.counter().unwrap_or(0)))]));
    rows
}

fn big(canvas: &Canvas<'_>, grouped: &str, width: u16, role: Role) -> Row {
    if let Some(rows) = digits::rows(grouped, canvas.theme.unicode(), width.saturating_sub(2)) {
        Row::Big(rows, role)
    } else {
        let role = if role == Role::Text { Role::Strong } else { role };
        Row::Parts(vec![(grouped.to_owned(), role)])
    }
}

fn facts(model: &Model, open: &Open, device: &Device) -> Vec<Row> {
    let method = device.method;
    let mut rows = Vec::new();
    // It goes first: it says why the code is another than elsewhere.
    if let Some(period) = method.period().filter(|_| !device.drift.is_none()) {
        rows.push(Row::Parts(vec![text(notices::its_clock(device.drift.seconds(period)))]));
    }
    rows.push(Row::Parts(vec![text(notices::method(&method))]));
    if let Some(serial) = &device.serial {
        rows.push(Row::Middle(serial.to_string(), Role::Text));
        if let Some(arn) = MfaArn::parse(serial.raw()) {
            let mut parts = vec![dim("account "), text(&arn.account_id), dim("  name "), text(&arn.name)];
            if arn.partition != "aws" {
                parts.extend([dim("  partition "), text(&arn.partition)]);
            }
            rows.push(Row::Parts(parts));
        }
    }
    if !device.tags.is_empty() {
        let tags: Vec<String> = device.tags.iter().map(ToString::to_string).collect();
        rows.push(Row::Parts(vec![dim("tags  "), text(tags.join(", "))]));
    }
    let checked = match device.checked {
        Some(at) => notices::checked(&model.date(at)),
        None => notices::NOT_CHECKED.to_owned(),
    };
    let mut added = vec![dim("added "), text(model.date(device.created))];
    // There is nothing of a token that typed codes could prove.
    added.extend(device.has_secret().then(|| dim(format!("   {checked}"))));
    rows.push(Row::Parts(added));
    rows.push(Row::Parts(vec![dim(backup(model, open))]));
    if model.synchronised == Synchronised::No {
        rows.push(Row::Parts(vec![dim(notices::UNSYNCHRONISED_SHORT)]));
    }
    rows
}

/// Adds the note's lines, as many as there is room for under what is there, and says how many more there are.
/// Recovery codes are kept in notes, so that they are hidden with the codes.
fn add_note(rows: &mut Vec<Row>, model: &Model, open: &Open, device: &Device, height: u16) {
    if device.note.is_empty() {
        return;
    }
    // Blank rows give way.
    let used: u16 = rows.iter().filter(|row| !matches!(row, Row::Blank)).map(Row::height).sum();
    let room = usize::from(height.saturating_sub(used)).max(1);
    rows.push(Row::Blank);
    let lines: Vec<_> = safe_lines(device.note.raw()).collect();
    if open.hidden {
        let show = model.key_name(Action::HideCodes);
        rows.push(Row::Parts(vec![dim(notices::note_hidden(lines.len(), show.as_deref()))]));
        return;
    }
    let shown = if lines.len() > room { room - 1 } else { room };
    let more = lines.len().saturating_sub(shown);
    rows.extend(lines.into_iter().take(shown).map(|line| Row::Parts(vec![text(line)])));
    let edit = model.key_name(Action::Edit).filter(|_| !model.read_only);
    rows.extend((more > 0).then(|| Row::Parts(vec![dim(notices::more_lines(more, edit.as_deref()))])));
}

fn backup(model: &Model, open: &Open) -> String {
    match open.vault.last_backup() {
        Some((at, changes)) => notices::last_backup(model.moment.now.since(at) / 86_400, changes),
        None => notices::no_backup(model.key_name(Action::Export).filter(|_| !model.read_only).as_deref()),
    }
}
