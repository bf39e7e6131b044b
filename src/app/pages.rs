//! The devices of a group on pages of QR codes, which Google Authenticator and others read.

use crate::device::{Device, DeviceId};
use crate::exchange::{MigrationMisfit, migration_misfit, to_migration_uris};
use crate::qr::{Ink, Matrix, Redundancy, pages};
use crate::vault::Vault;
use std::time::Duration;

/// The room for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CodeRoom {
    /// The largest side of a code that fits, in modules.
    pub(super) side: usize,
}

impl CodeRoom {
    /// Of so many columns and lines, drawn with this.
    pub(super) fn of(ink: Ink, (columns, lines): (usize, usize)) -> Self {
        Self { side: ink.side_within(columns, lines) }
    }

    fn takes(self, devices: &[&Device]) -> bool {
        side_of(devices).is_some_and(|side| side <= self.side)
    }
}

/// Why a device is on no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// A migration URI can't say what its codes come from.
    Misfit(MigrationMisfit),
    /// Its names make its URI too long for any code.
    TooLong,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page<'a> {
    /// A code, though perhaps too large a one for the screen.
    Code {
        /// Which page it is, from 1.
        number: usize,
        /// The devices in it.
        devices: &'a [DeviceId],
    },
    /// The devices that are on no page: the last one, where there are any.
    LeftOut(&'a [(DeviceId, LeftOut)]),
}

/// A group's QR codes, while they are shown. Each page stands for itself: they may be read in any order, and again.
#[derive(Debug)]
pub struct PagesShown {
    /// What the group is called.
    pub name: String,
    /// The uptime from which it is gone.
    pub until: Duration,
    /// How many rows of words are scrolled away.
    pub top: usize,
    pages: Vec<Vec<DeviceId>>,
    left_out: Vec<(DeviceId, LeftOut)>,
    at: usize,
    code: Option<Matrix>,
}

impl PagesShown {
    /// The first page of a group's devices, each page with as many as make a code that fits the room.
    pub(super) fn new<'a>(
        group: impl Iterator<Item = &'a Device>,
        name: String,
        room: CodeRoom,
        until: Duration,
    ) -> Self {
        let (mut devices, mut left_out) = (Vec::new(), Vec::new());
        for device in group {
            match left_out_for(device) {
                Some(why) => left_out.push((device.id, why)),
                None => devices.push(device),
            }
        }
        let pages = split(&devices, room);
        let mut shown = Self { name, until, top: 0, pages, left_out, at: 0, code: None };
        shown.code = shown.code_of(|id| devices.iter().copied().find(|device| device.id == id));
        shown
    }

    /// All devices of the group.
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> {
        self.pages.iter().flatten().copied().chain(self.left_out.iter().map(|(id, _)| *id))
    }

    /// How many pages have a code.
    pub fn codes(&self) -> usize {
        self.pages.len()
    }

    /// How many devices are on none of them.
    pub fn left_out(&self) -> usize {
        self.left_out.len()
    }

    /// The page that is shown.
    pub fn page(&self) -> Page<'_> {
        match self.pages.get(self.at) {
            Some(devices) => Page::Code { number: self.at + 1, devices },
            None => Page::LeftOut(&self.left_out),
        }
    }

    /// Its code.
    pub fn code(&self) -> Option<&Matrix> {
        self.code.as_ref()
    }

    /// Goes on by so many pages, to the ends at most.
    pub(super) fn turn(&mut self, by: isize, vault: &Vault) {
        let all = self.pages.len() + usize::from(!self.left_out.is_empty());
        self.at = self.at.saturating_add_signed(by).min(all.saturating_sub(1));
        self.top = 0;
        self.code = self.code_of(|id| vault.get(id));
    }

    /// Splits the devices anew for another room. What was first on the page is on the one that is shown then.
    pub(super) fn lay_out(&mut self, room: CodeRoom, vault: &Vault) {
        let first = self.pages.get(self.at).and_then(|page| page.first()).copied();
        let devices: Vec<&Device> = self.pages.iter().flatten().filter_map(|id| vault.get(*id)).collect();
        self.pages = split(&devices, room);
        self.at = match first {
            Some(first) => self.pages.iter().position(|page| page.contains(&first)).unwrap_or(0),
            None => self.pages.len(),
        };
        self.turn(0, vault);
    }

    fn code_of<'a>(&self, find: impl Fn(DeviceId) -> Option<&'a Device>) -> Option<Matrix> {
        let devices: Vec<&Device> =
            self.pages.get(self.at)?.iter().copied().map(find).collect::<Option<_>>()?;
        let uris = to_migration_uris(&devices);
        uris.first().and_then(|uri| Matrix::new(uri, Redundancy::Least))
    }
}

fn split(devices: &[&Device], room: CodeRoom) -> Vec<Vec<DeviceId>> {
    let pages = pages(devices, |page| room.takes(page));
    pages.into_iter().map(|page| page.iter().map(|device| device.id).collect()).collect()
}

fn left_out_for(device: &Device) -> Option<LeftOut> {
    let misfit = migration_misfit(device).map(LeftOut::Misfit);
    misfit.or_else(|| side_of(&[device]).is_none().then_some(LeftOut::TooLong))
}

/// The side of the code of these devices; none where they need more than one URI, or more than a code holds.
fn side_of(devices: &[&Device]) -> Option<usize> {
    match to_migration_uris(devices).as_slice() {
        [uri] => Matrix::side_of(uri, Redundancy::Least),
        _ => None,
    }
}
