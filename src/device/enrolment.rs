//! What one or two typed codes prove about a device.
//!
//! A service such as AWS asks for two consecutive codes at enrolment, to learn how far the clocks are
//! apart (RFC 6238 section 6, RFC 4226 section 7.4). This answers the same question on this side.

use super::{Device, DeviceId};
use crate::clock::UnixTime;
use crate::otp::Code;

/// How many steps to either side of now are looked at unless told otherwise.
pub const WINDOW: u32 = 20;
/// How many counters ahead of the stored one are looked at for HOTP.
pub const HOTP_WINDOW: u32 = 50;

/// What the codes prove; the names are those of `check --json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They come from this device, within one step of now.
    Ok,
    /// They do and are consecutive, but that clock is some steps off.
    Drifted,
    /// Both are the same code.
    SameCode,
    /// The right device, the wrong order.
    Reversed,
    /// Both from this device, with a gap between them.
    NotConsecutive,
    /// Only the first comes from this device.
    SecondWrong,
    /// Only the second comes from this device.
    FirstWrong,
    /// They belong to another device of this vault.
    OtherDevice,
    /// Nothing within the window.
    NoMatch,
}

/// Where in time a code belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The time step, or HOTP's counter.
    pub factor: u64,
    /// The first second of the step; none for HOTP.
    pub valid_from: Option<UnixTime>,
}

/// The answer to one or two typed codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub verdict: Verdict,
    /// Steps from now to the nearer of the codes; negative: the clock that made them is behind. For HOTP:
    /// how many counters ahead of the stored one.
    pub drift_steps: Option<i64>,
    /// The same in seconds; none for HOTP.
    pub drift_seconds: Option<i64>,
    /// The other device that made the codes, when the verdict says so.
    pub belongs_to: Option<DeviceId>,
    /// Where the first code belongs, when it comes from the device.
    pub first: Option<Place>,
    /// Where the second code belongs, when it comes from the device.
    pub second: Option<Place>,
}

/// What these codes prove about `device` at `now`. `others` are the vault's other devices (`device`
/// itself may be among them). `window` is in steps to either side; none: [`WINDOW`], or for HOTP
/// [`HOTP_WINDOW`] ahead.
pub fn check<'a>(
    device: &Device,
    others: impl Iterator<Item = &'a Device>,
    first: Code,
    second: Option<Code>,
    now: UnixTime,
    window: Option<u32>,
) -> Answer {
    let _ = (device, others, first, second, now, window);
    todo!()
}

impl Verdict {
    /// As `check --json` says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Drifted => "drifted",
            Self::SameCode => "same-code",
            Self::Reversed => "reversed",
            Self::NotConsecutive => "not-consecutive",
            Self::SecondWrong => "second-wrong",
            Self::FirstWrong => "first-wrong",
            Self::OtherDevice => "other-device",
            Self::NoMatch => "no-match",
        }
    }

    /// Whether the codes are good.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Ok | Self::Drifted)
    }
}
