//! Keys, pastes and the mouse: who gets them.

use super::add::AddForm;
use super::aws::AwsOver;
use super::first_run::FirstStep;
use super::form::Form;
use super::keymap::{Action, Context};
use super::layout;
use super::list::Find;
use super::model::{Model, Screen};
use super::notice::Tone;
use super::open::Dialog;
use super::pasted::Pasted;
use super::question::{Leave, Question, Then};
use super::{Effect, Key, KeyPress};
use crate::device::query::Filter;
use crate::explain::notices;
use crate::vault::Change;

/// What terminals send for Alt-Enter and for Esc and Enter alike.
const NEW_LINE: KeyPress = KeyPress { key: Key::Enter, ctrl: false, alt: true };

impl Model {
    pub(super) fn on_key(&mut self, press: KeyPress) -> Vec<Effect> {
        self.touched = self.moment.uptime;
        // Where nothing was changed or went wrong, what the key before did is no news any more.
        self.notice.take_if(|notice| notice.tone == Tone::Plain);
        if press == NEW_LINE && !self.takes_new_line() {
            // Esc and Enter that came in one packet.
            let mut effects = self.on_key(KeyPress::plain(Key::Esc));
            effects.extend(self.on_key(KeyPress::plain(Key::Enter)));
            return effects;
        }
        if let Some(action) = self.action(&[Context::Everywhere], press) {
            return self.on_everywhere(action);
        }
        if layout::is_too_small(self.size) {
            return Vec::new();
        }
        if self.help.is_some() {
            return self.on_help_key(press);
        }
        if self.question.is_some() {
            return self.on_answer(press);
        }
        match &self.screen {
            Screen::FirstRun(_) => self.on_first_run_key(press),
            Screen::Locked(_) => self.on_unlock_key(press),
            Screen::Open(open) if open.dialog.is_some() => self.on_dialog_key(press),
            Screen::Open(_) => self.on_list_key(press),
        }
    }

