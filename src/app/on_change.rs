//! Changes: off to disk, and back.

use super::add::AddField;
use super::check::CheckForm;
use super::edit::EditField;
use super::import::ImportStep;
use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::open::{Dialog, Taken};
use super::{Effect, NotChanged, Why};
use crate::device::{Device, DeviceId};
use crate::explain::{Explanation, notices};
use crate::vault::{Applied, Change, Vault};
use std::time::Duration;

/// How long a counter device's code is shown.
const TAKEN_FOR: Duration = Duration::from_secs(90);

impl Model {
    /// Sends a new change off; it is listed when it comes back from disk.
    pub(super) fn change(&mut self, change: Change) -> Vec<Effect> {
        self.send(change, Why::Done)
    }

    /// Sends a change off, and why it is made.
    pub(super) fn send(&mut self, change: Change, why: Why) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving += 1;
        vec![Effect::Change { change: Box::new(change), why }]
    }

    /// Sends off again what did not get to disk.
    pub(super) fn retry(&mut self) -> Vec<Effect> {
        let Some(unsaved) = self.open_mut().and_then(|open| open.unsaved.take()) else { return Vec::new() };
        unsaved.changes.into_iter().flat_map(|(change, why)| self.send(change, why)).collect()
    }

    pub(super) fn on_changed(
        &mut self,
        change: &Change,
        why: Why,
        applied: &Applied,
        vault: Box<Vault>,
    ) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving = open.saving.saturating_sub(1);
        open.reload_due = false;
        let removed = applied.id.and_then(|id| open.vault.get(id)).map(Device::label);
        open.replace(vault);
        open.history.on_changed(why, applied.inverse.as_ref());
        let device = self.open().and_then(|open| open.vault.get(applied.id?)).cloned();
        let label = device.as_ref().map(Device::label).or(removed).unwrap_or_default();
        let mut effects = if why == Why::Done {
            self.tell_done(change, applied, device, &label)
        } else {
            self.tell_undone(change, why, applied, device.as_ref(), &label);
            Vec::new()
        };
        effects.extend(self.go_on_undoing());
        effects.extend(self.leave_if_saved());
        effects
    }

    fn tell_done(
        &mut self,
        change: &Change,
        applied: &Applied,
        device: Option<Device>,
        label: &str,
    ) -> Vec<Effect> {
        if let Some(effects) = self.on_enrolling_changed(change, device.as_ref()) {
            return effects;
        }
        match change {
            Change::Add(_) => {
                self.say(Tone::Good, notices::added(label));
                if let Some(device) = device {
                    self.show_added(&device);
                }
            }
            Change::Import(_) => self.tell_imported(applied),
            Change::Remove(_) => self.say(Tone::Good, notices::deleted(label, self.undo_name().as_deref())),
            Change::Edit { .. } => {
                self.close_saved_edit();
                self.pin_again(applied.id);
                self.say(Tone::Good, notices::changed(label, self.undo_name().as_deref()));
            }
            Change::StepBack { id, .. } => {
                self.forget_taken(*id);
                let counter = device.and_then(|device| device.method.counter()).unwrap_or(0);
                self.say(Tone::Good, notices::stepped_back(label, counter, self.undo_name().as_deref()));
            }
            Change::Advance(id) => return self.show_taken(*id, applied.factor, device.as_ref()),
            // These are made to take others back only, or are notes of what was done.
            Change::Restore(_)
            | Change::RestoreAll(_)
            | Change::RemoveAll(_)
            | Change::StepOn { .. }
            | Change::Checked(_)
            | Change::Exported { .. } => {}
        }
        Vec::new()
    }

    /// After an import: all devices are shown, and the first new one is selected.
    fn tell_imported(&mut self, applied: &Applied) {
        let Some(open) = self.open_mut() else { return };
        open.dialog.take_if(|dialog| matches!(dialog, Dialog::Import(_)) && dialog.is_saving());
        let Some(Change::RemoveAll(ids)) = &applied.inverse else {
            return self.say(Tone::Plain, notices::NOTHING_ADDED);
        };
        open.list.stop_finding(&open.vault);
        if let Some(first) = ids.first() {
            open.list.select(*first);
        }
        let count = ids.len();
        self.say(Tone::Good, notices::imported(count, self.undo_name().as_deref()));
    }

    /// The key that undoes, where it does so: in a form it would be typed.
    fn undo_name(&self) -> Option<String> {
        let on_list = self.open().is_some_and(|open| open.dialog.is_none());
        self.key_name(Action::Undo).filter(|_| on_list)
    }

    /// What was taken back or made again: its device is selected, and what is so now is said.
    fn tell_undone(
        &mut self,
        change: &Change,
        why: Why,
        applied: &Applied,
        device: Option<&Device>,
        label: &str,
    ) {
        let counter = device.and_then(|device| device.method.counter()).unwrap_or(0);
        let state = match (change, why) {
            (Change::RemoveAll(_) | Change::RestoreAll(_), _) => several(applied),
            (Change::Remove(_), _) => notices::is_gone(label),
            (Change::Restore(_) | Change::Add(_), _) => notices::is_back(label),
            (Change::StepBack { id, .. } | Change::StepOn { id, .. } | Change::Advance(id), _) => {
                self.forget_taken(*id);
                notices::counts_from(label, counter)
            }
            (_, Why::Redone) => notices::is_changed_again(label),
            (_, Why::Undone | Why::Done) => notices::is_as_before(label),
        };
        if let (Some(open), Some(device)) = (self.open_mut(), device) {
            open.list.select(device.id);
        }
        let key = |action| self.key_name(action);
        let words = match why {
            Why::Redone => notices::redone(&state, key(Action::Undo).as_deref()),
            Why::Undone | Why::Done => notices::undone(&state, key(Action::Redo).as_deref()),
        };
        self.say(Tone::Good, words);
    }

    /// A counter's code that was taken is no longer the last one.
    fn forget_taken(&mut self, id: DeviceId) {
        if let Some(open) = self.open_mut() {
            open.taken.take_if(|taken| taken.id == id);
        }
    }

    /// The counter is on disk: now its code may be seen.
    fn show_taken(&mut self, id: DeviceId, factor: Option<u64>, device: Option<&Device>) -> Vec<Effect> {
        let until = self.moment.uptime + TAKEN_FOR;
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.taking.retain(|taking| *taking != id);
        let (Some(device), Some(counter)) = (device, factor) else { return Vec::new() };
        open.taken = Some(Taken { id, counter, until });
        let code = device.code(counter);
        self.copy_code(code, (id, None), None)
    }

    /// After a device was added: all devices are shown, it is selected, and its codes can be checked.
    fn show_added(&mut self, device: &Device) {
        let now = self.moment.now;
        let Some(open) = self.open_mut() else { return };
        open.list.stop_finding(&open.vault);
        open.list.select(device.id);
        if matches!(&open.dialog, Some(Dialog::Add(form)) if form.saving) {
            // There is nothing of a token that codes could prove.
            let check = || Dialog::Check(Box::new(CheckForm::new(device, now)));
            open.dialog = device.has_secret().then(check);
        }
    }

    fn close_saved_edit(&mut self) {
        if let Some(open) = self.open_mut() {
            open.dialog.take_if(|dialog| matches!(dialog, Dialog::Edit(form) if form.saving));
        }
    }

    pub(super) fn on_not_changed(&mut self, change: Change, made: Why, why: NotChanged) -> Vec<Effect> {
        if let NotChanged::Relocked(why) = why {
            return self.on_change_relocked((change, made), why);
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.saving = open.saving.saturating_sub(1);
        // What was asked for meanwhile was meant for this change.
        open.history.forget_asked();
        if let Change::Advance(id) = &change {
            open.taking.retain(|taking| taking != id);
        }
        let mut effects = Vec::new();
        match why {
            NotChanged::Refused(why) => match self.on_enrolling_refused(&change, &why) {
                Some(more) => effects = more,
                None => self.tell_refused(made, &why),
            },
            NotChanged::Overtaken { field, why, vault } => self.on_overtaken(made, field, &why, vault),
            // Only a note of what was done: nothing of anybody's would be lost, and the idle lock must not wait for it.
            NotChanged::NotSaved(why) if matches!(change, Change::Checked(_)) => {
                self.say(Tone::Error, why.message);
            }
            NotChanged::Relocked(_) => {}
            NotChanged::NotSaved(why) => {
                // The form's contents are in the change, which is kept.
                open.dialog.take_if(|dialog| dialog.is_saving());
                open.keep_unsaved((change, made), why.message);
            }
        }
        effects.extend(self.leave_if_saved());
        effects
    }

    pub(super) fn tell_refused(&mut self, made: Why, why: &Explanation) {
        match made {
            Why::Undone => return self.say(Tone::Error, notices::not_undone(&why.message)),
            Why::Redone => return self.say(Tone::Error, notices::not_redone(&why.message)),
            Why::Done => {}
        }
        match self.open_mut().and_then(|open| open.dialog.as_mut()) {
            Some(Dialog::Add(form)) if form.saving => {
                form.saving = false;
                form.error = Some((AddField::Universal, why.message.clone()));
            }
            Some(Dialog::Import(form)) if form.step == ImportStep::Saving => {
                form.step = ImportStep::Table;
                self.say(Tone::Error, why.message.clone());
            }
            Some(Dialog::Edit(form)) if form.saving => {
                form.saving = false;
                form.error = Some((EditField::Issuer, why.message.clone()));
            }
            _ => self.say(Tone::Error, why.message.clone()),
        }
    }
}

/// What is so of several devices after they were taken out, or brought back.
fn several(applied: &Applied) -> String {
    match &applied.inverse {
        Some(Change::RestoreAll(devices)) => notices::are_gone(devices.len()),
        Some(Change::RemoveAll(ids)) => notices::are_back(ids.len()),
        _ => String::new(),
    }
}
