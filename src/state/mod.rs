//! What this machine remembers, in `$XDG_STATE_HOME/keyfob`: which codes were handed out, and how each
//! vault was looked at last.
//!
//! None of it is needed: what is missing or damaged is left out, line by line, and no vault stays shut for it.
//! And none of it names anything: devices are their ids, headings and vaults are hashes (see [`HeadingId`]).

mod seen;
mod shelf;
mod spent;
mod view;

pub use shelf::{StateError, StateStamp};
pub use spent::{Steps, fresh_pair, is_spent};
pub use view::{Grouping, HeadingId, Sort, View, ViewChange};

use crate::device::DeviceId;
use crate::vault::{Ledger, Seen, VaultId};
use shelf::Shelf;
use std::path::PathBuf;

/// What is remembered of a vault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The last step of each device whose code was handed out, by whichever session.
    pub spent: Steps,
    /// How the vault was looked at.
    pub view: View,
}

/// The folder in which it is remembered.
#[derive(Clone, Debug)]
pub struct State {
    folder: PathBuf,
    read_only: bool,
}

impl State {
    /// What is remembered in this folder, which is made when something is written.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, read_only: false }
    }

    /// The same, read only: what should be written is forgotten.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// All that is remembered of a vault; what can't be read is not.
    pub fn recall(&self, vault: VaultId) -> Remembered {
        let spent = self.spent().read().unwrap_or_default();
        let view = self.view(vault).read().unwrap_or_default();
        Remembered { spent: spent::parse(&spent), view: View::parse(&view) }
    }

    /// What changes when steps are handed out, by whichever session.
    pub fn stamp(&self) -> Option<StateStamp> {
        self.spent().stamp()
    }

    /// Takes a step of a device, unless this or a later one was taken before: then which. Of two processes
    /// that take the same step one gets it.
    pub fn spend(&self, device: DeviceId, step: u64) -> Result<Option<u64>, StateError> {
        if self.read_only {
            return Ok(None);
        }
        self.spent().update(|text| {
            let mut steps = spent::parse(text);
            let last = spent::take(&mut steps, device, step);
            (spent::write(&steps), last)
        })
    }

    /// Remembers a change of how a vault is looked at. What another session changed meanwhile stays.
    pub fn change_view(&self, vault: VaultId, change: &ViewChange) -> Result<(), StateError> {
        if self.read_only {
            return Ok(());
        }
        self.view(vault).update(|text| {
            let mut view = View::parse(text);
            view.apply(change);
            (view.write(), ())
        })
    }

    fn last_seen(&self, vault: VaultId) -> Shelf {
        Shelf { file: self.folder.join("seen").join(view::file_name(vault)) }
    }

    fn spent(&self) -> Shelf {
        Shelf { file: self.folder.join("spent") }
    }

    fn view(&self, vault: VaultId) -> Shelf {
        Shelf { file: self.folder.join("views").join(view::file_name(vault)) }
    }
}

impl Ledger for State {
    fn seen(&self, vault: VaultId) -> Option<Seen> {
        seen::parse(&self.last_seen(vault).read().ok()?)
    }

    fn saw(&self, vault: VaultId, seen: Seen) {
        // Most commands change nothing: then nothing is locked either.
        let is_later = |known: Option<Seen>| known.is_none_or(|known| known.generation < seen.generation);
        if !self.read_only && is_later(Ledger::seen(self, vault)) {
            let _ = self.last_seen(vault).update(|text| {
                let later = is_later(seen::parse(text));
                (if later { seen::write(seen) } else { text.to_owned() }, ())
            });
        }
    }

    fn saved(&self, vault: VaultId, saved: Seen) {
        if !self.read_only {
            let _ = self.last_seen(vault).update(|_| (seen::write(saved), ()));
        }
    }
}
