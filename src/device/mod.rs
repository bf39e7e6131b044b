//! One virtual MFA device: how people name it, its otpauth URI, and what typed codes prove about it.

mod aws;
mod candidate;
mod enrolled;
pub mod enrolment;
pub mod otpauth;
pub mod query;

pub use aws::{AWS_ISSUER, ArnKind, AwsLabel, MfaArn};
pub use candidate::{Candidate, stand_in};
pub use enrolled::{Enrolled, enrolled_for, note_for};

use crate::clock::UnixTime;
use crate::otp::{Code, Drift, Method, Secret};
use crate::text::Text;
use std::fmt;
use uuid::Uuid;

/// A device's identity for ever: a UUID, drawn at random when the device is added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Uuid);

impl DeviceId {
    /// A new one, from the system's random numbers.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for DeviceId {
    /// Lower-case, with hyphens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One virtual MFA device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which one.
    pub id: DeviceId,
    /// Who asks for its codes.
    pub issuer: Text,
    /// Whom they are for.
    pub account: Text,
    /// The shared secret; of a hardware token, which keeps its own, [`stand_in`].
    pub secret: Secret,
    /// How codes come from it.
    pub method: Method,
    /// What the issuer calls the device: an AWS MFA ARN, or a hardware token's serial number.
    pub serial: Option<Text>,
    /// Words to find and group it by, sorted, each once.
    pub tags: Vec<Text>,
    /// Free text, perhaps of several lines.
    pub note: Text,
    /// Whether it is listed first.
    pub favourite: bool,
    /// How far the clock is off that its codes go by, as far as somebody said so; none for HOTP.
    pub drift: Drift,
    /// When it was added.
    pub created: UnixTime,
    /// When any of this last changed (HOTP's counter left out).
    pub modified: UnixTime,
    /// When typed codes last proved it.
    pub checked: Option<UnixTime>,
}

impl Device {
    /// `issuer:account`, `issuer` or `account`: whatever there is, safe to show.
    pub fn label(&self) -> String {
        match (self.issuer.is_empty(), self.account.is_empty()) {
            (false, false) => format!("{}:{}", self.issuer, self.account),
            (false, true) => self.issuer.to_string(),
            (true, false) => self.account.to_string(),
            (true, true) => format!("device {}", self.id),
        }
    }

    /// Whether its codes come from a secret that is here.
    pub fn has_secret(&self) -> bool {
        self.method.has_secret()
    }

    /// The moving factor of this moment: the time step of the device's own clock, or HOTP's counter.
    pub fn factor_at(&self, now: UnixTime) -> u64 {
        let factor = self.method.factor_at(now);
        match self.method.period() {
            Some(_) => factor.saturating_add_signed(self.drift.steps()),
            None => factor,
        }
    }

    /// The first second, by our clock, of a time step of the device's own; none for HOTP.
    pub fn start_of(&self, factor: u64) -> Option<UnixTime> {
        let ours = factor.saturating_add_signed(-self.drift.steps());
        self.method.period().map(|period| period.start_of(ours))
    }

    /// The code of a moving factor.
    pub fn code(&self, factor: u64) -> Code {
        self.method.code(&self.secret, factor)
    }

    /// The code of this moment. For HOTP: that of the stored counter.
    pub fn code_at(&self, now: UnixTime) -> Code {
        self.code(self.factor_at(now))
    }

    /// The code after the one of this moment.
    pub fn next_code_at(&self, now: UnixTime) -> Code {
        self.code(self.factor_at(now).wrapping_add(1))
    }
}
