//! Checking enrolment codes: a pair to type elsewhere, and the answer to a pair from elsewhere.

use super::field::TextField;
use super::form::Form;
use crate::clock::UnixTime;
use crate::device::enrolment::{self, Answer, Verdict};
use crate::device::{Device, DeviceId};
use crate::explain::notices;
use crate::otp::{Code, Drift, Kind};
use crate::vault::Vault;

/// A pair that begins with a code of fewer seconds than this can't be typed in time: it begins with the next.
const TOO_LATE: u64 = 6;
const MAX_TYPED: usize = 32;

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckField {
    /// The first code.
    First,
    /// The second code.
    Second,
}

/// Where a code of the pair stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It becomes valid in so many seconds.
    ToCome(u64),
    /// It is valid, for so many seconds more.
    Now(u64),
    /// It was valid.
    Over,
}

/// A code of the pair.
#[derive(Clone, Copy, Debug)]
pub struct Paired {
    /// The code.
    pub code: Code,
    /// From when it is valid.
    pub from: UnixTime,
    /// The time step by the device's clock.
    pub step: u64,
    /// Where that is in time.
    pub when: When,
}

/// What the typed codes prove, in words too.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whether they are good.
    pub good: bool,
    /// In words.
    pub words: String,
}

/// Checking enrolment codes of a device.
#[derive(Debug)]
pub struct CheckForm {
    /// Which device.
    pub id: DeviceId,
    kind: Kind,
    first_step: u64,
    first: TextField,
    second: TextField,
    focus: CheckField,
    /// The answer to what is typed now.
    pub told: Option<Told>,
    /// Whether it is being saved that the console took the codes.
    pub saving: bool,
}

impl CheckForm {
    /// The form for a device, with the pair of now.
    pub fn new(device: &Device, now: UnixTime) -> Self {
        let mut form = Self {
            id: device.id,
            kind: device.method.kind(),
            first_step: 0,
            first: TextField::new(MAX_TYPED),
            second: TextField::new(MAX_TYPED),
            focus: CheckField::First,
            told: None,
            saving: false,
        };
        form.pin(device, now);
        // Both can be typed at once then, and nobody waits for the second.
        form.first_step -= u64::from(device.waits_for_console() && form.first_step > 0);
        form
    }

    /// Pins the pair of now: it stays until it is asked for again.
    pub fn pin(&mut self, device: &Device, now: UnixTime) {
        let late = device
            .method
            .period()
            .is_some_and(|period| period.get() > 2 * TOO_LATE && period.remaining_at(now) < TOO_LATE);
        self.first_step = device.factor_at(now) + u64::from(late);
    }

    /// The pair; none for counter devices, whose codes are used up by showing them.
    pub fn pair(&self, device: &Device, now: UnixTime) -> Option<[Paired; 2]> {
        let period = device.method.period()?;
        Some([self.first_step, self.first_step + 1].map(|step| {
            let from = device.start_of(step).unwrap_or_default();
            let when = match step.cmp(&device.factor_at(now)) {
                std::cmp::Ordering::Less => When::Over,
                std::cmp::Ordering::Equal => When::Now(period.remaining_at(now)),
                std::cmp::Ordering::Greater => When::ToCome(from.since(now)),
            };
            Paired { code: device.code(step), from, step, when }
        }))
    }

    /// Whether the device's codes may hold letters, so that no letter is a command.
    pub fn takes_letters(&self) -> bool {
        self.kind == Kind::Steam
    }

    /// Asks what the typed codes prove. Nothing when there is no such device, or no code was typed.
    pub fn ask(&mut self, vault: &Vault, now: UnixTime) -> Option<Answer> {
        let device = vault.get(self.id)?;
        let first = self.code(CheckField::First, device)?;
        let second = if self.second.trimmed().is_empty() {
            None
        } else {
            Some(self.code(CheckField::Second, device)?)
        };
        let answer = enrolment::check(device, vault.devices(), first, second, now, None);
        let other = answer.belongs_to.and_then(|id| vault.get(id)).map(Device::label);
        let words = if !device.drift.is_none() && proven(&answer) == Some(device.drift) {
            notices::by_its_clock(&answer, second.is_some())
        } else {
            notices::answer(&answer, second.is_some(), other.as_deref())
        };
        self.told = Some(Told { good: answer.verdict.is_good(), words });
        Some(answer)
    }

    fn code(&mut self, id: CheckField, device: &Device) -> Option<Code> {
        match Code::parse(self.field(id).text(), &device.method) {
            Ok(code) => Some(code),
            Err(error) => {
                self.focus = id;
                self.told = Some(Told { good: false, words: notices::code(error) });
                None
            }
        }
    }
}

/// The drift of a clock that an answer proves.
pub(super) fn proven(answer: &Answer) -> Option<Drift> {
    match answer.verdict {
        Verdict::Drifted => answer.drift_seconds.and(answer.drift_steps).and_then(Drift::new),
        Verdict::Ok => Some(Drift::NONE),
        _ => None,
    }
}

impl Form for CheckForm {
    type Id = CheckField;

    fn shown(&self) -> Vec<CheckField> {
        vec![CheckField::First, CheckField::Second]
    }

    fn focus(&self) -> CheckField {
        self.focus
    }

    fn set_focus(&mut self, id: CheckField) {
        self.focus = id;
    }

    fn label(&self, id: CheckField) -> &'static str {
        match id {
            CheckField::First => "first",
            CheckField::Second => "second",
        }
    }

    fn field(&self, id: CheckField) -> &TextField {
        match id {
            CheckField::First => &self.first,
            CheckField::Second => &self.second,
        }
    }

    fn field_mut(&mut self, id: CheckField) -> &mut TextField {
        match id {
            CheckField::First => &mut self.first,
            CheckField::Second => &mut self.second,
        }
    }

    fn on_edited(&mut self, _id: CheckField) {
        self.told = None;
    }

    /// Codes that were answered are no loss.
    fn is_typed_in(&self) -> bool {
        self.told.is_none() && !(self.first.is_empty() && self.second.is_empty())
    }
}
