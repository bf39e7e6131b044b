//! What one or two typed codes prove about a device.
//!
//! A service such as AWS asks for two consecutive codes at enrolment, to learn how far the clocks are
//! apart (RFC 6238 section 6, RFC 4226 section 7.4). This answers the same question on this side.

use super::{Device, DeviceId};
use crate::clock::UnixTime;
use crate::otp::{Code, Kind, Step, find_steps};
use std::ops::RangeInclusive;

/// How many steps to either side of now are looked at unless told otherwise.
pub const WINDOW: u32 = 20;
/// How many counters ahead of the stored one are looked at for HOTP.
pub const HOTP_WINDOW: u32 = 50;
/// The widest window that is looked at: a week of half minutes. (One code in 25 fits somewhere in so many
/// steps by chance; two in a row do not.)
pub const MAX_WINDOW: u32 = 20_000;
/// A clock that is this many steps off is right: a person types late, and services allow as much.
const TOLERANCE: u64 = 1;

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
/// itself may be among them). `window` is in steps to either side, [`MAX_WINDOW`] at most; none:
/// [`WINDOW`], or for HOTP [`HOTP_WINDOW`] ahead. (For HOTP the counter before the stored one is looked
/// at too: its code was just used.)
///
/// A code can fit by chance, one in a million for each step. So what explains both codes goes before
/// what explains one, and the nearest to now before what is farther.
pub fn check<'a>(
    device: &Device,
    others: impl Iterator<Item = &'a Device>,
    first: Code,
    second: Option<Code>,
    now: UnixTime,
    window: Option<u32>,
) -> Answer {
    let own = Window::new(device, now, window);
    let (firsts, seconds) = (own.find(first), second.map(|code| own.find(code)));
    let own_answer = match &seconds {
        None => own.judge_one(&firsts),
        Some(_) if second == Some(first) => own.judge_same(&firsts),
        Some(seconds) => own.judge_both(&firsts, seconds),
    };
    if let Some(answer) = own_answer {
        return answer;
    }
    let others = others.filter(|other| other.id != device.id);
    if let Some(owner) = owner_of(others, first, second, now, window) {
        return Answer { belongs_to: Some(owner), ..Answer::only(Verdict::OtherDevice) };
    }
    seconds.and_then(|seconds| own.judge_either(&firsts, &seconds)).unwrap_or(Answer::only(Verdict::NoMatch))
}

/// The other device whose codes these are; one that makes them one after the other goes first.
fn owner_of<'a>(
    others: impl Iterator<Item = &'a Device>,
    first: Code,
    second: Option<Code>,
    now: UnixTime,
    window: Option<u32>,
) -> Option<DeviceId> {
    let mut owner = None;
    for other in others {
        let there = Window::new(other, now, window);
        let firsts = there.find(first);
        if firsts.is_empty() {
            continue;
        }
        let seconds = second.map_or_else(|| firsts.clone(), |code| there.find(code));
        if second.is_none() || there.consecutive(&firsts, &seconds).is_some() {
            return Some(other.id);
        }
        if there.nearest(&firsts).and(there.nearest(&seconds)).is_some() {
            owner = owner.or(Some(other.id));
        }
    }
    owner
}

/// The steps of one device that are looked at.
struct Window<'a> {
    device: &'a Device,
    center: u64,
    offsets: RangeInclusive<i64>,
}

impl<'a> Window<'a> {
    fn new(device: &'a Device, now: UnixTime, window: Option<u32>) -> Self {
        let is_hotp = device.method.kind() == Kind::Hotp;
        let usual = if is_hotp { HOTP_WINDOW } else { WINDOW };
        let width = i64::from(window.unwrap_or(usual).min(MAX_WINDOW));
        let offsets = if is_hotp { -1..=width } else { -width..=width };
        Self { device, center: device.method.factor_at(now), offsets }
    }

