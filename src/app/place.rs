//! Which keys work: it depends on where one is.

use super::KeyPress;
use super::aws::AwsOver;
use super::export::ExportState;
use super::first_run::FirstStep;
use super::import::ImportStep;
use super::keymap::{Action, Context};
use super::model::{Model, Screen};
use super::open::Dialog;

impl Model {
    /// The contexts whose keys work here, the first one first, those that work everywhere left out. The
    /// help itself is no place: it tells of the one under it.
    pub fn contexts(&self) -> &'static [Context] {
        if self.question.is_some() {
            return &[Context::Question];
        }
        match &self.screen {
            Screen::FirstRun(form) => match form.step {
                FirstStep::Told => &[Context::Start],
                FirstStep::Typing => &[Context::Form],
                FirstStep::Making(_) => &[],
            },
            Screen::Locked(form) if form.running.is_some() => &[],
            Screen::Locked(_) => &[Context::Unlock],
            Screen::Open(open) => match &open.dialog {
                None => open.list_contexts(),
                Some(Dialog::Check(_)) => &[Context::Check, Context::Form],
                Some(Dialog::Export(form)) => match form.state {
                    ExportState::Typing => &[Context::Form, Context::Path, Context::Export],
                    ExportState::Running(_) => &[],
                    ExportState::Done(_) => &[Context::Told],
                },
                Some(Dialog::Import(form)) if form.is_finding() => &[Context::Find],
                Some(Dialog::Import(form)) => match form.step {
                    ImportStep::Path => &[Context::Asked, Context::Path],
                    ImportStep::Password if form.takes_key_file() => {
                        &[Context::Asked, Context::Path, Context::Form]
                    }
                    ImportStep::Password => &[Context::Asked],
                    ImportStep::Reading(_) => &[Context::Reading],
                    ImportStep::Table => &[Context::Import],
                    ImportStep::Saving => &[],
                },
                Some(Dialog::Aws(dialog)) => match &dialog.over {
                    None => &[Context::Aws],
                    Some(_) if dialog.is_saving() => &[],
                    Some(AwsOver::Form(form)) if form.running.is_some() => &[Context::Asking],
                    Some(_) => &[Context::Form],
                },
                Some(Dialog::Add(_)) => &[Context::Form, Context::Add],
                Some(Dialog::Edit(_)) => &[Context::Form, Context::Edit],
                Some(Dialog::Prove(form)) if form.running.is_some() => &[],
                Some(Dialog::Prove(_)) => &[Context::Prove],
                Some(Dialog::Secret(_) | Dialog::Qr(_)) => &[Context::Told],
                Some(Dialog::Pages(_)) => &[Context::Pages, Context::Told],
                Some(Dialog::Palette(_)) => &[Context::Palette],
                Some(Dialog::Made) => &[Context::Made, Context::Told],
            },
        }
    }

    /// What a key means in the first of these contexts that knows it.
    pub(super) fn action(&self, contexts: &[Context], press: KeyPress) -> Option<Action> {
        self.keys.action(contexts, press, self.facts())
    }
}
