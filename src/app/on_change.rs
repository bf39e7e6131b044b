//! Changes: off to disk, and back.

use super::add::AddField;
use super::check::CheckForm;
use super::edit::EditField;
use super::model::Model;
use super::notice::Tone;
use super::open::{Dialog, Taken};
use super::{Effect, NotChanged};
use crate::device::{Device, DeviceId};
use crate::explain::{Explanation, notices};
use crate::vault::{Applied, Change, Vault};
use std::time::Duration;

/// How long a counter device's code is shown.
const TAKEN_FOR: Duration = Duration::from_secs(90);

impl Model {
    /// Sends a change off; it is listed when it comes back from disk.
    pub(super) fn change(&mut self, change: Change) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving += 1;
        vec![Effect::Change(Box::new(change))]
    }

    /// Sends off again what did not get to disk.
    pub(super) fn retry(&mut self) -> Vec<Effect> {
        let Some(unsaved) = self.open_mut().and_then(|open| open.unsaved.take()) else { return Vec::new() };
        unsaved.changes.into_iter().flat_map(|change| self.change(change)).collect()
    }

    pub(super) fn on_changed(
        &mut self,
        change: &Change,
        applied: &Applied,
        vault: Box<Vault>,
    ) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving = open.saving.saturating_sub(1);
        open.reload_due = false;
        let removed = applied.id.and_then(|id| open.vault.get(id)).map(Device::label);
        open.replace(vault);
        let undone = open.undoing.take_if(|undoing| undoing == change).is_some();
        if let (false, Change::Remove(_) | Change::Edit { .. }, Some(inverse)) =
            (undone, change, &applied.inverse)
        {
            open.remember(inverse.clone());
        }
        let mut effects = self.tell_changed(change, applied, removed);
        effects.extend(self.leave_if_saved());
        effects
    }

    fn tell_changed(&mut self, change: &Change, applied: &Applied, removed: Option<String>) -> Vec<Effect> {
        let device = self.open().and_then(|open| open.vault.get(applied.id?)).cloned();
        let label = device.as_ref().map(Device::label).or(removed).unwrap_or_default();
        match change {
            Change::Add(_) => {
                self.say(Tone::Good, notices::added(&label));
                if let Some(device) = device {
                    self.show_added(&device);
                }
            }
            Change::Remove(_) => self.say(Tone::Good, notices::deleted(&label)),
            Change::Restore(_) => {
                self.select(applied.id);
                self.say(Tone::Good, notices::brought_back(&label));
            }
            Change::Edit { .. } => {
                self.close_saved_edit();
                self.pin_again(applied.id);
                self.say(Tone::Good, notices::changed(&label));
            }
            Change::Advance(id) => {
                let until = self.moment.uptime + TAKEN_FOR;
                let Some(open) = self.open_mut() else { return Vec::new() };
                open.taking.retain(|taking| taking != id);
                if let (Some(device), Some(counter)) = (device, applied.factor) {
                    open.taken = Some(Taken { id: *id, counter, until });
                    let code = device.code(counter);
                    return self.copy_code(code, (*id, None), None);
                }
            }
            Change::Checked(_) | Change::Exported { .. } => {}
        }
        Vec::new()
    }

    fn select(&mut self, id: Option<DeviceId>) {
        if let (Some(open), Some(id)) = (self.open_mut(), id) {
            open.list.select(id);
        }
    }

    /// After a device was added: all devices are shown, it is selected, and its codes can be checked.
    fn show_added(&mut self, device: &Device) {
        let now = self.moment.now;
        let Some(open) = self.open_mut() else { return };
        open.list.stop_finding(&open.vault);
        open.list.select(device.id);
        if matches!(&open.dialog, Some(Dialog::Add(form)) if form.saving) {
            open.dialog = Some(Dialog::Check(Box::new(CheckForm::new(device, now))));
        }
    }

    fn close_saved_edit(&mut self) {
        if let Some(open) = self.open_mut()
            && matches!(&open.dialog, Some(Dialog::Edit(form)) if form.saving)
        {
            open.dialog = None;
        }
    }

    pub(super) fn on_not_changed(&mut self, change: Change, why: NotChanged) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving = open.saving.saturating_sub(1);
        open.undoing.take_if(|undoing| *undoing == change);
        if let Change::Advance(id) = &change {
            open.taking.retain(|taking| taking != id);
        }
        match why {
            NotChanged::Refused(why) => self.tell_refused(&why),
            // Only a note of what was done: nothing of anybody's would be lost, and the idle lock must not wait for it.
            NotChanged::NotSaved(why) if matches!(change, Change::Checked(_)) => {
                self.say(Tone::Error, why.message);
            }
            NotChanged::NotSaved(why) => {
                // The form's contents are in the change, which is kept.
                if matches!(&open.dialog, Some(Dialog::Add(form)) if form.saving)
                    || matches!(&open.dialog, Some(Dialog::Edit(form)) if form.saving)
                {
                    open.dialog = None;
                }
                open.keep_unsaved(change, why.message);
            }
        }
        self.leave_if_saved()
    }

    fn tell_refused(&mut self, why: &Explanation) {
        match self.open_mut().and_then(|open| open.dialog.as_mut()) {
            Some(Dialog::Add(form)) if form.saving => {
                form.saving = false;
                form.error = Some((AddField::Universal, why.message.clone()));
            }
            Some(Dialog::Edit(form)) if form.saving => {
                form.saving = false;
                form.error = Some((EditField::Issuer, why.message.clone()));
            }
            _ => self.say(Tone::Error, why.message.clone()),
        }
    }
}