    /// Where a code fits, nearest first. One step beyond the window on each side is among them: a pair
    /// of which the nearer code is in the window is in it.
    fn find(&self, code: Code) -> Vec<Step> {
        let Device { secret, method, .. } = self.device;
        if !method.has_secret() {
            return Vec::new();
        }
        find_steps(secret, method, code, self.center, self.offsets.start() - 1..=self.offsets.end() + 1)
    }

    fn holds(&self, step: Step) -> bool {
        self.offsets.contains(&step.offset)
    }

    fn nearest(&self, steps: &[Step]) -> Option<Step> {
        steps.iter().copied().find(|step| self.holds(*step))
    }

    /// The nearest two steps of which the second comes right after the first.
    fn consecutive(&self, firsts: &[Step], seconds: &[Step]) -> Option<(Step, Step)> {
        let pairs = firsts.iter().filter_map(|first| {
            let second = seconds.iter().find(|second| second.offset == first.offset + 1)?;
            Some((*first, *second))
        });
        pairs
            .filter(|(first, second)| self.holds(nearer(*first, *second)))
            .min_by_key(|(first, second)| nearer(*first, *second).offset.unsigned_abs())
    }

    fn judge_one(&self, firsts: &[Step]) -> Option<Answer> {
        let first = self.nearest(firsts)?;
        Some(self.answer(good(first), Some(first), None))
    }

    fn judge_same(&self, firsts: &[Step]) -> Option<Answer> {
        let step = self.nearest(firsts)?;
        Some(self.answer(Verdict::SameCode, Some(step), Some(step)))
    }

    /// For two codes that both come from the device.
    fn judge_both(&self, firsts: &[Step], seconds: &[Step]) -> Option<Answer> {
        if let Some((first, second)) = self.consecutive(firsts, seconds) {
            return Some(self.answer(good(nearer(first, second)), Some(first), Some(second)));
        }
        if let Some((second, first)) = self.consecutive(seconds, firsts) {
            return Some(self.answer(Verdict::Reversed, Some(first), Some(second)));
        }
        let (first, second) = (self.nearest(firsts)?, self.nearest(seconds)?);
        Some(self.answer(Verdict::NotConsecutive, Some(first), Some(second)))
    }

    /// For two codes of which one at most comes from the device.
    fn judge_either(&self, firsts: &[Step], seconds: &[Step]) -> Option<Answer> {
        match (self.nearest(firsts), self.nearest(seconds)) {
            (None, None) => None,
            (first, None) => Some(self.answer(Verdict::SecondWrong, first, None)),
            (_, second) => Some(self.answer(Verdict::FirstWrong, None, second)),
        }
    }

    fn answer(&self, verdict: Verdict, first: Option<Step>, second: Option<Step>) -> Answer {
        let period = self.device.method.period();
        let place =
            |step: Step| Place { factor: step.factor, valid_from: period.map(|p| p.start_of(step.factor)) };
        let drift = match (first, second) {
            (Some(first), Some(second)) => Some(nearer(first, second).offset),
            (first, second) => first.or(second).map(|step| step.offset),
        };
        let seconds = |steps: i64| Some(steps.saturating_mul(i64::try_from(period?.get()).ok()?));
        Answer {
            verdict,
            drift_steps: drift,
            drift_seconds: drift.and_then(seconds),
            belongs_to: None,
            first: first.map(place),
            second: second.map(place),
        }
    }
}

fn nearer(one: Step, other: Step) -> Step {
    if other.offset.unsigned_abs() < one.offset.unsigned_abs() { other } else { one }
}

fn good(step: Step) -> Verdict {
    if step.offset.unsigned_abs() <= TOLERANCE { Verdict::Ok } else { Verdict::Drifted }
}

impl Answer {
    fn only(verdict: Verdict) -> Self {
        Self { verdict, drift_steps: None, drift_seconds: None, belongs_to: None, first: None, second: None }
    }
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
