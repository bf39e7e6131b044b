//! The list of devices: in which order, which of them, which one is selected, and from where it is shown.

use super::field::{Full, TextField};
use crate::device::query::Filter;
use crate::device::{Device, DeviceId};
use crate::text::{self, MAX_LINE, Text};
use crate::vault::Vault;

/// The order of the list. Favourites go first in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By issuer, then account.
    #[default]
    Issuer,
    /// By account, then issuer.
    Account,
    /// The newest first.
    Newest,
}

/// Whether the list is narrowed.
#[derive(Debug, Default)]
pub enum Find {
    /// All devices are shown.
    #[default]
    Off,
    /// The text is being typed.
    Typing(TextField),
    /// The text is kept, and the keys are those of the list.
    Kept(TextField),
}

/// The list of devices.
#[derive(Debug, Default)]
pub struct List {
    /// Positions in the vault, in the order of the list.
    order: Vec<usize>,
    rows: Vec<DeviceId>,
    cursor: usize,
    /// The device that was selected last, though it may not be shown now.
    anchor: Option<DeviceId>,
    top: usize,
    sort: Sort,
    widths: Widths,
    /// Whether the list is narrowed.
    pub find: Find,
}

/// The widest texts of all devices, in cells: columns stay where they are while the list is scrolled
/// and narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Widths {
    /// The widest issuer.
    pub issuer: usize,
    /// The widest account.
    pub account: usize,
}

impl Find {
    /// The text that narrows the list.
    pub fn text(&self) -> &str {
        match self {
            Self::Off => "",
            Self::Typing(field) | Self::Kept(field) => field.text(),
        }
    }
}

impl Widths {
    fn of(devices: &[&Device]) -> Self {
        let widest = |text: fn(&Device) -> &Text| {
            devices.iter().map(|device| text::width(&text::safe(text(device).raw()))).max().unwrap_or(0)
        };
        Self { issuer: widest(|device| &device.issuer), account: widest(|device| &device.account) }
    }
}

impl Sort {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Issuer => Self::Account,
            Self::Account => Self::Newest,
            Self::Newest => Self::Issuer,
        }
    }
}

impl List {
    /// The devices that are shown, in order.
    pub fn rows(&self) -> &[DeviceId] {
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

    /// The order.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The selected device.
    pub fn selected(&self) -> Option<DeviceId> {
        self.rows.get(self.cursor).copied()
    }

    /// Takes in another vault or order: the selected device stays selected, or the one in its place.
    pub fn rebuild(&mut self, vault: &Vault) {
        let devices: Vec<&Device> = vault.devices().collect();
        self.widths = Widths::of(&devices);
        let mut order: Vec<(usize, &Device)> = devices.iter().copied().enumerate().collect();
        let sort = self.sort;
        order.sort_by_cached_key(|(at, device)| {
            let (issuer, account) = (device.issuer.raw().to_lowercase(), device.account.raw().to_lowercase());
            let names = match sort {
                Sort::Issuer => (issuer, account),
                Sort::Account => (account, issuer),
                Sort::Newest => Default::default(),
            };
            let age = if sort == Sort::Newest { u64::MAX - device.created.0 } else { 0 };
            let place = if sort == Sort::Newest { usize::MAX - at } else { *at };
            (!device.favourite, age, names, place)
        });
        self.order = order.into_iter().map(|(at, _)| at).collect();
        let place = self.cursor;
        self.narrow(vault);
        if self.anchor != self.selected() {
            self.cursor = place.min(self.rows.len().saturating_sub(1));
            self.anchor = self.selected();
        }
    }

    /// Finds anew what is shown. The device that was selected last stays so where it is shown; else the
    /// first one is.
    pub fn narrow(&mut self, vault: &Vault) {
        let devices: Vec<&Device> = vault.devices().collect();
        let filter = Filter::new(self.find.text());
        let fits = |device: &&&Device| filter.matches(device);
        self.rows = self.order.iter().filter_map(|at| devices.get(*at)).filter(fits).map(|d| d.id).collect();
        let at = self.anchor.and_then(|id| self.rows.iter().position(|row| *row == id));
        self.cursor = at.unwrap_or(0);
    }

    /// Selects a device, where it is shown.
    pub fn select(&mut self, id: DeviceId) {
        if let Some(at) = self.rows.iter().position(|row| *row == id) {
            self.cursor = at;
            self.anchor = Some(id);
        }
    }

    /// Moves the selection by so many rows, to the ends at most.
    pub fn go(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.anchor = self.selected();
    }

    /// Selects a row of the screen; whether there is one.
    pub fn select_shown(&mut self, row: usize) -> bool {
        let at = self.top + row;
        let there = at < self.rows.len();
        if there {
            self.cursor = at;
            self.anchor = self.selected();
        }
        there
    }

    /// Takes the next order.
    pub fn resort(&mut self, vault: &Vault) {
        self.sort = self.sort.next();
        self.rebuild(vault);
    }

    /// Shows the selected row, where so many fit, and moves the others as little as possible.
    pub fn scroll(&mut self, shown: usize) {
        let lowest = self.rows.len().saturating_sub(shown);
        let first = (self.cursor + 1).saturating_sub(shown);
        self.top = self.top.clamp(first, self.cursor.max(first)).min(lowest);
    }

    /// Starts typing a text to find, or goes on with the one that was kept.
    pub fn start_finding(&mut self) {
        self.find = match std::mem::take(&mut self.find) {
            Find::Off => Find::Typing(TextField::new(MAX_LINE)),
            Find::Kept(field) | Find::Typing(field) => Find::Typing(field),
        };
    }

    /// Finds a text that was pasted.
    pub fn find_pasted(&mut self, text: &str, vault: &Vault) -> Result<(), Full> {
        let mut field = TextField::new(MAX_LINE);
        let inserted = field.insert(text);
        self.find = Find::Typing(field);
        self.narrow(vault);
        inserted
    }

    /// Keeps what was found.
    pub fn keep_found(&mut self) {
        self.find = match std::mem::take(&mut self.find) {
            Find::Typing(field) if !field.is_empty() => Find::Kept(field),
            Find::Kept(field) => Find::Kept(field),
            _ => Find::Off,
        };
    }

    /// Shows all devices again.
    pub fn stop_finding(&mut self, vault: &Vault) {
        self.find = Find::Off;
        self.narrow(vault);
    }
}
