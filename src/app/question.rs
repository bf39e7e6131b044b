//! A question that has to be answered first. It carries what is to be done then as data.

use super::prove::Guarded;
use crate::device::DeviceId;
use crate::otp::Drift;
use std::borrow::Cow;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked, one line.
    pub asks: String,
    /// What to know for the answer, one line.
    pub hint: Cow<'static, str>,
    /// What a yes means.
    pub then: Then,
}

/// What a yes means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The device goes.
    Remove(DeviceId),
    /// The device's counter goes back by one, if it still is this.
    StepBack {
        /// Which device.
        id: DeviceId,
        /// Its counter.
        from: u64,
    },
    /// Algorithm, digits and period can be changed in the edit form.
    OpenMethod,
    /// What others wrote into this field, as the vault's format names it, is replaced.
    Replace(&'static str),
    /// What is guarded is shown.
    Show(Guarded),
    /// The vault is opened, though that takes much memory.
    Unlock,
    /// The file is read, though that takes much memory.
    ReadDear,
    /// What was typed into the form is dropped.
    DropForm,
    /// The device's codes go by a clock that is this far off, from now on.
    GoBy(DeviceId, Drift),
    /// The existing file is replaced.
    Overwrite,
    /// The program ends, or the vault is locked, though something is not saved.
    Leave(Leave),
}

/// Ways to leave an open vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Lock it.
    Lock,
    /// End the program.
    Quit,
}
