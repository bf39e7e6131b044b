//! A device that is not in a vault yet.

use super::{Device, DeviceId};
use crate::clock::UnixTime;
use crate::otp::{Drift, Method, Secret, SecretError};
use crate::text::Text;

/// What a URI, a form or a foreign file says about a device: all that a [`Device`] has but its
/// identity and its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who asks for its codes.
    pub issuer: Text,
    /// Whom they are for.
    pub account: Text,
    /// The shared secret.
    pub secret: Secret,
    /// How codes come from it.
    pub method: Method,
    /// What the issuer calls it.
    pub serial: Option<Text>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Free text.
    pub note: Text,
    /// Whether it is listed first.
    pub favourite: bool,
}

impl Candidate {
    /// A device with nothing but a secret: six digits, SHA-1, 30 seconds.
    pub fn bare(secret: Secret) -> Self {
        Self {
            issuer: Text::default(),
            account: Text::default(),
            secret,
            method: Method::TOTP,
            serial: None,
            tags: Vec::new(),
            note: Text::default(),
            favourite: false,
        }
    }

    /// A hardware token with this serial number, which can't be empty.
    pub fn token(serial: Text) -> Result<Self, SecretError> {
        let stand_in = stand_in(&serial)?;
        Ok(Self { method: Method::Hardware, serial: Some(serial), ..Self::bare(stand_in) })
    }

    /// The device that this becomes.
    pub fn into_device(self, id: DeviceId, now: UnixTime) -> Device {
        let mut tags = self.tags;
        tags.sort();
        tags.dedup();
        Device {
            id,
            issuer: self.issuer,
            account: self.account,
            secret: self.secret,
            method: self.method,
            serial: self.serial,
            tags,
            note: self.note,
            favourite: self.favourite,
            drift: Drift::NONE,
            created: now,
            modified: now,
            checked: None,
        }
    }

    /// Whether they are one device, whatever their names: the same secret, algorithm, digits and period.
    pub fn same_codes_as(&self, device: &Device) -> bool {
        self.method.kind() == device.method.kind()
            && self.method.algorithm() == device.method.algorithm()
            && self.method.digits() == device.method.digits()
            && self.method.period() == device.method.period()
            && self.secret == device.secret
    }
}

/// What stands in for a token's secret: its serial number, so that a token is in a vault once, as a secret is.
pub fn stand_in(serial: &Text) -> Result<Secret, SecretError> {
    Secret::from_bytes(serial.raw().as_bytes())
}
