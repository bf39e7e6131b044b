//! What keys do in forms, in the help, and before a vault is open.

use super::aws::AwsOver;
use super::check::When;
use super::export::ExportState;
use super::first_run::FirstStep;
use super::form::Form;
use super::keymap::{self, Action, Context, Keymap};
use super::model::{Model, Screen};
use super::notice::Tone;
use super::open::Dialog;
use super::question::{Question, Then};
use super::{Effect, KeyPress};
use crate::explain::notices;

/// The most rows that a secret takes.
const MAX_SECRET_ROWS: usize = 80;

/// What a key does in a form, once the form's own fields had it.
enum Done {
    /// Nothing more.
    Taken,
    /// It asks to submit.
    Submit,
    /// It asks to close.
    Cancel,
}

/// Gives a key to a form: moving between fields, typing, and what else it may mean.
fn give<F: Form>(keys: &Keymap, form: &mut F, press: KeyPress) -> (Done, Result<bool, super::field::Full>) {
    if form.go_line(press) {
        return (Done::Taken, Ok(true));
    }
    let done = match keys.action(&[Context::Form], press, keymap::Facts::default()) {
        Some(Action::NextField) => {
            form.step(true);
            Done::Taken
        }
        Some(Action::PreviousField) => {
            form.step(false);
            Done::Taken
        }
        Some(Action::Submit) => Done::Submit,
        Some(Action::Cancel) => Done::Cancel,
        _ => return (Done::Taken, form.type_key(press)),
    };
    (done, Ok(true))
}

