//! The first run: what will be made, and a passphrase for it.

use super::field::TextField;
use super::form::Form;
use super::passphrase_form::{Fault, NewPassphrase};
use crate::vault::Passphrase;

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstField {
    /// The passphrase.
    Once,
    /// The same again.
    Again,
}

/// Which of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// What will be made, and where.
    Told,
    /// The passphrase.
    Typing,
    /// The vault is being made; what is being done.
    Making(&'static str),
}

/// The first run.
#[derive(Debug)]
pub struct FirstRun {
    /// Which of the screens.
    pub step: FirstStep,
    passphrase: NewPassphrase,
    focus: FirstField,
    /// What is wrong, and where.
    pub error: Option<(FirstField, String)>,
}

impl FirstRun {
    /// The first screen.
    pub fn new() -> Self {
        Self { step: FirstStep::Told, passphrase: NewPassphrase::new(), focus: FirstField::Once, error: None }
    }

    /// The passphrase and its strength.
    pub fn passphrase(&self) -> &NewPassphrase {
        &self.passphrase
    }

    /// The passphrase, or what is wrong first.
    pub fn check(&self) -> Result<Passphrase, (FirstField, String)> {
        self.passphrase.check().map_err(|(fault, words)| match fault {
            Fault::Once => (FirstField::Once, words),
            Fault::Again => (FirstField::Again, words),
        })
    }
}

impl Default for FirstRun {
    fn default() -> Self {
        Self::new()
    }
}

impl Form for FirstRun {
    type Id = FirstField;

    fn shown(&self) -> Vec<FirstField> {
        vec![FirstField::Once, FirstField::Again]
    }

    fn focus(&self) -> FirstField {
        self.focus
    }

    fn set_focus(&mut self, id: FirstField) {
        self.focus = id;
    }

    fn label(&self, id: FirstField) -> &'static str {
        match id {
            FirstField::Once => "passphrase",
            FirstField::Again => "the same again",
        }
    }

    fn field(&self, id: FirstField) -> &TextField {
        match id {
            FirstField::Once => &self.passphrase.once,
            FirstField::Again => &self.passphrase.again,
        }
    }

    fn field_mut(&mut self, id: FirstField) -> &mut TextField {
        match id {
            FirstField::Once => &mut self.passphrase.once,
            FirstField::Again => &mut self.passphrase.again,
        }
    }

    fn on_edited(&mut self, id: FirstField) {
        self.error = None;
        if id == FirstField::Once {
            self.passphrase.estimate();
        }
    }
}
