//! A vault that was locked anew elsewhere, as by a change of its passphrase, or that the agent let go of: it has to be
//! unlocked again, and what was not saved waits for that.

use super::keymap::{Action, Context};
use super::model::{Model, Screen};
use super::open::{Kept, Unsaved};
use super::question::Leave;
use super::{Effect, Relock, Why};
use crate::explain::notices;
use crate::vault::{Change, Vault};

impl Model {
    /// The file is another one, and what opened the vault does not open that.
    pub(super) fn on_reload_relocked(&mut self, why: Relock) -> Vec<Effect> {
        match self.open_mut() {
            Some(open) if open.in_form() => {
                open.reload_due = true;
                Vec::new()
            }
            Some(_) => self.relock(why),
            None => Vec::new(),
        }
    }

    /// The same, found out when a change was to be saved; it is kept.
    pub(super) fn on_change_relocked(&mut self, change: (Change, Why), why: Relock) -> Vec<Effect> {
        let effects = self.relock(why);
        // That a device was checked is a note only.
        if let Some(kept) = self.kept.as_mut().filter(|_| !matches!(change.0, Change::Checked(_))) {
            kept.changes.push(change);
        }
        self.tell_relocked();
        effects
    }

    /// Whether there is anything that would be lost by ending now.
    pub(super) fn has_unsaved(&self) -> bool {
        self.open().is_some_and(|open| open.unsaved.is_some()) || self.keeps_changes()
    }

    /// Whether changes wait for the vault to be unlocked again.
    pub(crate) fn keeps_changes(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| !kept.changes.is_empty())
    }

    /// To the unlock form, with all that is not saved.
    fn relock(&mut self, why: Relock) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let changes = open.unsaved.take().map(|unsaved| unsaved.changes).unwrap_or_default();
        let vault = open.vault.id();
        // What is still on its way is answered by the same, and kept then.
        open.saving = 0;
        self.leaving = None;
        self.kept = Some(Kept { vault, changes, relock: why });
        let effects = self.leave(Leave::Lock);
        self.tell_relocked();
        effects
    }

    fn tell_relocked(&mut self) {
        let (count, why) =
            self.kept.as_ref().map(|kept| (kept.changes.len(), kept.relock)).unwrap_or_default();
        let words = match why {
            Relock::Anew => notices::RELOCKED,
            Relock::LetGo => notices::LET_GO,
        };
        if let Screen::Locked(form) = &mut self.screen {
            form.error = Some((words.to_owned(), Some(notices::relocked_hint(count))));
        }
    }

    /// Another vault stands here now: what was kept is not for that one.
    pub(super) fn tell_other_vault(&mut self) {
        let quit = self.keys.first_in(&[Context::Everywhere], Action::Quit);
        let quit = quit.map(|key| key.shown(self.appearance.unicode));
        let count = self.kept.as_ref().map_or(0, |kept| kept.changes.len());
        if let Screen::Locked(form) = &mut self.screen {
            form.error = Some((
                notices::OTHER_VAULT.to_owned(),
                Some(notices::other_vault_hint(count, quit.as_deref())),
            ));
        }
    }

    /// Whether a vault that was unlocked is the one that kept changes belong to.
    pub(super) fn takes_kept(&self, vault: &Vault) -> bool {
        !self.keeps_changes() || self.kept.as_ref().is_some_and(|kept| kept.vault == vault.id())
    }

    /// Saves what was kept, now that the vault is open.
    pub(super) fn save_kept(&mut self) -> Vec<Effect> {
        let Some(kept) = self.kept.take().filter(|kept| !kept.changes.is_empty()) else { return Vec::new() };
        if let Some(open) = self.open_mut() {
            open.unsaved = Some(Unsaved { changes: kept.changes, why: String::new() });
        }
        self.retry()
    }
}
