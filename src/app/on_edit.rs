//! The edit form: what its keys ask for, and what becomes of it.

use super::form::Form;
use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use super::question::{Question, Then};
use super::{EditForm, Effect, Why};
use crate::explain::{Explanation, notices};
use crate::text::Text;
use crate::vault::{Change, Edit, Vault};

impl Model {
    pub(super) fn on_edit_action(&mut self, action: Action) -> Vec<Effect> {
        let Some(form) = self.edit_form() else { return Vec::new() };
        match action {
            Action::NewLine => {
                let typed = form.new_line();
                self.tell_full(typed);
            }
            Action::OpenMethod if form.is_method_open() => {}
            Action::OpenMethod if form.has_parameters() => {
                self.question = Some(Question {
                    asks: notices::OPEN_METHOD.to_owned(),
                    hint: notices::OPEN_METHOD_HINT.into(),
                    then: Then::OpenMethod,
                });
            }
            Action::OpenMethod => self.say(Tone::Plain, notices::STEAM_IS_FIXED),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn open_method(&mut self) -> Vec<Effect> {
        if let Some(form) = self.edit_form() {
            form.open_method();
        }
        Vec::new()
    }

    pub(super) fn submit_edit(&mut self) -> Vec<Effect> {
        let Some(form) = self.edit_form() else { return Vec::new() };
        if !form.at_last() {
            form.step(true);
            return Vec::new();
        }
        self.send_edit()
    }

    /// Sends off what was typed; of that, nothing is written over what others changed meanwhile.
    fn send_edit(&mut self) -> Vec<Effect> {
        let Some(form) = self.edit_form() else { return Vec::new() };
        match form.check() {
            Ok(edit) if edit == Edit::default() => self.close_dialog(),
            Ok(edit) => {
                form.saving = true;
                let id = form.id;
                let edit = Edit { instead_of: Some(Box::new(form.started())), ..edit };
                self.change(Change::Edit { id, edit: Box::new(edit) })
            }
            Err((at, words)) => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
        }
    }

    /// A field that was typed in was changed elsewhere meanwhile: asks which value stays.
    pub(super) fn on_overtaken(
        &mut self,
        made: Why,
        field: &'static str,
        why: &Explanation,
        vault: Box<Vault>,
    ) {
        let Some(open) = self.open_mut() else { return };
        open.replace(vault);
        open.reload_due = false;
        if made != Why::Done {
            return self.tell_refused(made, why);
        }
        let Some(Dialog::Edit(form)) = &mut open.dialog else { return self.tell_refused(made, why) };
        form.saving = false;
        let value = open.vault.get(form.id).and_then(|device| match field {
            "issuer" => Some(device.issuer.to_string()),
            "account" => Some(device.account.to_string()),
            "serial" => device.serial.as_ref().map(Text::to_string),
            _ => None,
        });
        self.question = Some(Question {
            asks: notices::changed_elsewhere(field, value.as_deref()),
            hint: notices::CHANGED_ELSEWHERE_HINT.into(),
            then: Then::Replace(field),
        });
    }

    /// What others wrote into this field may go: tries again.
    pub(super) fn replace_field(&mut self, field: &str) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Edit(form)) = &mut open.dialog else { return Vec::new() };
        let Some(device) = open.vault.get(form.id) else { return Vec::new() };
        form.accept(field, device);
        self.send_edit()
    }

    fn edit_form(&mut self) -> Option<&mut EditForm> {
        match self.open_mut()?.dialog.as_mut()? {
            Dialog::Edit(form) => Some(form),
            _ => None,
        }
    }
}
