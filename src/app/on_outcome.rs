//! What comes back from the world, and what time does.

use super::export::ExportState;
use super::first_run::FirstStep;
use super::model::{Model, Screen};
use super::notice::Tone;
use super::open::{Dialog, Open};
use super::question::{Question, Then};
use super::unlock::UnlockForm;
use super::{CopyOutcome, Effect, ExportReport, Moment, NotExported, NotReloaded, Outcome};
use crate::device::DeviceId;
use crate::explain::{Exit, Explanation, notices};
use crate::state::{Remembered, is_spent};
use crate::vault::{LockInfo, Rollback, Vault};
use std::time::Duration;

/// How long is told what was copied, at most.
pub const COPIED_STAYS: Duration = Duration::from_secs(30);
/// How long is told that an older copy came back.
const ROLLBACK_STAYS: Duration = Duration::from_secs(120);

impl Model {
    pub(super) fn on_tick(&mut self, moment: Moment) -> Vec<Effect> {
        self.moment = moment;
        let now = moment.uptime;
        if self.notice.as_ref().is_some_and(|notice| notice.until <= now) {
            self.notice = None;
        }
        if let Some(open) = self.open_mut()
            && open.taken.is_some_and(|taken| taken.until <= now)
        {
            open.taken = None;
        }
        self.hide_again();
        let mut effects = self.hide_guarded();
        if self.clipboard.until.is_some_and(|until| until <= now) {
            self.clipboard.until = None;
            effects.push(Effect::ClearClipboard);
        }
        effects.extend(self.go_on_waiting());
        effects.extend(self.on_idle());
        effects
    }

    pub(super) fn on_file_changed(&mut self) -> Vec<Effect> {
        match self.open_mut() {
            Some(open) if open.in_form() => {
                open.reload_due = true;
                Vec::new()
            }
            Some(_) => vec![Effect::Reload],
            None => Vec::new(),
        }
    }