    /// What the keys do that work in every place.
    pub(super) fn on_everywhere(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => self.suspend(),
            Action::Quit => self.quit_now(),
            Action::Help if !layout::is_too_small(self.size) => {
                self.toggle_help();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a field of several lines is being typed in.
    fn takes_new_line(&self) -> bool {
        let dialog = self.open().filter(|_| self.question.is_none()).and_then(|open| open.dialog.as_ref());
        matches!(dialog, Some(Dialog::Edit(form)) if form.field(form.focus()).has_lines())
    }

    /// Ctrl-Z: nothing guarded is left on a screen that nobody minds.
    fn suspend(&mut self) -> Vec<Effect> {
        let mut effects = if self.shows_guarded() { self.close_dialog() } else { Vec::new() };
        effects.push(Effect::Suspend);
        effects
    }

    /// Ctrl-C: asks where something is not saved, and takes a second one for a yes.
    fn quit_now(&mut self) -> Vec<Effect> {
        let asked = matches!(&self.question, Some(Question { then: Then::Leave(Leave::Quit), .. }));
        if asked || self.leaving == Some(Leave::Quit) {
            return self.leave(Leave::Quit);
        }
        self.ask_to_leave(Leave::Quit)
    }

    fn on_answer(&mut self, press: KeyPress) -> Vec<Effect> {
        match self.action(&[Context::Question], press) {
            Some(Action::Yes) => {
                let Some(question) = self.question.take() else { return Vec::new() };
                self.on_yes(question.then)
            }
            Some(Action::No) => {
                self.question = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn on_yes(&mut self, then: Then) -> Vec<Effect> {
        match then {
            Then::Remove(id) => self.change(Change::Remove(id)),
            Then::StepBack { id, from } => self.change(Change::StepBack { id, from }),
            Then::OpenMethod => self.open_method(),
            Then::Replace(field) => self.replace_field(field),
            Then::Show(what) => {
                self.show_guarded(what);
                Vec::new()
            }
            Then::Unlock => self.unlock(),
            Then::ReadDear => self.read_dear_import(),
            Then::DropForm => self.leave_aws_form(),
            Then::GoBy(id, drift) => self.go_by(id, drift),
            Then::Overwrite => self.export(true),
            Then::Leave(how) => self.leave(how),
        }
    }

    pub(super) fn on_paste(&mut self, text: &str) -> Vec<Effect> {
        self.touched = self.moment.uptime;
        if layout::is_too_small(self.size) || self.question.is_some() || self.help.is_some() {
            return Vec::new();
        }
        let holds_uri = Pasted::holds_uri(text);
        if let Some(uris) = self.uris_to_import(text) {
            self.import_text(&uris);
            return Vec::new();
        }
        let pasted = match &mut self.screen {
            Screen::FirstRun(form) if form.step == FirstStep::Typing => form.paste(text),
            Screen::Locked(form) if form.running.is_none() => form.passphrase.paste(text),
            Screen::FirstRun(_) | Screen::Locked(_) => Ok(()),
            Screen::Open(open) => match &mut open.dialog {
                Some(Dialog::Add(form)) if !form.saving => form.paste(text),
                // It holds a secret, and all other fields show what is in them.
                Some(Dialog::Edit(_) | Dialog::Check(_) | Dialog::Export(_)) if holds_uri => {
                    self.say(Tone::Warning, notices::URI_NOT_HERE);
                    return Vec::new();
                }
                Some(Dialog::Aws(dialog)) => match &mut dialog.over {
                    Some(AwsOver::Root(form)) if !form.saving => form.paste(text),
                    // All its fields show what is in them.
                    Some(AwsOver::Form(_)) if holds_uri => {
                        self.say(Tone::Warning, notices::URI_NOT_HERE);
                        return Vec::new();
                    }
                    Some(AwsOver::Form(form)) if form.running.is_none() => form.paste(text),
                    _ => Ok(()),
                },
                Some(Dialog::Edit(form)) if !form.saving => form.paste(text),
                Some(Dialog::Check(form)) => form.paste(text),
                Some(Dialog::Export(form)) if form.is_typing() => form.paste(text),
                Some(Dialog::Import(form)) if form.is_typing() => form.paste(text),
                Some(Dialog::Import(form)) if form.is_finding() => form.table.find_pasted(text),
                Some(Dialog::Palette(palette)) => match Pasted::of(text, |_| false) {
                    Pasted::Words(_) | Pasted::Nothing => palette.paste(text),
                    // No command is called that, and the field would show it: it goes where the palette stands.
                    _ => {
                        open.dialog = None;
                        return self.on_paste_on_list(text);
                    }
                },
                Some(Dialog::Prove(form)) if form.running.is_none() => form.paste(text),
                Some(Dialog::Made) | None => return self.on_paste_on_list(text),
                Some(_) => Ok(()),
            },
        };
        self.tell_full(pasted.map(|()| true));
        Vec::new()
    }

    /// The URIs of a text that belong into the table of an import: where a new device is added several of them, in
    /// the import itself also one.
    fn uris_to_import<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let uris = |pasted| match pasted {
            Pasted::Uris(uris) => Some(uris),
            _ => None,
        };
        let pasted = Pasted::of(text, |_| true);
        match &self.open()?.dialog {
            Some(Dialog::Add(form)) if !form.saving => uris(pasted),
            Some(Dialog::Import(form)) if form.takes_uris() => match pasted {
                Pasted::Uri(uri) => Some(vec![uri]),
                pasted => uris(pasted),
            },
            _ => None,
        }
    }

    fn on_paste_on_list(&mut self, text: &str) -> Vec<Effect> {
        let read_only = self.read_only;
        let Some(open) = self.open_mut() else { return Vec::new() };
        if let Find::Typing(field) = &mut open.list.find
            && !Pasted::holds_uri(text)
        {
            let inserted = field.insert(text).map(|()| true);
            open.list.narrow(&open.vault);
            self.tell_full(inserted);
            return Vec::new();
        }
        let is_known = |words: &str| {
            let filter = Filter::new(words);
            open.vault.devices().any(|device| filter.matches(device))
        };
        match Pasted::of(text, is_known) {
            Pasted::Nothing => {}
            Pasted::Uri(_) | Pasted::Uris(_) | Pasted::Secret(_) | Pasted::Picture(_) if read_only => {
                self.say(Tone::Warning, notices::READ_ONLY);
            }
            Pasted::Uri(uri) => open.dialog = Some(Dialog::Add(Box::new(AddForm::pasted(uri)))),
            Pasted::Uris(uris) => self.import_text(&uris),
            Pasted::Secret(secret) => open.dialog = Some(Dialog::Add(Box::new(AddForm::pasted(secret)))),
            Pasted::Picture(path) => {
                open.dialog = Some(Dialog::Add(Box::new(AddForm::pasted(path))));
                return self.read_picture().unwrap_or_default();
            }
            Pasted::Words(words) => {
                open.dialog = None;
                let found = open.list.find_pasted(words, &open.vault).map(|()| true);
                self.tell_full(found);
            }
        }
        Vec::new()
    }

    /// Says when a text did not fit; whether a key was taken.
    pub(super) fn tell_full(&mut self, typed: Result<bool, super::field::Full>) -> bool {
        typed.unwrap_or_else(|full| {
            self.say(Tone::Warning, notices::too_long(full.limit));
            true
        })
    }
}
