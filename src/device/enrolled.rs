//! How far an enrolment with AWS got, and for whom it is: both stand in the device itself, so that it can be gone on with.

use super::Device;
use crate::text::Text;

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

    /// The device's tags once it got as far as this.
    pub fn tags_of(self, device: &Device) -> Vec<Text> {
        let others = device.tags.iter().filter(|tag| !is_mark(tag.raw())).cloned();
        let own = Text::line(self.tag()).ok().filter(|tag| !tag.is_empty());
        let mut tags: Vec<Text> = others.chain(own).collect();
        tags.sort();
        tags
    }
}

impl Device {
    /// Whether it was made in AWS's console, as the root user's are, and waits there for two of its codes: what was made
    /// by calls says for which user.
    pub fn waits_for_console(&self) -> bool {
        Enrolled::of(self).is_some() && enrolled_for(self.note.raw()).is_none()
    }
}

/// Whether a tag says how far an enrolment got.
fn is_mark(tag: &str) -> bool {
    [Enrolled::Created, Enrolled::Enabled].iter().any(|how_far| how_far.tag() == tag)
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
