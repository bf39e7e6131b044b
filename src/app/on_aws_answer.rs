//! AWS: what its answers and the saves between them lead to.
//!
//! A device that AWS made is kept whether somebody still waits for it or not; only what comes next depends on that.

use super::Effect;
use super::aws::{AwsAnswer, AwsAsk, AwsOver, AwsProfile, AwsProfiles, AwsStep, AwsWho};
use super::check::CheckForm;
use super::model::{Made, Model};
use super::notice::Tone;
use super::open::Dialog;
use crate::device::{Candidate, Device, DeviceId, Enrolled};
use crate::explain::{Explanation, notices};
use crate::text::Text;
use crate::vault::{Change, Edit};

impl Model {
    /// What a call came to.
    pub(super) fn on_aws(&mut self, number: u64, result: Result<AwsAnswer, Explanation>) -> Vec<Effect> {
        self.is_made(number);
        let mut effects = match result {
            Ok(AwsAnswer::Profiles(profiles)) => self.take_profiles(number, Ok(profiles)),
            Ok(AwsAnswer::Made { candidate, who }) => self.keep_made(number, candidate, who),
            Ok(AwsAnswer::Enabled(id)) => self.mark(number, id, Enrolled::Enabled),
            Ok(AwsAnswer::Verified(id)) => self.mark(number, id, Enrolled::Verified),
            Ok(AwsAnswer::Resynced) => self.tell_resynced(number),
            Ok(AwsAnswer::Deleted) => {
                self.deleting.retain(|deleting| *deleting != number);
                self.say(Tone::Warning, notices::AWS_DELETED_AGAIN);
                Vec::new()
            }
            Err(why) => self.on_aws_failed(number, why),
        };
        effects.extend(self.leave_if_saved());
        effects
    }

    /// A device that was being made is, or is not; it is not waited for any more.
    fn is_made(&mut self, number: u64) {
        if let Some(open) = self.open_mut()
            && open.making.contains(&number)
        {
            open.making.retain(|making| *making != number);
            open.saving = open.saving.saturating_sub(1);
        }
    }

    /// Whether the form still waits for the answer of this number.
    fn is_awaited(&mut self, number: u64) -> bool {
        let running = self.aws_form_mut().and_then(|form| form.running.as_ref());
        matches!(
            running,
            Some(
                AwsStep::Making(other)
                    | AwsStep::Enabling(other)
                    | AwsStep::Verifying(other)
                    | AwsStep::Resyncing(other)
            ) if *other == number
        )
    }

