//! Unlocking: a passphrase, or the identity files of the command line.

use super::passphrase_field::PassphraseField;
use crate::vault::{LockInfo, WorkFactor};

/// The screen of a locked vault.
#[derive(Debug)]
pub struct UnlockForm {
    /// How the vault is locked; none while that is not known (again).
    pub lock: Option<LockInfo>,
    /// The passphrase.
    pub passphrase: PassphraseField,
    /// The cost that was agreed to.
    pub accepted: Option<WorkFactor>,
    /// What is being done, while it is opened.
    pub running: Option<&'static str>,
    /// Why it was locked, where nobody asked for that.
    pub told: Option<String>,
    /// Why it is not open: a message, and perhaps what to do.
    pub error: Option<(String, Option<String>)>,
}

impl UnlockForm {
    /// The screen, with nothing typed.
    pub fn new(lock: Option<LockInfo>) -> Self {
        let passphrase = PassphraseField::default();
        Self { lock, passphrase, accepted: None, running: None, told: None, error: None }
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
}
