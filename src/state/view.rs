//! How a vault is looked at: a word and a value a line.

use crate::device::DeviceId;
use crate::vault::VaultId;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt;

/// How many devices are known to be the last ones used.
const MAX_RECENT: usize = 500;
/// How many headings are remembered as folded.
const MAX_FOLDED: usize = 2000;

/// The order of the list. Favourites go first in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By issuer, then account.
    #[default]
    Issuer,
    /// By account, then issuer.
    Account,
    /// The last used first.
    Used,
    /// The newest first.
    Newest,
}

/// Under which headings the list is put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Under none.
    #[default]
    None,
    /// A heading an issuer.
    Issuer,
    /// A heading a tag: a device with several stands under each.
    Tag,
}

/// Which heading, without its name: the beginning of a SHA-256 over the vault's id, what is grouped by, and
/// the name. A vault's id is a random number that only an opened vault knows, so that names can't be guessed
/// from what is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeadingId(u64);

/// How a vault is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The order.
    pub sort: Sort,
    /// The headings.
    pub grouping: Grouping,
    /// Those whose devices are not shown.
    pub folded: BTreeSet<HeadingId>,
    /// The devices that were used last, the last one first, each once.
    pub recent: Vec<DeviceId>,
}

/// What changes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewChange {
    /// Another order.
    Sort(Sort),
    /// Other headings.
    Group(Grouping),
    /// A heading's devices are not shown any more.
    Fold(HeadingId),
    /// They are shown again.
    Unfold(HeadingId),
    /// A device was used.
    Used(DeviceId),
}

impl Sort {
    const ALL: [(Self, &str); 4] = [
        (Self::Issuer, "issuer"),
        (Self::Account, "account"),
        (Self::Used, "used"),
        (Self::Newest, "newest"),
    ];

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        after(&Self::ALL, self)
    }
}

impl Grouping {
    const ALL: [(Self, &str); 3] = [(Self::None, "none"), (Self::Issuer, "issuer"), (Self::Tag, "tag")];

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        after(&Self::ALL, self)
    }
}

impl HeadingId {
    /// The heading of this name, in lower case; that of the devices without one has the empty name.
    pub fn of(vault: VaultId, grouping: Grouping, name: &str) -> Self {
        let digest = Sha256::new()
            .chain_update(vault.0.as_bytes())
            .chain_update(word(&Grouping::ALL, grouping))
            .chain_update([0])
            .chain_update(name)
            .finalize();
        Self(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

impl fmt::Display for HeadingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl View {
    /// Takes in a change.
    pub fn apply(&mut self, change: &ViewChange) {
        match change {
            ViewChange::Sort(sort) => self.sort = *sort,
            ViewChange::Group(grouping) => self.grouping = *grouping,
            ViewChange::Fold(heading) if self.folded.len() < MAX_FOLDED => {
                self.folded.insert(*heading);
            }
            ViewChange::Fold(_) => {}
            ViewChange::Unfold(heading) => {
                self.folded.remove(heading);
            }
            ViewChange::Used(device) => {
                self.recent.retain(|other| other != device);
                self.recent.insert(0, *device);
                self.recent.truncate(MAX_RECENT);
            }
        }
    }

    /// Reads it; a line that is not ours says nothing.
    pub(super) fn parse(text: &str) -> Self {
        let mut view = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once(' ')) {
            match name {
                "sort" => view.sort = named(&Sort::ALL, value).unwrap_or(view.sort),
                "group" => view.grouping = named(&Grouping::ALL, value).unwrap_or(view.grouping),
                "folded" if view.folded.len() < MAX_FOLDED => {
                    view.folded.extend(u64::from_str_radix(value, 16).map(HeadingId));
                }
                "used" if view.recent.len() < MAX_RECENT => {
                    let id = value.parse().map(DeviceId).ok();
                    view.recent.extend(id.filter(|id| !view.recent.contains(id)));
                }
                _ => {}
            }
        }
        view
    }

    pub(super) fn write(&self) -> String {
        let mut text =
            format!("sort {}\ngroup {}\n", word(&Sort::ALL, self.sort), word(&Grouping::ALL, self.grouping));
        let folded = self.folded.iter().map(|heading| format!("folded {heading}\n"));
        let used = self.recent.iter().map(|id| format!("used {id}\n"));
        text.extend(folded.chain(used));
        text
    }
}

/// A vault's file: a hash of its id, since the id itself is a secret of a kind (see [`HeadingId`]).
pub(super) fn file_name(vault: VaultId) -> String {
    let digest = Sha256::new().chain_update("view\0").chain_update(vault.0.as_bytes()).finalize();
    format!("{:032x}", digest.iter().take(16).fold(0, |number: u128, byte| number << 8 | u128::from(*byte)))
}

fn after<T: Copy + PartialEq>(all: &[(T, &str)], one: T) -> T {
    let mut round = all.iter().cycle().skip_while(|(other, _)| *other != one);
    round.nth(1).map_or(one, |(next, _)| *next)
}

fn word<T: Copy + PartialEq>(all: &[(T, &'static str)], one: T) -> &'static str {
    all.iter().find(|(other, _)| *other == one).map_or("", |(_, word)| word)
}

fn named<T: Copy>(all: &[(T, &str)], word: &str) -> Option<T> {
    all.iter().find(|(_, other)| *other == word).map(|(one, _)| *one)
}
