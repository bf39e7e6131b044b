//! The calls of an enrolment. What was done is written into the vault after each of them, by whoever calls.

use super::iam::Caller;
use crate::aws::{CallError, Created, Owned, Why};
use crate::device::{AWS_ISSUER, Candidate, Enrolled, MfaArn, note_for};
use crate::explain::aws::NoEnrolment;
use crate::explain::{Explain as _, Explanation, Reason as _};
use crate::otp::{Code, Method};
use crate::text::Text;
use std::time::Duration;

/// How often AWS is asked whether the device is there by now, a second apart.
const MOST_LOOKS: u32 = 6;

impl Caller {
    /// Makes a virtual device of this name. Its secret is shown this once. A user that somebody named is looked for
    /// first: for a misspelt one there would be a device that can never be enabled.
    pub fn make(&self, name: &str, named: Option<&str>) -> Result<Created, Explanation> {
        if let Some(user) = named {
            self.iam().devices_of(user).map_err(|error| error.explain())?;
        }
        self.iam().create(name).map_err(|error| self.not_made(&error, name))
    }

    /// A name that is taken is mostly that of an enrolment that was given up: then what to do can be said.
    fn not_made(&self, error: &CallError, name: &str) -> Explanation {
        if !matches!(error, CallError::Refused(refusal) if refusal.why == Why::Exists) {
            return error.explain();
        }
        let unassigned = self.iam().unassigned().unwrap_or_default();
        let same = |serial: &str| MfaArn::parse(serial).is_some_and(|arn| arn.name == name);
        match unassigned.into_iter().find(|listed| same(&listed.serial)) {
            Some(listed) => NoEnrolment::Abandoned { serial: listed.serial }.explain(),
            None => NoEnrolment::NameTaken { name: name.to_owned() }.explain(),
        }
    }

    /// Gives a device to its user with two codes in a row, which are only asked for where AWS does not say that it is
    /// done: an answer that was lost may have said so.
    pub fn enable<E: From<Explanation>>(
        &self,
        device: Owned<'_>,
        codes: impl FnOnce() -> Result<[Code; 2], E>,
    ) -> Result<(), E> {
        if self.is_listed(device)? {
            return Ok(());
        }
        let codes = codes()?;
        Ok(self.iam().enable(device, &codes).map_err(|error| error.explain())?)
    }

    /// Asks AWS whether a device that it took codes of is its user's by now: what IAM was told is known everywhere a
    /// little later.
    pub fn verify(&self, device: Owned<'_>) -> Result<(), Explanation> {
        for look in 0..MOST_LOOKS {
            if look > 0 {
                self.pause(Duration::from_secs(1));
            }
            if self.is_listed(device)? {
                return Ok(());
            }
        }
        Err(NoEnrolment::NotListed { serial: device.serial.to_owned() }.explain())
    }

    fn is_listed(&self, device: Owned<'_>) -> Result<bool, Explanation> {
        let listed = self.iam().devices_of(device.user).map_err(|error| error.explain())?;
        Ok(listed.iter().any(|listed| listed.serial == device.serial))
    }
}

/// What is kept of a device that AWS made for this user.
pub fn candidate(made: Created, user: &str) -> Result<Candidate, Explanation> {
    let line = |text: &str| Text::line(text).map_err(|long| long.about("AWS"));
    let account = match MfaArn::parse(&made.serial) {
        Some(arn) => arn.label(),
        None => user.to_owned(),
    };
    Ok(Candidate {
        issuer: line(AWS_ISSUER)?,
        account: line(&account)?,
        method: Method::TOTP,
        serial: Some(line(&made.serial)?),
        tags: vec![line(Enrolled::Created.tag())?],
        note: line(&note_for(user))?,
        ..Candidate::bare(made.secret)
    })
}
