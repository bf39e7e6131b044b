//! The list of devices: in which order and under which headings, which of them, which one is selected, and
//! from where it is shown.

mod find;
mod looks;
mod names;
mod order;

pub use find::Find;
pub use names::Widths;
pub use order::Group;

use super::field::{Full, TextField};
use crate::device::{Device, DeviceId};
use crate::state::{HeadingId, View};
use crate::text::MAX_LINE;
use crate::vault::Vault;
use find::Found;
use order::Order;
use std::ops::Range;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A heading: the place of its group among the groups.
    Heading(usize),
    /// A device: its place in the vault, and that of the group under whose heading it stands.
    Device {
        /// In the vault.
        place: usize,
        /// Among the groups.
        group: Option<usize>,
    },
}

/// Which row, whatever is above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    heading: Option<HeadingId>,
    device: Option<DeviceId>,
}

/// The list of devices.
#[derive(Debug, Default)]
pub struct List {
    /// The devices, as they stand in the vault.
    ids: Vec<DeviceId>,
    /// Places in the vault, in the order of the list.
    listed: Vec<usize>,
    groups: Vec<Group>,
    found: Option<Found>,
    rows: Vec<Row>,
    cursor: usize,
    /// The row that was selected last, though it may not be shown now.
    anchor: Option<Spot>,
    top: usize,
    view: View,
    /// Whether devices were used since they were put in order.
    used_since: bool,
    widths: Widths,
    telling: Vec<Option<Range<usize>>>,
    /// Whether the list is narrowed.
    pub find: Find,
}

impl List {
    /// The list of a vault, as it was looked at last.
    pub fn new(vault: &Vault, view: View) -> Self {
        let mut list = Self { view, ..Self::default() };
        list.rebuild(vault);
        list.go(isize::MIN);
        // What is under the first heading is what people come for.
        if list.heading().is_some_and(|group| !group.folded) {
            list.go(1);
        }
        list
    }

    /// What is shown, row by row.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Which row is selected.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The widest texts of all devices.
    pub fn widths(&self) -> Widths {
        self.widths
    }

    /// How it is looked at.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// A group of [`Row`].
    pub fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// Which bytes of its account, safe to show, tell the device at this place from others of its issuer;
    /// none where there are no others.
    pub fn telling(&self, place: usize) -> Option<Range<usize>> {
        self.telling.get(place).cloned().flatten()
    }

    /// Whether a text narrows the list: then there are no headings, and the best fit is first.
    pub fn is_narrowed(&self) -> bool {
        self.found.is_some()
    }

    /// How many devices fit what is to be found.
    pub fn found(&self) -> usize {
        self.found.as_ref().map_or(self.ids.len(), |found| found.best_first.len())
    }

    /// The place of the selected device in the vault; none on a heading.
    pub fn selected_place(&self) -> Option<usize> {
        match self.rows.get(self.cursor)? {
            Row::Device { place, .. } => Some(*place),
            Row::Heading(_) => None,
        }
    }

    /// The selected device; none on a heading.
    pub fn selected(&self) -> Option<DeviceId> {
        self.ids.get(self.selected_place()?).copied()
    }

    /// The group whose heading is selected.
    pub fn heading(&self) -> Option<&Group> {
        match self.rows.get(self.cursor)? {
            Row::Heading(at) => self.groups.get(*at),
            Row::Device { .. } => None,
        }
    }