    fn take_profiles(&mut self, number: u64, read: Result<Vec<AwsProfile>, String>) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Aws(dialog)) = &mut open.dialog else { return Vec::new() };
        if dialog.profiles != AwsProfiles::Reading(number) {
            return Vec::new();
        }
        match read {
            Ok(profiles) => {
                let device = dialog.device.and_then(|id| open.vault.get(id));
                dialog.take(profiles, device);
            }
            Err(why) => dialog.profiles = AwsProfiles::No(why),
        }
        Vec::new()
    }

    /// Off to disk with it, before anything else. Where no vault is open it can't be kept, and is deleted again.
    fn keep_made(&mut self, number: u64, candidate: Box<Candidate>, who: AwsWho) -> Vec<Effect> {
        let serial = candidate.serial.as_ref().map(Text::raw).unwrap_or_default().to_owned();
        if self.open().is_none() {
            return self.delete_made(who, serial);
        }
        if self.is_awaited(number) {
            self.run_aws(AwsStep::Keeping);
        }
        self.made.push(Made { serial, who });
        self.change(Change::Add(candidate))
    }

    fn delete_made(&mut self, who: AwsWho, serial: String) -> Vec<Effect> {
        let (number, effect) = self.ask_aws(AwsAsk::Delete { who, serial });
        self.deleting.push(number);
        vec![effect]
    }

    /// The device of a change that adds what AWS made, if it is one; it is forgotten as such.
    fn take_made(&mut self, change: &Change) -> Option<Made> {
        let Change::Add(candidate) = change else { return None };
        let serial = candidate.serial.as_ref().map(Text::raw)?;
        let at = self.made.iter().position(|made| made.serial == serial)?;
        Some(self.made.remove(at))
    }

    /// What AWS did is written down.
    fn mark(&mut self, number: u64, id: DeviceId, how_far: Enrolled) -> Vec<Effect> {
        let awaited = self.is_awaited(number);
        let Some(device) = self.open().and_then(|open| open.vault.get(id)) else { return Vec::new() };
        let tags = how_far.tags_of(device);
        if awaited {
            self.run_aws(AwsStep::Marking(how_far));
        }
        let edit = Edit { tags: Some(tags), ..Edit::default() };
        self.change(Change::Edit { id, edit: Box::new(edit) })
    }

    /// The console took the codes: that is written down, too.
    pub(super) fn mark_by_console(&mut self) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Check(form)) = &mut open.dialog else { return Vec::new() };
        let Some(device) = open.vault.get(form.id) else { return Vec::new() };
        form.saving = true;
        let (id, tags) = (device.id, Enrolled::Verified.tags_of(device));
        let edit = Edit { tags: Some(tags), ..Edit::default() };
        self.change(Change::Edit { id, edit: Box::new(edit) })
    }

    fn tell_resynced(&mut self, number: u64) -> Vec<Effect> {
        if !self.is_awaited(number) {
            return Vec::new();
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Aws(dialog)) = &mut open.dialog else { return Vec::new() };
        dialog.over = None;
        let device = dialog.device.and_then(|id| open.vault.get(id));
        let label = device.map(Device::label).unwrap_or_default();
        self.say(Tone::Good, notices::aws_resynced(&label));
        Vec::new()
    }

    fn on_aws_failed(&mut self, number: u64, why: Explanation) -> Vec<Effect> {
        if self.deleting.contains(&number) {
            self.deleting.retain(|deleting| *deleting != number);
            self.say(Tone::Error, notices::aws_not_deleted(&why.message));
            return Vec::new();
        }
        if self.is_awaited(number) {
            if let Some(form) = self.aws_form_mut() {
                form.stop(Some(why));
            }
            return Vec::new();
        }
        self.take_profiles(number, Err(why.message))
    }

    /// A change of an enrolment is on disk: what comes next. None where the change is none of an enrolment's.
    pub(super) fn on_enrolling_changed(
        &mut self,
        change: &Change,
        device: Option<&Device>,
    ) -> Option<Vec<Effect>> {
        let device = device?;
        if let Some(made) = self.take_made(change) {
            return Some(self.is_kept(&made, device));
        }
        match change {
            Change::Add(_) => self.show_root_codes(device),
            Change::Edit { id, .. } => self.is_marked(*id, device),
            _ => None,
        }
    }

    /// What AWS made is saved: on with it, where somebody waits.
    fn is_kept(&mut self, made: &Made, device: &Device) -> Vec<Effect> {
        if let Some(open) = self.open_mut() {
            open.list.stop_finding(&open.vault);
            open.list.select(device.id);
        }
        if let Some(form) = self.aws_form_mut().filter(|form| form.running == Some(AwsStep::Keeping)) {
            form.is_kept(device, made.who.user.as_deref());
            return self.give_codes();
        }
        self.say(Tone::Warning, notices::AWS_KEPT_ANYWAY);
        Vec::new()
    }

    /// The root user's device is saved: its codes may be typed in the console.
    fn show_root_codes(&mut self, device: &Device) -> Option<Vec<Effect>> {
        let now = self.moment.now;
        let open = self.open_mut()?;
        let Some(Dialog::Aws(dialog)) = &open.dialog else { return None };
        if !matches!(&dialog.over, Some(AwsOver::Root(form)) if form.saving) {
            return None;
        }
        open.list.stop_finding(&open.vault);
        open.list.select(device.id);
        open.dialog = Some(Dialog::Check(Box::new(CheckForm::new(device, now))));
        self.say(Tone::Good, notices::added(&device.label()));
        Some(Vec::new())
    }

    /// How far the enrolment got is saved.
    fn is_marked(&mut self, id: DeviceId, device: &Device) -> Option<Vec<Effect>> {
        let open = self.open_mut()?;
        if open.dialog.take_if(|dialog| matches!(dialog, Dialog::Check(form) if form.saving)).is_some() {
            self.say(Tone::Good, notices::AWS_CONSOLE_DONE);
            return Some(Vec::new());
        }
        let form = self.aws_form_mut().filter(|form| form.device() == Some(id))?;
        match form.running {
            Some(AwsStep::Marking(Enrolled::Enabled)) => Some(self.verify_device()),
            Some(AwsStep::Marking(Enrolled::Verified)) => {
                let effects = self.close_dialog();
                self.say(Tone::Good, notices::aws_enrolled(&device.label()));
                Some(effects)
            }
            _ => None,
        }
    }

    /// A change of an enrolment was refused: what AWS made and can't be kept is deleted again. None where the change is
    /// none of an enrolment's.
    pub(super) fn on_enrolling_refused(&mut self, change: &Change, why: &Explanation) -> Option<Vec<Effect>> {
        let made = self.take_made(change);
        let open = self.open_mut()?;
        let is_told = match &mut open.dialog {
            Some(Dialog::Aws(dialog)) if dialog.is_saving() => {
                match &mut dialog.over {
                    Some(AwsOver::Form(form)) => form.stop(Some(why.clone())),
                    Some(AwsOver::Root(form)) => {
                        form.saving = false;
                        form.error = Some((super::aws::RootField::Secret, why.message.clone()));
                    }
                    None => {}
                }
                true
            }
            Some(Dialog::Check(form)) if form.saving => {
                form.saving = false;
                false
            }
            _ => false,
        };
        if !is_told {
            self.say(Tone::Error, why.message.clone());
        }
        match made {
            Some(made) => Some(self.delete_made(made.who, made.serial)),
            None => is_told.then(Vec::new),
        }
    }
}
