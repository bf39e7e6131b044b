//! Changes of how the list is looked at: its order, its headings, which of them are folded, what was used.

use super::{List, Row, Spot};
use crate::device::DeviceId;
use crate::state::ViewChange;
use crate::vault::Vault;

impl List {
    /// Takes the next order.
    pub fn resort(&mut self, vault: &Vault) -> ViewChange {
        let change = ViewChange::Sort(self.view.sort.next());
        self.view.apply(&change);
        self.rebuild(vault);
        change
    }

    /// Takes the next headings.
    pub fn regroup(&mut self, vault: &Vault) -> ViewChange {
        // A heading is gone with the others: its first device is what comes nearest.
        let first = self.heading().and_then(|group| self.ids.get(*group.places.first()?).copied());
        if first.is_some() {
            self.anchor = Some(Spot { heading: None, device: first });
        }
        let change = ViewChange::Group(self.view.grouping.next());
        self.view.apply(&change);
        self.rebuild(vault);
        change
    }

    /// Folds the selected heading's group, or shows it again; none where no heading is selected.
    pub fn toggle(&mut self) -> Option<ViewChange> {
        let folded = self.heading()?.folded;
        self.set_folded(!folded)
    }

    /// Shows or hides the group of the selected heading; none where that is so already.
    pub fn set_folded(&mut self, folded: bool) -> Option<ViewChange> {
        let Row::Heading(at) = *self.rows.get(self.cursor)? else { return None };
        let group = self.groups.get_mut(at).filter(|group| group.folded != folded)?;
        group.folded = folded;
        let change = if folded { ViewChange::Fold(group.id) } else { ViewChange::Unfold(group.id) };
        self.view.apply(&change);
        self.fill();
        Some(change)
    }

    /// Selects the heading under which the selected device stands; whether it does under one.
    pub fn to_heading(&mut self) -> bool {
        let Some(Row::Device { group: Some(group), .. }) = self.rows.get(self.cursor) else { return false };
        let heading = Row::Heading(*group);
        if let Some(at) = self.rows.iter().position(|row| *row == heading) {
            self.cursor = at;
            self.anchor = self.spot();
        }
        true
    }

    /// A device was used. The order takes that in later: no row goes away under the hand.
    pub fn on_used(&mut self, id: DeviceId) {
        self.view.apply(&ViewChange::Used(id));
        self.used_since = true;
    }

    /// Other sessions used devices, too.
    pub fn set_recent(&mut self, recent: Vec<DeviceId>) {
        self.used_since |= self.view.recent != recent;
        self.view.recent = recent;
    }
}
