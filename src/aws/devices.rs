//! MFA devices as IAM keeps them.

use super::call::{Call, Client};
use super::endpoint::Endpoint;
use super::error::CallError;
use super::keys::Keys;
use super::when;
use super::xml::Element;
use crate::clock::UnixTime;
use crate::otp::{Code, Secret};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// More pages than any list has.
const MOST_PAGES: usize = 100;

/// A device that was made, and is nobody's yet. Its secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its ARN.
    pub serial: String,
    /// Its secret.
    pub secret: Secret,
}

/// A device that somebody has, or that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its serial number.
    pub serial: String,
    /// Since when it is in use.
    pub enabled: Option<UnixTime>,
}

/// Whose device, and which.
#[derive(Clone, Copy, Debug)]
pub struct Owned<'a> {
    /// The user's name.
    pub user: &'a str,
    /// The device's serial number.
    pub serial: &'a str,
}

/// IAM, and the keys that it is called with.
pub struct Iam<'a> {
    /// Who calls.
    pub client: Client<'a>,
    /// Where it answers.
    pub endpoint: &'a Endpoint,
    /// What signs.
    pub keys: &'a Keys,
}

impl Iam<'_> {
    /// Makes a virtual device of this name.
    pub fn create(&self, name: &str) -> Result<Created, CallError> {
        let action = "CreateVirtualMFADevice";
        let answer = self.call(&Call::once(action).with("VirtualMFADeviceName", name))?;
        Created::read(&answer).ok_or(CallError::Unreadable { action })
    }

    /// Gives a device to a user, with two codes in a row.
    pub fn enable(&self, device: Owned<'_>, codes: &[Code; 2]) -> Result<(), CallError> {
        self.with_codes(Call::once("EnableMFADevice"), device, codes)
    }

    /// Has the clock of a device found out anew, with two codes in a row.
    pub fn resync(&self, device: Owned<'_>, codes: &[Code; 2]) -> Result<(), CallError> {
        self.with_codes(Call::once("ResyncMFADevice"), device, codes)
    }

    fn with_codes(
        &self,
        call: Call,
        device: Owned<'_>,
        [first, second]: &[Code; 2],
    ) -> Result<(), CallError> {
        let call =
            call.with("AuthenticationCode1", first.as_str()).with("AuthenticationCode2", second.as_str());
        self.call(&of(call, device)).map(drop)
    }

    /// Takes a device from its user.
    pub fn deactivate(&self, device: Owned<'_>) -> Result<(), CallError> {
        self.call(&of(Call::asking("DeactivateMFADevice"), device)).map(drop)
    }

    /// Deletes a virtual device that is nobody's.
    pub fn delete(&self, serial: &str) -> Result<(), CallError> {
        self.call(&Call::asking("DeleteVirtualMFADevice").with("SerialNumber", serial)).map(drop)
    }

    /// The devices of a user.
    pub fn devices_of(&self, user: &str) -> Result<Vec<Listed>, CallError> {
        self.pages("ListMFADevices", "MFADevices", ("UserName", user))
    }

    /// The virtual devices that are nobody's.
    pub fn unassigned(&self) -> Result<Vec<Listed>, CallError> {
        self.pages("ListVirtualMFADevices", "VirtualMFADevices", ("AssignmentStatus", "Unassigned"))
    }

    fn pages(
        &self,
        action: &'static str,
        list: &str,
        (name, value): (&'static str, &str),
    ) -> Result<Vec<Listed>, CallError> {
        let mut found = Vec::new();
        let mut marker: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let call = Call::asking(action).with(name, value).with_some("Marker", marker.take());
            let page = self.call(&call)?;
            found.extend(page.members(&[list]).filter_map(Listed::read));
            marker = page.text(&["Marker"]).map(str::to_owned);
            if page.text(&["IsTruncated"]) != Some("true") || marker.is_none() {
                break;
            }
        }
        Ok(found)
    }

    fn call(&self, call: &Call) -> Result<Element, CallError> {
        self.client.call(self.endpoint, self.keys, call)
    }
}

fn of(call: Call, device: Owned<'_>) -> Call {
    call.with("UserName", device.user).with("SerialNumber", device.serial)
}

impl Created {
    /// The seed is base32 text, in base64 once more.
    fn read(answer: &Element) -> Option<Self> {
        let text = |name| answer.text(&["VirtualMFADevice", name]);
        let seed = Zeroizing::new(STANDARD.decode(text("Base32StringSeed")?).ok()?);
        let secret = Secret::from_base32(std::str::from_utf8(&seed).ok()?).ok()?;
        Some(Self { serial: text("SerialNumber")?.to_owned(), secret })
    }
}

impl Listed {
    fn read(member: &Element) -> Option<Self> {
        let enabled = member.text(&["EnableDate"]).and_then(when::from_iso);
        Some(Self { serial: member.text(&["SerialNumber"])?.to_owned(), enabled })
    }
}
