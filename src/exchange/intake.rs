//! Entries into a vault: which are new, which are there already, which are refused.

use super::entry::{Entry, Names, Place, Refusal};
use crate::clock::UnixTime;
use crate::device::{Candidate, DeviceId};
use crate::otp::Method;
use crate::vault::{Change, ChangeError, Vault};

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

/// Adds to a vault in memory what is new to it. One bad entry does not stop the others.
pub fn take_in(vault: &mut Vault, entries: Vec<Entry>, now: UnixTime) -> Intake {
    Intake { items: entries.into_iter().map(|entry| take_one(vault, entry, now)).collect() }
}

fn take_one(vault: &mut Vault, entry: Entry, now: UnixTime) -> Item {
    let place = entry.place;
    match entry.found {
        Err((names, refusal)) => Item { place, names, method: None, outcome: Outcome::Refused(refusal) },
        Ok(candidate) => {
            let names = Names { issuer: candidate.issuer.clone(), account: candidate.account.clone() };
            let method = Some(candidate.method);
            Item { place, names, method, outcome: add(vault, candidate, now) }
        }
    }
}

fn add(vault: &mut Vault, candidate: Candidate, now: UnixTime) -> Outcome {
    match vault.apply(&Change::Add(Box::new(candidate)), now) {
        Ok(applied) => applied.id.map_or(Outcome::Refused(Refusal::Change(ChangeError::NoSuchDevice)), Outcome::New),
        Err(ChangeError::SecretTaken { id, same_codes: true, .. }) => Outcome::Duplicate(id),
        Err(ChangeError::SecretTaken { label, .. }) => Outcome::Refused(Refusal::SecretTaken { label }),
        Err(other) => Outcome::Refused(Refusal::Change(other)),
    }
}