    /// The group under this heading.
    pub fn group_of(&self, id: HeadingId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Which row is selected.
    pub(super) fn spot(&self) -> Option<Spot> {
        self.spot_of(self.rows.get(self.cursor)?)
    }

    fn spot_of(&self, row: &Row) -> Option<Spot> {
        let heading = |at: usize| self.groups.get(at).map(|group| group.id);
        Some(match row {
            Row::Heading(at) => Spot { heading: heading(*at), device: None },
            Row::Device { place, group } => {
                Spot { heading: group.and_then(heading), device: Some(*self.ids.get(*place)?) }
            }
        })
    }

    /// Where a row is now: the same one, the same device under another heading, or the heading that hides it.
    fn find_spot(&self, spot: Spot) -> Option<usize> {
        let position = |fits: &dyn Fn(Spot) -> bool| {
            self.rows.iter().position(|row| self.spot_of(row).is_some_and(fits))
        };
        if let Some(at) = position(&|row| row == spot) {
            return Some(at);
        }
        let device = spot.device?;
        position(&|row| row.device == Some(device)).or_else(|| {
            let place = self.ids.iter().position(|id| *id == device)?;
            let hides = |row: &Row| match row {
                Row::Heading(at) => self.groups.get(*at).is_some_and(|group| group.places.contains(&place)),
                Row::Device { .. } => false,
            };
            self.rows.iter().position(hides)
        })
    }

    /// Takes in another vault or order: the selected row stays selected, or the one in its place.
    pub fn rebuild(&mut self, vault: &Vault) {
        let here = self.spot();
        let devices: Vec<&Device> = vault.devices().collect();
        self.ids = devices.iter().map(|device| device.id).collect();
        self.widths = Widths::of(&devices);
        self.telling = names::telling(&devices);
        let order = Order::of(&devices, &self.view);
        self.groups = order.groups(&devices, vault.id(), &self.view);
        self.listed = order.listed;
        self.used_since = false;
        self.found = Found::look(self.find.text(), &devices, &self.listed, None);
        self.fill();
        let at = [here, self.anchor].into_iter().flatten().find_map(|spot| self.find_spot(spot));
        self.cursor = at.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
        // What was selected before a text was typed is what Esc goes back to.
        if !self.is_narrowed() {
            self.anchor = self.spot();
        }
    }

    /// Finds anew what is shown, after the text has changed: the best fit is selected. Without a text the row
    /// that was selected before is again.
    pub fn narrow(&mut self, vault: &Vault) {
        let devices: Vec<&Device> = vault.devices().collect();
        self.found = Found::look(self.find.text(), &devices, &self.listed, self.found.as_ref());
        self.fill();
        let before = self.anchor.filter(|_| self.found.is_none());
        self.cursor = before.and_then(|spot| self.find_spot(spot)).unwrap_or(0);
    }

    fn fill(&mut self) {
        let flat = |places: &[usize]| {
            places.iter().map(|place| Row::Device { place: *place, group: None }).collect()
        };
        self.rows = match &self.found {
            Some(found) => flat(&found.best_first),
            None if self.groups.is_empty() => flat(&self.listed),
            None => {
                let mut rows = Vec::with_capacity(self.listed.len() + self.groups.len());
                for (at, group) in self.groups.iter().enumerate() {
                    rows.push(Row::Heading(at));
                    let shown = if group.folded { &[] } else { group.places.as_slice() };
                    rows.extend(shown.iter().map(|place| Row::Device { place: *place, group: Some(at) }));
                }
                rows
            }
        };
    }

    /// Selects a device, where it fits what is to be found; a group that hides it is shown.
    pub fn select(&mut self, id: DeviceId) {
        let spot = Spot { heading: None, device: Some(id) };
        let Some(at) = self.find_spot(spot) else { return };
        self.cursor = at;
        if self.heading().is_some() {
            self.set_folded(false);
            self.cursor = self.find_spot(spot).unwrap_or(at);
        }
        self.anchor = self.spot();
    }

    /// Moves the selection by so many rows, to the ends at most. The first heading is shown with its first
    /// device.
    pub fn go(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.anchor = self.spot();
        if self.cursor == 1 && matches!(self.rows.first(), Some(Row::Heading(_))) {
            self.top = 0;
        }
    }

    /// Selects a row of the screen; whether there is one.
    pub fn select_shown(&mut self, row: usize) -> bool {
        let at = self.top + row;
        let there = at < self.rows.len();
        if there {
            self.cursor = at;
            self.anchor = self.spot();
        }
        there
    }

    /// Moves what is shown by so many rows, where so many fit; the selection goes along at the edge.
    pub fn wheel(&mut self, by: isize, shown: usize) {
        let lowest = self.rows.len().saturating_sub(shown);
        self.top = self.top.saturating_add_signed(by).min(lowest);
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.clamp(self.top, self.top + shown.saturating_sub(1)).min(last);
        self.anchor = self.spot();
    }

    /// Shows the selected row, where so many fit. Where rows have to move they move by a third of the screen: each
    /// time they do, all of them go over the wire.
    pub fn scroll(&mut self, shown: usize) {
        let lowest = self.rows.len().saturating_sub(shown);
        let ahead = shown / 3;
        if self.cursor >= self.top + shown {
            self.top = (self.cursor + 1 + ahead).saturating_sub(shown);
        } else if self.cursor < self.top {
            self.top = self.cursor.saturating_sub(ahead);
        }
        self.top = self.top.min(lowest);
    }

    /// Starts typing a text to find, or goes on with the one that was kept.
    pub fn start_finding(&mut self) {
        self.find.start();
    }

    /// Finds a text that was pasted.
    pub fn find_pasted(&mut self, text: &str, vault: &Vault) -> Result<(), Full> {
        let mut field = TextField::new(MAX_LINE);
        let inserted = field.insert(text);
        self.find = Find::Typing(field);
        self.narrow(vault);
        inserted
    }

    /// Keeps what was found: the selected device stays selected when all are shown again.
    pub fn keep_found(&mut self) {
        self.anchor = self.spot().or(self.anchor);
        self.find.keep();
    }

    /// Shows all devices again.
    pub fn stop_finding(&mut self, vault: &Vault) {
        self.find = Find::Off;
        self.narrow(vault);
        if self.used_since {
            self.rebuild(vault);
        }
    }
}
