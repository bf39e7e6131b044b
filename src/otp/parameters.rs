//! The parameters of a method: hash, length of a code, time step.

use crate::clock::UnixTime;
use std::fmt;

/// The hash inside the HMAC (RFC 6238 section 1.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// HMAC-SHA-1, what nearly everybody uses.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// The length of a code: 6 to 10 digits (RFC 4226 section 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits(u8);

/// The time step X of RFC 6238: 1 to 300 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(u16);

/// Why a number is no parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// Not 6 to 10.
    #[error("digits must be 6 to 10")]
    Digits,
    /// Not 1 to 300.
    #[error("period must be 1 to 300 seconds")]
    Period,
    /// Not one of the three.
    #[error("algorithm must be SHA1, SHA256 or SHA512")]
    Algorithm,
}

impl Digits {
    /// Six, the usual length.
    pub const SIX: Self = Self(6);

    /// Takes 6 to 10.
    pub fn new(digits: u64) -> Result<Self, ParameterError> {
        match u8::try_from(digits) {
            Ok(n @ 6..=10) => Ok(Self(n)),
            _ => Err(ParameterError::Digits),
        }
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Period {
    /// Thirty seconds, the usual time step.
    pub const THIRTY: Self = Self(30);

    /// Takes 1 to 300 seconds.
    pub fn new(seconds: u64) -> Result<Self, ParameterError> {
        match u16::try_from(seconds) {
            Ok(n @ 1..=300) => Ok(Self(n)),
            _ => Err(ParameterError::Period),
        }
    }

    /// Seconds.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }

    /// The number T of the time step that holds this moment (RFC 6238 section 4.2).
    pub fn step_at(self, now: UnixTime) -> u64 {
        now.0 / self.get()
    }

    /// Seconds until the step that holds this moment ends: 1 to the period.
    pub fn remaining_at(self, now: UnixTime) -> u64 {
        self.get() - now.0 % self.get()
    }

    /// The first second of a step.
    pub fn start_of(self, step: u64) -> UnixTime {
        UnixTime(step.saturating_mul(self.get()))
    }
}

impl std::str::FromStr for Algorithm {
    type Err = ParameterError;

    /// Reads `SHA1`, `SHA-1`, `HmacSHA1` and the like, in any case.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let upper = text.to_ascii_uppercase();
        let name = upper.strip_prefix("HMAC").map_or(upper.as_str(), without_hyphen);
        match name.strip_prefix("SHA").map(without_hyphen) {
            Some("1") => Ok(Self::Sha1),
            Some("256") => Ok(Self::Sha256),
            Some("512") => Ok(Self::Sha512),
            _ => Err(ParameterError::Algorithm),
        }
    }
}

fn without_hyphen(text: &str) -> &str {
    text.strip_prefix(['-', '_']).unwrap_or(text)
}

impl Algorithm {
    /// `SHA1`, `SHA256` or `SHA512`, as otpauth URIs and the JSON say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
