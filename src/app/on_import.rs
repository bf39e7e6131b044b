//! The import: what its keys do, and what comes back from reading.

use super::import::{ImportForm, ImportRequest, ImportStep, Imported, NotImported};
use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use super::question::{Question, Then};
use super::{Effect, Form, KeyPress};
use crate::exchange::{Progress, ReadError};
use crate::explain::{Reason as _, notices};
use crate::foreign::{self, Read};
use crate::vault::Change;
use zeroize::Zeroizing;

impl Model {
    pub(super) fn open_import(&mut self) {
        if let Some(open) = self.open_mut() {
            open.dialog = Some(Dialog::Import(Box::default()));
        }
    }

    fn import_form(&mut self) -> Option<&mut ImportForm> {
        match self.open_mut()?.dialog.as_mut()? {
            Dialog::Import(form) => Some(form),
            _ => None,
        }
    }

    pub(super) fn on_import_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let action = self.action(self.contexts(), press);
        let page = isize::try_from(self.layout().inside_dialog().height).unwrap_or(1).max(4) - 3;
        let Some(form) = self.import_form() else { return Vec::new() };
        let table = &mut form.table;
        match action {
            _ if form.step == ImportStep::Saving => {}
            Some(Action::Cancel) => return self.cancel_import(),
            Some(Action::Submit) => return self.submit_import(),
            Some(Action::Complete) => {
                let typed = form.complete();
                self.tell_full(typed);
            }
            Some(Action::NextField) => form.step(true),
            Some(Action::PreviousField) => form.step(false),
            Some(Action::Up) => table.go(-1),
            Some(Action::Down) => table.go(1),
            Some(Action::PageUp) => table.go(-page),
            Some(Action::PageDown) => table.go(page),
            Some(Action::First) => table.go(isize::MIN),
            Some(Action::Last) => table.go(isize::MAX),
            Some(Action::Choose | Action::ChooseAll) => {
                let all = action == Some(Action::ChooseAll);
                let toggled = if all { table.toggle_all() } else { table.toggle() };
                if !toggled {
                    self.say(Tone::Plain, notices::NOTHING_TO_CHOOSE);
                }
            }
            Some(Action::Find) => table.start_finding(),
            Some(Action::KeepFound) => table.keep_found(),
            Some(Action::AnotherFile) => form.ask_for_another(),
            Some(Action::Help) => self.toggle_help(),
            _ => {
                let typed = if form.is_typing() { form.type_key(press) } else { form.table.find_key(press) };
                self.tell_full(typed);
            }
        }
        Vec::new()
    }

    /// Enter: off to be read, or off to disk.
    fn submit_import(&mut self) -> Vec<Effect> {
        let Some(form) = self.import_form() else { return Vec::new() };
        match form.step {
            ImportStep::Path | ImportStep::Password => return self.read_import(ImportForm::request),
            ImportStep::Reading(_) | ImportStep::Saving => return Vec::new(),
            ImportStep::Table => {}
        }
        let chosen = form.table.chosen();
        if chosen.is_empty() {
            self.say(Tone::Plain, notices::NOTHING_CHOSEN);
            return Vec::new();
        }
        form.step = ImportStep::Saving;
        self.change(Change::Import(chosen))
    }

    /// Has the file read whose path is typed, under a number of its own.
    fn read_import(
        &mut self,
        request: impl FnOnce(&mut ImportForm, u64) -> Option<ImportRequest>,
    ) -> Vec<Effect> {
        self.readings += 1;
        let number = self.readings;
        let request = self.import_form().and_then(|form| request(form, number));
        request.map(|request| Effect::ReadImport(Box::new(request))).into_iter().collect()
    }

    /// After a yes to the memory that a file takes.
    pub(super) fn read_dear_import(&mut self) -> Vec<Effect> {
        self.read_import(ImportForm::request_dear)
    }

    /// Esc: a step back; from the first one, and from the table, out.
    fn cancel_import(&mut self) -> Vec<Effect> {
        let Some(form) = self.import_form() else { return Vec::new() };
        match form.step {
            // The answer comes to nobody then.
            ImportStep::Reading(_) | ImportStep::Password => form.refuse(None),
            ImportStep::Path if !form.table.is_empty() => form.step = ImportStep::Table,
            ImportStep::Path if form.is_typed_in() => self.ask_to_drop(),
            ImportStep::Table if form.table.stop_finding() => {}
            ImportStep::Table if form.table.counts()[0] > 0 => {
                self.question = Some(Question {
                    asks: notices::LEAVE_IMPORT.to_owned(),
                    hint: notices::DROP_HINT.into(),
                    then: Then::DropForm,
                });
            }
            ImportStep::Path | ImportStep::Table => return self.close_dialog(),
            ImportStep::Saving => {}
        }
        Vec::new()
    }

    /// How far reading is.
    pub(super) fn on_import_progress(&mut self, number: u64, progress: Progress) -> Vec<Effect> {
        if let Some(form) = self.import_form().filter(|form| form.step == ImportStep::Reading(number)) {
            form.progress = Some(progress);
        }
        Vec::new()
    }

    /// What reading came to; an answer that nobody waits for any more is nothing.
    pub(super) fn on_import_read(
        &mut self,
        number: u64,
        result: Result<Imported, NotImported>,
    ) -> Vec<Effect> {
        let Some(form) = self.import_form().filter(|form| form.step == ImportStep::Reading(number)) else {
            return Vec::new();
        };
        match result {
            Ok(Imported { files, passed_over }) => {
                self.import(files);
                if passed_over > 0 {
                    self.say(Tone::Plain, notices::passed_over(passed_over));
                }
            }
            Err(NotImported::PasswordNeeded(whose)) => form.ask_for_password(whose, false),
            Err(NotImported::WrongPassword(whose)) => form.ask_for_password(whose, true),
            Err(NotImported::NoKeyFile(why)) => form.refuse_key_file(why.message),
            Err(NotImported::Failed(why)) => form.refuse(Some(why.message)),
            Err(NotImported::Dear { mebibytes }) => {
                form.hold();
                self.question = Some(Question {
                    asks: notices::dear_file(mebibytes),
                    hint: notices::DEAR_HINT.into(),
                    then: Then::ReadDear,
                });
            }
        }
        Vec::new()
    }

    /// Opens the table with URIs that were pasted; where it is open already they are added to it.
    pub(super) fn import_text(&mut self, uris: &[&str]) {
        let room = uris.iter().map(|uri| uri.len() + 1).sum();
        let mut lines = Zeroizing::new(String::with_capacity(room));
        for uri in uris {
            lines.extend(uri.chars().filter(|letter| !letter.is_control()));
            lines.push('\n');
        }
        self.import_or_say(foreign::of_text(&lines));
    }

    pub(super) fn import_or_say(&mut self, read: Result<Read, ReadError>) {
        match read {
            Ok(read) => self.import(vec![read]),
            Err(error) => self.say(Tone::Warning, error.reason()),
        }
    }

    fn import(&mut self, files: Vec<Read>) {
        let now = self.moment.now;
        let Some(open) = self.open_mut() else { return };
        if !matches!(open.dialog, Some(Dialog::Import(_))) {
            open.dialog = Some(Dialog::Import(Box::default()));
        }
        if let Some(Dialog::Import(form)) = &mut open.dialog {
            form.take(files, &open.vault, now);
        }
    }
}