impl Model {
    pub(super) fn on_first_run_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let Screen::FirstRun(form) = &mut self.screen else { return Vec::new() };
        match form.step {
            FirstStep::Told => match self.keys.action(&[Context::Start], press, keymap::Facts::default()) {
                Some(Action::Submit) => form.step = FirstStep::Typing,
                Some(Action::Cancel) => return self.leave(super::question::Leave::Quit),
                _ => {}
            },
            FirstStep::Making(_) => {}
            FirstStep::Typing => {
                let (done, typed) = give(&self.keys, form, press);
                match done {
                    Done::Taken => {}
                    Done::Submit => return self.submit_first_run(),
                    Done::Cancel if form.is_typed_in() => self.ask_to_drop(),
                    Done::Cancel => form.step = FirstStep::Told,
                }
                self.tell_full(typed);
            }
        }
        Vec::new()
    }

    pub(super) fn on_unlock_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let Screen::Locked(form) = &mut self.screen else { return Vec::new() };
        if form.running.is_some() {
            return Vec::new();
        }
        match self.keys.action(&[Context::Unlock], press, keymap::Facts::default()) {
            Some(Action::Submit) => return self.submit_unlock(),
            Some(Action::Cancel) if form.passphrase.is_empty() => {
                return self.ask_to_leave(super::question::Leave::Quit);
            }
            Some(Action::Cancel) => form.passphrase.clear(),
            _ => {
                let typed = form.passphrase.type_key(press);
                self.tell_full(typed);
            }
        }
        Vec::new()
    }

    pub(super) fn on_dialog_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let facts = self.facts();
        let keys = self.keys.clone();
        let Some(open) = self.open_mut() else { return Vec::new() };
        let (done, typed) = match &mut open.dialog {
            Some(Dialog::Add(form)) if form.saving => return Vec::new(),
            Some(Dialog::Add(form)) => match keys.action(&[Context::Add], press, facts) {
                Some(Action::Token) => {
                    form.toggle_token();
                    return Vec::new();
                }
                _ => give(&keys, form.as_mut(), press),
            },
            Some(Dialog::Edit(form)) if form.saving => return Vec::new(),
            Some(Dialog::Edit(form)) => match keys.action(&[Context::Edit], press, facts) {
                Some(action) => return self.on_edit_action(action),
                None => give(&keys, form.as_mut(), press),
            },
            Some(Dialog::Prove(_)) => return self.on_prove_key(press),
            Some(Dialog::Aws(dialog)) if dialog.is_saving() => return Vec::new(),
            Some(Dialog::Aws(dialog)) => match &mut dialog.over {
                None => return self.on_aws_key(press),
                Some(AwsOver::Form(form)) if form.running.is_some() => return self.on_asking_key(press),
                Some(AwsOver::Form(form)) => give(&keys, form.as_mut(), press),
                Some(AwsOver::Root(form)) => give(&keys, form.as_mut(), press),
            },
            Some(Dialog::Check(form)) if form.saving => return Vec::new(),
            Some(Dialog::Check(form)) => match keys.action(&[Context::Check], press, facts) {
                Some(action) => return self.on_check_action(action),
                None => give(&keys, form.as_mut(), press),
            },
            Some(Dialog::Export(form)) if form.is_typing() => {
                match keys.action(&[Context::Export, Context::Path], press, facts) {
                    Some(Action::OtherLock) => {
                        form.other_lock();
                        return Vec::new();
                    }
                    Some(Action::Complete) => (Done::Taken, form.complete()),
                    _ => give(&keys, form.as_mut(), press),
                }
            }
            Some(Dialog::Import(_)) => return self.on_import_key(press),
            Some(Dialog::Palette(_)) => return self.on_palette_key(press),
            Some(Dialog::Pages(_)) => return self.on_pages_key(press),
            Some(Dialog::Export(_) | Dialog::Secret(_) | Dialog::Qr(_) | Dialog::Made) => {
                return self.on_told_key(press);
            }
            None => return Vec::new(),
        };
        self.tell_full(typed);
        match done {
            Done::Taken => Vec::new(),
            Done::Submit => self.submit(),
            Done::Cancel => self.cancel(),
        }
    }

    /// Keys where something is only told.
    fn on_told_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let (facts, keys) = (self.facts(), self.keys.clone());
        let Some(open) = self.open_mut() else { return Vec::new() };
        if matches!(&open.dialog, Some(Dialog::Export(form)) if matches!(form.state, ExportState::Running(_)))
        {
            return Vec::new();
        }
        let contexts: &[Context] = if matches!(open.dialog, Some(Dialog::Made)) {
            &[Context::Made, Context::Told]
        } else {
            &[Context::Told]
        };
        let action = keys.action(contexts, press, facts);
        if let Some(Dialog::Secret(shown)) = &mut open.dialog {
            match action {
                Some(Action::Up) => shown.top = shown.top.saturating_sub(1),
                Some(Action::Down) => shown.top = (shown.top + 1).min(MAX_SECRET_ROWS),
                _ => {}
            }
        }
        match action {
            Some(Action::Submit | Action::Cancel) => self.close_dialog(),
            Some(Action::Add) => {
                open.dialog = Some(Dialog::Add(Box::default()));
                Vec::new()
            }
            Some(Action::Help) => {
                self.toggle_help();
                Vec::new()
            }
            Some(Action::Export) => {
                self.open_export();
                Vec::new()
            }
            Some(Action::Import) => {
                self.open_import();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn on_check_action(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::OurClock => return self.go_by_ours(),
            Action::Enrolled => return self.mark_by_console(),
            _ => {}
        }
        let now = self.moment.now;
        if action == Action::HideCodes {
            return self.hide_or_show();
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Check(form)) = &mut open.dialog else { return Vec::new() };
        let Some(device) = open.vault.get(form.id) else { return Vec::new() };
        if action == Action::NewPair {
            form.pin(device, now);
            return Vec::new();
        }
        let Some([first, second]) = form.pair(device, now) else {
            self.say(Tone::Plain, notices::NO_PAIR);
            return Vec::new();
        };
        let paired = if action == Action::Copy { first } else { second };
        let used = (device.id, Some(paired.step));
        let remark = match paired.when {
            When::ToCome(seconds) => Some(notices::valid_in(seconds)),
            When::Now(_) => None,
            When::Over => Some(notices::JUST_OVER.to_owned()),
        };
        self.copy_code(paired.code, used, remark)
    }

    /// Esc in a form: asks first when something was typed.
    fn cancel(&mut self) -> Vec<Effect> {
        let typed = self.open().and_then(|open| open.dialog.as_ref()).is_some_and(|dialog| match dialog {
            Dialog::Add(form) => form.is_typed_in(),
            Dialog::Edit(form) => form.is_typed_in(),
            Dialog::Check(form) => form.is_typed_in(),
            Dialog::Export(form) => form.is_typed_in(),
            Dialog::Aws(dialog) => dialog.is_typed_in(),
            Dialog::Import(_)
            | Dialog::Palette(_)
            | Dialog::Prove(_)
            | Dialog::Secret(_)
            | Dialog::Qr(_)
            | Dialog::Pages(_)
            | Dialog::Made => false,
        });
        if typed {
            self.ask_to_drop();
            return Vec::new();
        }
        self.leave_aws_form()
    }

    pub(super) fn ask_to_drop(&mut self) {
        let checking = matches!(self.open().and_then(|open| open.dialog.as_ref()), Some(Dialog::Check(_)));
        let (asks, hint) = if checking {
            (notices::LEAVE_UNCHECKED, notices::LEAVE_UNCHECKED_HINT)
        } else {
            (notices::DROP_TYPED, notices::DROP_HINT)
        };
        self.question = Some(Question { asks: asks.to_owned(), hint: hint.into(), then: Then::DropForm });
    }

    /// Closes what is open; what changed on disk meanwhile is read now.
    pub(super) fn close_dialog(&mut self) -> Vec<Effect> {
        if let Screen::FirstRun(form) = &mut self.screen {
            *form = super::first_run::FirstRun::new();
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.dialog = None;
        if std::mem::take(&mut open.reload_due) { vec![Effect::Reload] } else { Vec::new() }
    }
}
