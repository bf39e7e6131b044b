//! One masked field for a passphrase that is there already: a form of its own, and part of others.

use super::field::{Full, TextField};
use super::form::Form;
use super::passphrase_form::MAX_PASSPHRASE;
use crate::vault::Passphrase;

/// One masked field for a passphrase.
#[derive(Debug)]
pub struct PassphraseField(TextField);

impl Default for PassphraseField {
    fn default() -> Self {
        Self(TextField::masked(MAX_PASSPHRASE))
    }
}

impl PassphraseField {
    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What was typed, moved out. None when nothing was.
    pub fn take(&mut self) -> Option<Passphrase> {
        Passphrase::new(self.0.take())
    }
}

impl Form for PassphraseField {
    type Id = ();

    fn shown(&self) -> Vec<()> {
        vec![()]
    }

    fn focus(&self) {}

    fn set_focus(&mut self, (): ()) {}

    fn label(&self, (): ()) -> &'static str {
        "passphrase"
    }

    fn field(&self, (): ()) -> &TextField {
        &self.0
    }

    fn field_mut(&mut self, (): ()) -> &mut TextField {
        &mut self.0
    }

    /// White space at the ends may belong to a passphrase.
    fn paste(&mut self, text: &str) -> Result<(), Full> {
        self.0.insert(text)
    }
}
