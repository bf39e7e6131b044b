//! A device that is not in a vault yet.

use super::{Device, DeviceId};
use crate::clock::UnixTime;
use crate::otp::{Drift, Method, Secret};
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
