//! Which moving factors a typed code fits (RFC 4226 section 7.4, RFC 6238 section 6).

use super::{Code, Method, Secret};

/// A moving factor that a code fits: the time step, or HOTP's counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The moving factor itself.
    pub factor: u64,
    /// How far it is from the middle of the window; negative: earlier.
    pub offset: i64,
}

/// Every moving factor of `center + range` whose code is this one, nearest to the centre first.
pub fn find_steps(
    secret: &Secret,
    method: &Method,
    code: Code,
    center: u64,
    range: std::ops::RangeInclusive<i64>,
) -> Vec<Step> {
    let _ = (secret, method, code, center, range);
    todo!()
}
