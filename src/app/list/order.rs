//! In which order devices are listed, and under which headings.

use crate::device::{Device, DeviceId};
use crate::state::{Grouping, HeadingId, Sort, View};
use crate::vault::VaultId;
use std::collections::HashMap;

/// Devices under one heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which one, for ever.
    pub id: HeadingId,
    /// As the first of its devices writes it, safe to show; empty for those without an issuer or a tag.
    pub name: String,
    /// The places of its devices in the vault, in the order of the list.
    pub places: Vec<usize>,
    /// Whether they are not shown.
    pub folded: bool,
}

/// The places of all devices, in two orders.
pub(super) struct Order {
    /// As they are sorted.
    plain: Vec<usize>,
    /// The same with the favourites first.
    pub(super) listed: Vec<usize>,
}

impl Order {
    pub(super) fn of(devices: &[&Device], view: &View) -> Self {
        let recent: HashMap<DeviceId, usize> =
            view.recent.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
        let key = |(place, device): &(usize, &&Device)| {
            let (issuer, account) = (device.issuer.raw().to_lowercase(), device.account.raw().to_lowercase());
            match view.sort {
                Sort::Issuer => (0, issuer, account, *place),
                Sort::Account => (0, account, issuer, *place),
                Sort::Used => {
                    let rank = recent.get(&device.id).map_or(u64::MAX, |rank| *rank as u64);
                    (rank, issuer, account, *place)
                }
                // Of those that were added in one second the last one is the newest.
                Sort::Newest => {
                    (u64::MAX - device.created.0, String::new(), String::new(), usize::MAX - place)
                }
            }
        };
        let mut sorted: Vec<(usize, &&Device)> = devices.iter().enumerate().collect();
        sorted.sort_by_cached_key(key);
        let plain: Vec<usize> = sorted.iter().map(|(place, _)| *place).collect();
        sorted.sort_by_key(|(_, device)| !device.favourite);
        let listed = sorted.into_iter().map(|(place, _)| place).collect();
        Self { plain, listed }
    }

    /// The groups: by name, or where devices are sorted by time with the group of the first device first.
    /// Devices without an issuer or a tag come last.
    pub(super) fn groups(&self, devices: &[&Device], vault: VaultId, view: &View) -> Vec<Group> {
        let mut groups = Groups::default();
        let names = |place: &usize| devices.get(*place).map(|device| names(device, view.grouping));
        for place in &self.plain {
            for (key, _) in names(place).into_iter().flatten() {
                groups.found(key);
            }
        }
        for place in &self.listed {
            for (key, name) in names(place).into_iter().flatten() {
                groups.put(&key, name, *place);
            }
        }
        groups.finish(vault, view)
    }
}

/// The headings under which a device stands: in lower case, and as it is shown.
fn names(device: &Device, grouping: Grouping) -> Vec<(String, String)> {
    let both = |text: &crate::text::Text| (text.raw().to_lowercase(), text.to_string());
    match grouping {
        Grouping::None => Vec::new(),
        Grouping::Issuer => vec![both(&device.issuer)],
        Grouping::Tag if device.tags.is_empty() => vec![(String::new(), String::new())],
        Grouping::Tag => device.tags.iter().map(both).collect(),
    }
}

/// Groups that are being filled.
#[derive(Default)]
struct Groups {
    by_key: HashMap<String, usize>,
    filled: Vec<(String, Vec<usize>)>,
}

impl Groups {
    /// A group is there from the first time that it is named.
    fn found(&mut self, key: String) {
        let next = self.filled.len();
        if *self.by_key.entry(key).or_insert(next) == next {
            self.filled.push((String::new(), Vec::new()));
        }
    }

    fn put(&mut self, key: &str, name: String, place: usize) {
        let Some((shown, places)) = self.by_key.get(key).and_then(|at| self.filled.get_mut(*at)) else {
            return;
        };
        if places.is_empty() {
            *shown = name;
        }
        // Two tags that differ only in case are one heading.
        if places.last() != Some(&place) {
            places.push(place);
        }
    }

    fn finish(self, vault: VaultId, view: &View) -> Vec<Group> {
        let mut keys: Vec<(String, usize)> = self.by_key.into_iter().collect();
        match view.sort {
            Sort::Issuer | Sort::Account => keys.sort_unstable(),
            Sort::Used | Sort::Newest => keys.sort_unstable_by_key(|(_, found)| *found),
        }
        keys.sort_by_key(|(key, _)| key.is_empty());
        let mut filled = self.filled;
        let group = |(key, at): (String, usize)| {
            let (name, places) = filled.get_mut(at).map(std::mem::take).unwrap_or_default();
            let id = HeadingId::of(vault, view.grouping, &key);
            Group { id, name, places, folded: view.folded.contains(&id) }
        };
        keys.into_iter().map(group).collect()
    }
}