    pub(super) fn on_outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Created(result) => self.on_created(result),
            Outcome::Unlocked(result) => self.on_unlocked(result),
            Outcome::Changed { change, why, result: Ok((applied, vault)) } => {
                self.on_changed(&change, why, &applied, vault)
            }
            Outcome::Changed { change, why, result: Err(failed) } => {
                self.on_not_changed(*change, why, failed)
            }
            Outcome::Reloaded(result) => self.on_reloaded(result),
            Outcome::Recalled(remembered) => self.on_recalled(*remembered),
            Outcome::Exported(result) => self.on_exported(result),
            Outcome::Proved { then, result } => self.on_proved(then, result),
            Outcome::Progress(words) => self.on_progress(words),
            Outcome::ImportProgress { number, progress } => self.on_import_progress(number, progress),
            Outcome::ImportRead { number, result } => self.on_import_read(number, result),
            Outcome::PictureRead { path, codes } => self.on_picture_read(&path, codes),
            Outcome::ClipboardRead { codes } => self.on_clipboard_read(codes),
            Outcome::Folder(folder) => self.on_folder(folder),
            Outcome::Aws { number, result } => self.on_aws(number, result),
            Outcome::Copied(outcome) => self.on_copied(outcome),
            Outcome::Locked(result) => self.on_locked(result),
            Outcome::RolledBack(rollback) => {
                self.tell_rollback(&rollback);
                Vec::new()
            }
        }
    }

    pub(super) fn tell_rollback(&mut self, rollback: &Rollback) {
        self.say_for(ROLLBACK_STAYS, Tone::Warning, notices::rolled_back(rollback));
    }

    fn on_created(&mut self, result: Result<Box<Vault>, Explanation>) -> Vec<Effect> {
        let Screen::FirstRun(form) = &mut self.screen else { return Vec::new() };
        match result {
            Ok(vault) => {
                let remembered = std::mem::take(&mut self.remembered);
                let mut open = Open::new(vault, self.hide_codes, remembered);
                open.dialog = Some(Dialog::Made);
                self.screen = Screen::Open(Box::new(open));
                self.notice = None;
                self.touched = self.moment.uptime;
            }
            Err(why) => {
                form.step = FirstStep::Typing;
                self.say_explained(why);
            }
        }
        Vec::new()
    }

    fn on_unlocked(&mut self, result: Result<Box<Vault>, Explanation>) -> Vec<Effect> {
        let expected = result.as_ref().is_ok_and(|vault| self.takes_kept(vault));
        let Screen::Locked(form) = &mut self.screen else { return Vec::new() };
        match result {
            Ok(vault) if expected => {
                let remembered = std::mem::take(&mut self.remembered);
                self.screen = Screen::Open(Box::new(Open::new(vault, self.hide_codes, remembered)));
                self.notice = None;
                self.touched = self.moment.uptime;
                return self.save_kept();
            }
            Ok(_) => {
                self.screen = Screen::Locked(UnlockForm::new(self.lock.clone()));
                self.tell_other_vault();
                return vec![Effect::Lock];
            }
            Err(why) => {
                form.running = None;
                form.passphrase.clear();
                form.error = Some(if why.exit == Exit::Locked && !form.wants_identities() {
                    (notices::DOES_NOT_OPEN.to_owned(), Some(notices::TRY_AGAIN.to_owned()))
                } else {
                    (why.message, why.hint)
                });
            }
        }
        Vec::new()
    }

    fn on_locked(&mut self, result: Result<LockInfo, Explanation>) -> Vec<Effect> {
        let Screen::Locked(form) = &mut self.screen else { return Vec::new() };
        match result {
            Ok(lock) => {
                self.lock = Some(lock.clone());
                form.lock = Some(lock);
            }
            Err(why) => form.error = Some((why.message, why.hint)),
        }
        Vec::new()
    }

    fn on_progress(&mut self, words: &'static str) -> Vec<Effect> {
        match &mut self.screen {
            Screen::FirstRun(form) if matches!(form.step, FirstStep::Making(_)) => {
                form.step = FirstStep::Making(words);
            }
            Screen::Locked(form) if form.running.is_some() => form.running = Some(words),
            Screen::Open(open) => {
                if let Some(Dialog::Export(form)) = &mut open.dialog
                    && matches!(form.state, ExportState::Running(_))
                {
                    form.state = ExportState::Running(words);
                } else if let Some(Dialog::Prove(form)) = &mut open.dialog
                    && form.running.is_some()
                {
                    form.running = Some(words);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn on_reloaded(&mut self, result: Result<Box<Vault>, NotReloaded>) -> Vec<Effect> {
        match (result, self.open_mut()) {
            (Ok(vault), Some(open)) => open.replace(vault),
            (Err(NotReloaded::Relocked(why)), Some(_)) => return self.on_reload_relocked(why),
            (Err(NotReloaded::Failed(why)), Some(_)) => self.say_explained(why),
            (_, None) => {}
        }
        Vec::new()
    }

    fn on_exported(&mut self, result: Result<ExportReport, NotExported>) -> Vec<Effect> {
        let Some(Dialog::Export(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        match result {
            Ok(report) => {
                // The worker has written it into the vault's log already.
                form.finish(report);
            }
            Err(NotExported::Exists) => {
                form.state = ExportState::Typing;
                let path = form.path_shown();
                self.question = Some(Question {
                    asks: notices::overwrite(&path),
                    hint: notices::OVERWRITE_HINT.into(),
                    then: Then::Overwrite,
                });
            }
            Err(NotExported::Failed(why)) => {
                form.state = ExportState::Typing;
                form.error = Some((super::export::ExportField::Path, why.message));
            }
        }
        Vec::new()
    }

    fn on_copied(&mut self, outcome: CopyOutcome) -> Vec<Effect> {
        let Some(copying) = self.clipboard.copying.take() else { return Vec::new() };
        if let CopyOutcome::Failed(why) = &outcome {
            // The code is told: whoever asked for it can type it.
            self.say_for(COPIED_STAYS, Tone::Warning, notices::not_copied(&copying.shown, why));
            return Vec::new();
        }
        let effects = self.on_used(copying.used);
        let clear = Some(self.clear_clipboard).filter(|time| !time.is_zero());
        self.clipboard.until = clear.map(|time| self.moment.uptime + time);
        let seconds = clear.map(|time| time.as_secs());
        let hidden = self.open().is_some_and(|open| open.hidden);
        let shown = if hidden { notices::THE_CODE } else { copying.shown.as_str() };
        let (mut words, warning) = match outcome {
            // What may have dropped it goes before all else: the line is cut where the screen ends.
            CopyOutcome::Sent { warning: Some(why) } => (notices::sent_perhaps(shown), Some(why)),
            CopyOutcome::Sent { warning: None } => (notices::sent(shown, seconds), None),
            _ => (notices::copied(shown, seconds), None),
        };
        let tone = if warning.is_some() { Tone::Warning } else { Tone::Good };
        for more in warning.into_iter().chain(copying.remark) {
            words = format!("{words}; {more}");
        }
        let stays = clear.unwrap_or(COPIED_STAYS).min(COPIED_STAYS);
        self.say_for(stays, tone, words);
        if let Some(notice) = &mut self.notice {
            notice.shows_code = !hidden;
        }
        effects
    }

    /// A code was handed out: no session shall call it fresh.
    pub(super) fn on_used(&mut self, (device, step): (DeviceId, Option<u64>)) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.list.on_used(device);
        if let Some(step) = step {
            let last = open.spent.entry(device).or_insert(step);
            if !is_spent(*last, step) {
                *last = step;
            }
        }
        self.remember(Effect::Spend { device, step })
    }

    fn on_recalled(&mut self, remembered: Remembered) -> Vec<Effect> {
        match self.open_mut() {
            Some(open) => open.recall(remembered),
            None => self.remembered = remembered,
        }
        Vec::new()
    }

    /// Has something written down for the next session, where anything may be.
    pub(super) fn remember(&self, effect: Effect) -> Vec<Effect> {
        if self.read_only || self.demo { Vec::new() } else { vec![effect] }
    }

    fn say_explained(&mut self, why: Explanation) {
        let words = match why.hint {
            Some(hint) => format!("{}; {hint}", why.message),
            None => why.message,
        };
        self.say(Tone::Error, words);
    }
}
