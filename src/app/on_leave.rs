//! Leaving an open vault: quitting and locking, by key or by time.

use super::Effect;
use super::model::{Model, Screen};
use super::notice::Tone;
use super::question::{Leave, Question, Then};
use super::unlock::UnlockForm;
use crate::explain::notices;

impl Model {
    /// Locks after a time without keys. With something unsaved, that would lose it: codes are hidden instead.
    pub(super) fn on_idle(&mut self) -> Vec<Effect> {
        if !self.is_idle() {
            return Vec::new();
        }
        match self.open_mut() {
            Some(open) if open.unsaved.is_some() => {
                open.taken = None;
                self.hide();
                Vec::new()
            }
            Some(_) => self.leave(Leave::Lock),
            None => Vec::new(),
        }
    }

    /// Whether no key came for as long as it takes to lock.
    fn is_idle(&self) -> bool {
        let idle = self.moment.uptime.saturating_sub(self.touched);
        !self.idle_lock.is_zero() && idle >= self.idle_lock && !self.demo
    }

    /// Leaves the vault; asks first when something is not saved.
    pub(super) fn ask_to_leave(&mut self, how: Leave) -> Vec<Effect> {
        if !self.has_unsaved() {
            return self.leave(how);
        }
        let asks = if how == Leave::Quit { notices::QUIT_UNSAVED } else { notices::LOCK_UNSAVED };
        self.question = Some(Question {
            asks: asks.to_owned(),
            hint: notices::UNSAVED_HINT.into(),
            then: Then::Leave(how),
        });
        Vec::new()
    }

    /// Leaves the vault, once what is on its way to disk is there; a second time does not wait.
    pub(super) fn leave(&mut self, how: Leave) -> Vec<Effect> {
        let saving = self.open().is_some_and(|open| open.saving > 0);
        if saving && self.leaving != Some(Leave::Quit) {
            self.leaving = Some(how);
            if self.open().is_some_and(|open| !open.making.is_empty()) {
                self.say(Tone::Warning, notices::AWS_LEAVING);
            }
            return Vec::new();
        }
        let mut effects = Vec::new();
        let copying = self.clipboard.copying.take().is_some();
        if self.clipboard.until.take().is_some() || copying {
            effects.push(Effect::ClearClipboard);
        }
        if how == Leave::Quit {
            effects.push(Effect::Quit);
        } else {
            // Everything secret goes: devices, drafts, the code in the notice.
            let told = self.is_idle().then(|| notices::locked_idle(self.idle_lock.as_secs()));
            self.screen = Screen::Locked(UnlockForm { told, ..UnlockForm::new(self.lock.clone()) });
            effects.push(Effect::Lock);
        }
        self.question = None;
        self.help = None;
        self.notice = None;
        self.leaving = None;
        effects
    }

    /// Goes on with leaving, once nothing is on its way to disk. What failed stops it: that is asked about.
    pub(super) fn leave_if_saved(&mut self) -> Vec<Effect> {
        match self.leaving {
            Some(how) if self.open().is_none_or(|open| open.saving == 0) => {
                self.leaving = None;
                self.ask_to_leave(how)
            }
            _ => Vec::new(),
        }
    }
}
