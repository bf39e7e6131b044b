//! Entries into a vault: which are new, which are there already, which are refused.

use super::entry::{Entry, Names, Place, Refusal};
use crate::clock::UnixTime;
use crate::device::{Candidate, DeviceId};
use crate::otp::Method;
use crate::vault::{ChangeError, Vault};

/// What came of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It became this device.
    New(DeviceId),
    /// This device has the same secret and makes the same codes.
    Duplicate(DeviceId),
    /// It is no use.
    Refused(Refusal),
}

/// One entry and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it stands in its file.
    pub place: Place,
    /// What it is called.
    pub names: Names,
    /// How its codes come about; none when that could not be read.
    pub method: Option<Method>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of all the entries of a file, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// One by one.
    pub items: Vec<Item>,
}

impl Intake {
    /// How many became devices.
    pub fn new_ones(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::New(_)))
    }

    /// How many were there already.
    pub fn duplicates(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Duplicate(_)))
    }

    /// How many were refused.
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Refused(_)))
    }

    fn count(&self, which: impl Fn(&Outcome) -> bool) -> usize {
        self.items.iter().filter(|item| which(&item.outcome)).count()
    }
}

/// Adds to a vault in memory what is new to it, as one change. One bad entry does not stop the others.
pub fn take_in(vault: &mut Vault, entries: &[Entry], now: UnixTime) -> Intake {
    let mut items: Vec<Item> = entries.iter().map(|entry| item(entry.place, entry.found.as_ref())).collect();
    let candidates = entries.iter().filter_map(|entry| entry.found.as_ref().ok());
    let mut added = vault.import(candidates, now).into_iter();
    for item in items.iter_mut().filter(|item| item.method.is_some()) {
        if let Some(result) = added.next() {
            item.outcome = outcome(result);
        }
    }
    Intake { items }
}

/// An entry before the vault was asked.
fn item(place: Place, found: Result<&Candidate, &(Names, Refusal)>) -> Item {
    match found {
        Ok(Candidate { issuer, account, method, .. }) => Item {
            place,
            names: Names { issuer: issuer.clone(), account: account.clone() },
            method: Some(*method),
            outcome: Outcome::Refused(Refusal::Change(ChangeError::NoSuchDevice)),
        },
        Err((names, refusal)) => {
            Item { place, names: names.clone(), method: None, outcome: Outcome::Refused(refusal.clone()) }
        }
    }
}

fn outcome(result: Result<DeviceId, ChangeError>) -> Outcome {
    match result {
        Ok(id) => Outcome::New(id),
        Err(ChangeError::SecretTaken { id, same_codes: true, .. }) => Outcome::Duplicate(id),
        Err(ChangeError::SecretTaken { label, .. }) => Outcome::Refused(Refusal::SecretTaken { label }),
        Err(other) => Outcome::Refused(Refusal::Change(other)),
    }
}
