//! How far an enrolment got, and for whom it is: both stand in the device itself, so that it can be gone on with.

use crate::device::Device;

/// How far an enrolment got. Until it is verified a tag of the device says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// AWS made it, and its secret is in the vault.
    Created,
    /// AWS took its codes.
    Enabled,
    /// AWS lists it as its user's.
    Verified,
}

impl Enrolled {
    /// As the device's tags say; none where nothing is under way.
    pub fn of(device: &Device) -> Option<Self> {
        let has = |how_far: &Self| device.tags.iter().any(|tag| tag.raw() == how_far.tag());
        [Self::Enabled, Self::Created].into_iter().find(has)
    }

    /// The tag; empty where the enrolment is over.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Created => "aws-not-enabled",
            Self::Enabled => "aws-not-verified",
            Self::Verified => "",
        }
    }

    /// Whether a tag is one of these.
    pub fn is_tag(tag: &str) -> bool {
        [Self::Created, Self::Enabled].iter().any(|how_far| how_far.tag() == tag)
    }
}

/// What stands before the user's name in a device's note.
const USER: &str = "AWS user ";

/// The note of a device that is enrolled for this user.
pub fn note_for(user: &str) -> String {
    format!("{USER}{user}")
}

/// The user whom a device was enrolled for, as a line of its note says.
pub fn enrolled_for(note: &str) -> Option<&str> {
    note.lines().find_map(|line| line.strip_prefix(USER)).filter(|user| !user.is_empty())
}
