//! What names a device in its row of the list: issuer and account, as much of them as there is room for, with
//! what was found in them marked.

use super::canvas::{Canvas, Name};
use super::theme::Role;
use crate::app::Open;
use crate::device::{Device, MfaArn};
use crate::explain::notices::{self, FoundIn};
use crate::text::{self, Fuzzy, Kept, Text};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// The least room that an issuer gets beside an account.
const LEAST_ISSUER: usize = 8;
/// Cells between an issuer and an account that are no columns.
const GAP: usize = 1;

/// The names of a device as they are drawn.
pub(super) struct Names {
    issuer: Marked,
    account: Marked,
    /// Which bytes of the account tell it from others of the issuer; none where the issuer does.
    telling: Option<Range<usize>>,
    /// Where else something was found, and what.
    found: Option<(FoundIn, Marked)>,
}

/// A text with what was found in it.
#[derive(Default)]
struct Marked {
    text: String,
    marks: Vec<u32>,
}

/// Where names are, and how they are drawn.
pub(super) struct Place {
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) cells: u16,
    pub(super) strong: Role,
    pub(super) plain: Role,
}

impl Names {
    /// The names of the device at this place in the vault; `fuzzy` finds what is looked for.
    pub(super) fn of(open: &Open, device: &Device, at: usize, fuzzy: Option<&mut Fuzzy>) -> Self {
        let mut issuer = Marked { text: device.issuer.to_string(), marks: Vec::new() };
        let mut account = Marked { text: device.account.to_string(), marks: Vec::new() };
        let found = fuzzy.and_then(|fuzzy| find(fuzzy, device, &mut issuer, &mut account));
        Self { issuer, account, telling: open.list.telling(at), found }
    }

    /// In columns of so many cells for the issuer and the rest for the account.
    pub(super) fn draw_in_columns(&self, canvas: &mut Canvas<'_>, place: &Place, issuer: u16) {
        self.issuer.draw(canvas, place.x, place.y, issuer, &(0..0), place.strong);
        let start = issuer + 2;
        let room = place.cells.saturating_sub(start);
        self.draw_account(canvas, place.x + start, place.y, room, place.plain);
    }

    /// Under a heading with the issuer: the account alone.
    pub(super) fn draw_under_issuer(&self, canvas: &mut Canvas<'_>, place: &Place) {
        if self.account.text.is_empty() {
            self.issuer.draw(canvas, place.x, place.y, place.cells, &(0..0), place.strong);
        } else {
            self.draw_account(canvas, place.x, place.y, place.cells, place.strong);
        }
    }

    /// Where there is little room: the issuer alone where that is enough to know the device, else as much of
    /// the account too as tells it from the others.
    pub(super) fn draw_short(&self, canvas: &mut Canvas<'_>, place: &Place) {
        let needs_account = self.telling.is_some() || !self.account.marks.is_empty();
        let account = needs_account || self.issuer.text.is_empty();
        let wanted = if account { text::width(&self.account.text) + GAP } else { 0 };
        let found = self.found.as_ref().map_or(0, |found| found_cells(found) + GAP);
        let left = usize::from(place.cells).saturating_sub(wanted + found);
        let cells = to_cells(left.max(LEAST_ISSUER)).min(place.cells);
        let used = self.issuer.draw(canvas, place.x, place.y, cells, &(0..0), place.strong);
        let start = if used == 0 { 0 } else { used + to_cells(GAP) };
        let (x, room) = (place.x + start, place.cells.saturating_sub(start));
        if account {
            self.draw_account(canvas, x, place.y, room, place.plain);
        } else if let Some(found) = &self.found {
            draw_found(canvas, x, place.y, room, found);
        }
    }

    /// The account, and after it where else something was found; that is what it is looked for by.
    fn draw_account(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, cells: u16, role: Role) {
        let telling = self.telling.clone().unwrap_or(0..0);
        let Some(found) = &self.found else {
            self.account.draw(canvas, x, y, cells, &telling, role);
            return;
        };
        let room = cells.saturating_sub(to_cells(found_cells(found)) + 2).max(cells / 3);
        let used = self.account.draw(canvas, x, y, room, &telling, role);
        let start = if used == 0 { 0 } else { used + 2 };
        draw_found(canvas, x + start, y, cells.saturating_sub(start), found);
    }
}

fn found_cells((place, found): &(FoundIn, Marked)) -> usize {
    text::width(notices::found_in(*place)) + 1 + text::width(&found.text)
}

fn draw_found(canvas: &mut Canvas<'_>, x: u16, y: u16, cells: u16, (place, found): &(FoundIn, Marked)) {
    let used = canvas.put(x, y, cells, notices::found_in(*place), Role::Dim) + 1;
    found.draw(canvas, x + used, y, cells.saturating_sub(used), &found.marked(), Role::Text);
}

impl Marked {
    /// The bytes from the first to the last character that was found.
    fn marked(&self) -> Range<usize> {
        let place = |mark: Option<&u32>| {
            let at = usize::try_from(*mark?).ok()?;
            self.text.grapheme_indices(true).nth(at).map(|(byte, grapheme)| byte..byte + grapheme.len())
        };
        let (first, last) = (place(self.marks.first()), place(self.marks.last()));
        first.zip(last).map_or(0..0, |(first, last)| first.start..last.end)
    }

    /// Cut to so many cells, so that these bytes stay in sight; how many it took.
    fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        x: u16,
        y: u16,
        cells: u16,
        part: &Range<usize>,
        role: Role,
    ) -> u16 {
        let kept = Kept::of(&self.text, cells.into(), part.clone());
        canvas.put_kept(x, y, &Name { text: &self.text, marks: &self.marks }, &kept, role)
    }
}

/// Marks what was found in the names; what was found elsewhere only is told.
fn find(
    fuzzy: &mut Fuzzy,
    device: &Device,
    issuer: &mut Marked,
    account: &mut Marked,
) -> Option<(FoundIn, Marked)> {
    let serial = device.serial.as_ref().map(Text::to_string);
    let arn = device.serial.as_ref().and_then(|serial| MfaArn::parse(serial.raw()));
    let tags: Vec<String> = device.tags.iter().map(Text::to_string).collect();
    let elsewhere = tags
        .iter()
        .map(|tag| (FoundIn::Tag, tag.as_str()))
        .chain(arn.iter().map(|arn| (FoundIn::AccountId, arn.account_id.as_str())))
        .chain(serial.iter().map(|serial| (FoundIn::Serial, serial.as_str())));
    let elsewhere: Vec<(FoundIn, &str)> = elsewhere.collect();
    let mut texts = vec![issuer.text.as_str(), account.text.as_str()];
    texts.extend(elsewhere.iter().map(|(_, text)| *text));
    let mut marks = fuzzy.marks_among(&texts).into_iter();
    (issuer.marks, account.marks) = (marks.next().unwrap_or_default(), marks.next().unwrap_or_default());
    let mut found = elsewhere.iter().zip(marks).filter(|(_, marks)| !marks.is_empty());
    found.next().map(|((place, text), marks)| (*place, Marked { text: (*text).to_owned(), marks }))
}

fn to_cells(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
