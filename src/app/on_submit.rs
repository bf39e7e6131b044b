//! Enter in a form: on to the next field, or off with what it is for.

use super::Effect;
use super::add::AddField;
use super::check::CheckField;
use super::export::ExportState;
use super::first_run::{FirstField, FirstStep};
use super::form::Form;
use super::model::{Model, Screen};
use super::open::Dialog;
use super::question::{Question, Then};
use super::recognised::Recognised;
use crate::explain::notices;
use crate::vault::Change;
use zeroize::Zeroizing;

impl Model {
    pub(super) fn submit_first_run(&mut self) -> Vec<Effect> {
        let Screen::FirstRun(form) = &mut self.screen else { return Vec::new() };
        if !form.at_last() && form.field(FirstField::Again).is_empty() {
            form.step(true);
            return Vec::new();
        }
        match form.check() {
            Ok(passphrase) => {
                form.step = FirstStep::Making(notices::MAKING);
                vec![Effect::Create { passphrase }]
            }
            Err((at, words)) => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
        }
    }

    /// Enter on a locked vault; asks first where opening it takes much memory.
    pub(super) fn submit_unlock(&mut self) -> Vec<Effect> {
        let Screen::Locked(form) = &mut self.screen else { return Vec::new() };
        if form.passphrase.is_empty() && !form.wants_identities() {
            // Why it is locked, or still is, says more.
            form.error.get_or_insert_with(|| (notices::NO_PASSPHRASE.to_owned(), None));
            return Vec::new();
        }
        if let Some(cost) = form.dear() {
            self.question = Some(Question {
                asks: notices::dear(cost),
                hint: notices::DEAR_HINT.into(),
                then: Then::Unlock,
            });
            return Vec::new();
        }
        self.unlock()
    }

    /// Opens the vault with what was typed.
    pub(super) fn unlock(&mut self) -> Vec<Effect> {
        let Screen::Locked(form) = &mut self.screen else { return Vec::new() };
        form.accepted = form.dear().or(form.accepted);
        let passphrase = form.passphrase.take();
        form.told = None;
        form.error = None;
        form.running = Some(notices::UNLOCKING);
        vec![Effect::Unlock { passphrase }]
    }

    pub(super) fn submit(&mut self) -> Vec<Effect> {
        match self.open().and_then(|open| open.dialog.as_ref()) {
            Some(Dialog::Add(_)) => self.submit_add(),
            Some(Dialog::Edit(_)) => self.submit_edit(),
            Some(Dialog::Check(_)) => self.submit_check(),
            Some(Dialog::Export(_)) => self.submit_export(),
            Some(Dialog::Aws(_)) => self.submit_aws(),
            _ => Vec::new(),
        }
    }

    /// Enter saves when all is there, else goes to the next field, and from the last one says what is missing.
    fn submit_add(&mut self) -> Vec<Effect> {
        if let Some(reading) = self.read_picture() {
            return reading;
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Add(form)) = &mut open.dialog else { return Vec::new() };
        if *form.recognised() == Recognised::Batch {
            let uri = Zeroizing::new(form.field(AddField::Universal).trimmed().to_owned());
            self.import_text(&[&uri]);
            return Vec::new();
        }
        let named = [AddField::Issuer, AddField::Account].into_iter().all(|id| !form.field(id).is_empty());
        let early = matches!(form.focus(), AddField::Universal | AddField::Issuer)
            || form.is_on_token() && form.focus() == AddField::Serial;
        match form.check(&open.vault) {
            Ok(candidate) if named || !early => {
                form.saving = true;
                self.change(Change::Add(Box::new(candidate)))
            }
            Err((at, words)) if !early || form.focus() == at && !form.field(at).is_empty() => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
            _ => {
                form.step(true);
                Vec::new()
            }
        }
    }

    fn submit_check(&mut self) -> Vec<Effect> {
        let (now, read_only) = (self.moment.now, self.read_only);
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Check(form)) = &mut open.dialog else { return Vec::new() };
        if !form.at_last()
            && !form.field(CheckField::First).is_empty()
            && form.field(CheckField::Second).is_empty()
        {
            form.step(true);
            return Vec::new();
        }
        let answered = form.told.is_some();
        match form.ask(&open.vault, now) {
            Some(answer) if answer.verdict.is_good() && !answered && !read_only => {
                let id = form.id;
                self.ask_which_clock(id, &answer);
                self.change(Change::Checked(id))
            }
            _ => Vec::new(),
        }
    }

    fn submit_export(&mut self) -> Vec<Effect> {
        let Some(Dialog::Export(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        if !form.at_last() {
            form.step(true);
            return Vec::new();
        }
        self.export(false)
    }

    /// Sends the backup off.
    pub(super) fn export(&mut self, overwrite: bool) -> Vec<Effect> {
        let Some(Dialog::Export(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        match form.check(overwrite) {
            Ok(request) => {
                form.state = ExportState::Running(notices::EXPORTING);
                vec![Effect::Export(Box::new(request))]
            }
            Err((at, words)) => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
        }
    }
}
