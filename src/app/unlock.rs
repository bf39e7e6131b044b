//! Unlocking: a passphrase, or the identity files of the command line.

use super::field::TextField;
use super::form::Form;
use super::passphrase_form::MAX_PASSPHRASE;
use crate::vault::{LockInfo, Passphrase, WorkFactor};

/// The screen of a locked vault.
#[derive(Debug)]
pub struct UnlockForm {
    /// How the vault is locked; none while that is not known (again).
    pub lock: Option<LockInfo>,
    /// The passphrase.
    pub passphrase: TextField,
    /// The cost that was agreed to.
    pub accepted: Option<WorkFactor>,
    /// What is being done, while it is opened.
    pub running: Option<&'static str>,
    /// Why it is not open: a message, and perhaps what to do.
    pub error: Option<(String, Option<String>)>,
}

impl UnlockForm {
    /// The screen, with nothing typed.
    pub fn new(lock: Option<LockInfo>) -> Self {
        let passphrase = TextField::masked(MAX_PASSPHRASE);
        Self { lock, passphrase, accepted: None, running: None, error: None }
    }

    /// Whether identity files open it, so that nothing has to be typed.
    pub fn wants_identities(&self) -> bool {
        matches!(self.lock, Some(LockInfo::Recipients { .. }))
    }

    /// What one try costs, where that is more than is usual and nobody has agreed to it yet.
    pub fn dear(&self) -> Option<WorkFactor> {
        match self.lock {
            Some(LockInfo::Passphrase { work_factor })
                if work_factor > WorkFactor::ASK_ABOVE && self.accepted < Some(work_factor) =>
            {
                Some(work_factor)
            }
            _ => None,
        }
    }

    /// What was typed, moved out. None when nothing was.
    pub fn take(&mut self) -> Option<Passphrase> {
        Passphrase::new(self.passphrase.take())
    }
}

impl Form for UnlockForm {
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
        &self.passphrase
    }

    fn field_mut(&mut self, (): ()) -> &mut TextField {
        &mut self.passphrase
    }
}
