//! Which moving factors a typed code fits (RFC 4226 section 7.4, RFC 6238 section 6), and how far a clock is off.

use super::hotp::Keyed;
use super::{Code, Method, Period, Secret};

/// How far the clock of a device is from ours, in whole time steps; negative: it is behind. A code tells
/// no more than its step, so that is what is kept of a resynchronisation (RFC 6238 section 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drift(i16);

impl Drift {
    /// The clocks agree.
    pub const NONE: Self = Self(0);

    /// Takes -32,768 to 32,767 steps.
    pub fn new(steps: i64) -> Option<Self> {
        i16::try_from(steps).ok().map(Self)
    }

    /// Steps.
    pub fn steps(self) -> i64 {
        i64::from(self.0)
    }

    /// Seconds, with steps of this length.
    pub fn seconds(self, period: Period) -> i64 {
        self.steps().saturating_mul(i64::try_from(period.get()).unwrap_or(0))
    }

    /// Whether the clocks agree.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// A moving factor that a code fits: the time step, or HOTP's counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The moving factor itself.
    pub factor: u64,
    /// How far it is from the middle of the window; negative: earlier.
    pub offset: i64,
}

/// Every moving factor of `center + range` whose code is this one, nearest to the centre first (of two
/// as near, the earlier: a person types a code late, never early). Factors below 0 and above
/// `u64::MAX` do not exist and are passed over. Costs one HMAC for each factor.
pub fn find_steps(
    secret: &Secret,
    method: &Method,
    code: Code,
    center: u64,
    range: std::ops::RangeInclusive<i64>,
) -> Vec<Step> {
    let keyed = Keyed::new(secret, method.algorithm());
    let mut steps: Vec<Step> = range
        .filter_map(|offset| Some(Step { factor: center.checked_add_signed(offset)?, offset }))
        .filter(|step| method.code_of_value(keyed.value(step.factor)) == code)
        .collect();
    steps.sort_by_key(|step| (step.offset.unsigned_abs(), step.offset));
    steps
}
