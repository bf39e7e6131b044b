//! How a vault is to be locked and opened: with one passphrase, or by age recipients and their identities.

use super::identity::Identities;
use super::passphrase::Passphrase;
use super::recipient::Recipient;
use super::work_factor::WorkFactor;

/// How a new vault shall be locked.
#[derive(Clone, Debug)]
pub enum NewLock {
    /// With a passphrase.
    Passphrase(Passphrase, WorkFactor),
    /// To recipients only: at least one.
    Recipients(Vec<Recipient>),
}

/// What is offered to open a file.
#[derive(Clone, Copy, Debug)]
pub enum Unlock<'a> {
    /// A passphrase.
    Passphrase(&'a Passphrase),
    /// Identities of identity files.
    Identities(&'a Identities),
}
