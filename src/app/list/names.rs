//! How much room names take, and what tells those of one issuer apart.

use crate::device::Device;
use crate::text::{self, Text};
use std::collections::HashMap;
use std::ops::Range;

/// The widest texts of all devices, in cells: columns stay where they are while the list is scrolled
/// and narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Widths {
    /// The widest issuer.
    pub issuer: usize,
    /// The widest account.
    pub account: usize,
}

impl Widths {
    pub(super) fn of(devices: &[&Device]) -> Self {
        let widest = |text: fn(&Device) -> &Text| {
            devices.iter().map(|device| text::width(&text::safe(text(device).raw()))).max().unwrap_or(0)
        };
        Self { issuer: widest(|device| &device.issuer), account: widest(|device| &device.account) }
    }
}

/// Which bytes of its account, safe to show, tell a device from the others of the same issuer: from where the
/// first of them differs to where the last one does. None for an issuer's only device.
pub(super) fn telling(devices: &[&Device]) -> Vec<Option<Range<usize>>> {
    let mut of_issuer: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, device) in devices.iter().enumerate() {
        of_issuer.entry(device.issuer.raw()).or_default().push(place);
    }
    let mut telling = vec![None; devices.len()];
    for places in of_issuer.into_values().filter(|places| places.len() > 1) {
        let account = |place: usize| devices.get(place).map(|device| (device.account.to_string(), place));
        let mut accounts: Vec<(String, usize)> = places.into_iter().filter_map(account).collect();
        accounts.sort_unstable();
        for (place, part) in telling_of(&accounts) {
            if let Some(slot) = telling.get_mut(place) {
                *slot = Some(part);
            }
        }
    }
    telling
}

/// The same for the accounts of one issuer, which are in order: then the first and the last have least in
/// common, and each has most in common with one of its neighbours.
fn telling_of(accounts: &[(String, usize)]) -> impl Iterator<Item = (usize, Range<usize>)> {
    let least =
        accounts.first().zip(accounts.last()).map_or(0, |((first, _), (last, _))| common(first, last));
    let with = |at: Option<usize>, one: &str| {
        at.and_then(|at| accounts.get(at)).map_or(0, |(other, _)| common(one, other))
    };
    accounts.iter().enumerate().map(move |(at, (account, place))| {
        let alike = with(at.checked_sub(1), account).max(with(Some(at + 1), account));
        let differs = account.get(alike..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let end = alike + differs;
        (*place, least.min(end)..end)
    })
}

/// How many bytes two texts have in common at their beginnings.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
