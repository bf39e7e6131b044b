//! What AWS is asked, and what it answers: data for whoever talks to a network.

use crate::clock::UnixTime;
use crate::device::{Candidate, DeviceId};
use crate::otp::Code;

/// A call, under a number that comes back with its answer.
#[derive(Debug)]
pub struct AwsCall {
    /// Which call.
    pub number: u64,
    /// What is asked.
    pub ask: AwsAsk,
}

/// What is asked.
#[derive(Debug)]
pub enum AwsAsk {
    /// Which profiles there are, and which of their sessions are kept. That goes over no network.
    Profiles,
    /// Makes a virtual device.
    Make {
        /// Whose keys sign, and for which user.
        who: AwsWho,
        /// The device's name; else the user's.
        name: Option<String>,
    },
    /// Gives a device that was made to its user, with two codes in a row.
    Enable(OnDevice, [Code; 2]),
    /// Asks whether the device is its user's by now.
    Verify(OnDevice),
    /// Has the clock of a device found out anew, with two codes in a row.
    Resync(OnDevice, [Code; 2]),
    /// Deletes a device again that could not be kept.
    Delete {
        /// Whose keys sign.
        who: AwsWho,
        /// The device's serial number.
        serial: String,
    },
}

/// Whose keys sign, and for which user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsWho {
    /// The profile; none: the keys of the environment, or those of the usual profile.
    pub profile: Option<String>,
    /// The user; none: whose keys these are.
    pub user: Option<String>,
}

/// What a call is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDevice {
    /// The device here.
    pub id: DeviceId,
    /// Its serial number.
    pub serial: String,
    /// Whose keys sign, and for which user.
    pub who: AwsWho,
}

/// What came of a call that did not fail.
#[derive(Debug)]
pub enum AwsAnswer {
    /// Of [`AwsAsk::Profiles`].
    Profiles(Vec<AwsProfile>),
    /// Of [`AwsAsk::Make`]: the device, to be kept at once, since its secret is shown this once.
    Made {
        /// The device.
        candidate: Box<Candidate>,
        /// Whose keys signed, and for whom it was made.
        who: AwsWho,
    },
    /// Of [`AwsAsk::Enable`].
    Enabled(DeviceId),
    /// Of [`AwsAsk::Verify`].
    Verified(DeviceId),
    /// Of [`AwsAsk::Resync`].
    Resynced,
    /// Of [`AwsAsk::Delete`].
    Deleted,
}

/// A profile of the AWS CLI's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsProfile {
    /// Its name.
    pub name: String,
    /// Its `mfa_serial`, or that of the nearest profile whose credentials it uses.
    pub serial: Option<String>,
    /// Its session.
    pub session: AwsSession,
}

/// What there is of a profile's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwsSession {
    /// None is kept.
    No,
    /// One is kept, and is over at this time.
    Until(UnixTime),
    /// There can't be one: why.
    Never(String),
}
