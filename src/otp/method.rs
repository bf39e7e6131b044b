//! How codes come from a secret.

use super::code::{Code, STEAM_LENGTH};
use super::hotp::Keyed;
use super::secret::Secret;
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

/// What a device is called in lists and on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Time-based (RFC 6238).
    Totp,
    /// Counter-based (RFC 4226).
    Hotp,
    /// Steam's five characters, time-based.
    Steam,
}

/// How codes come from a secret. T0 of RFC 6238 is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// RFC 6238.
    Totp {
        /// The hash.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// The time step.
        period: Period,
    },
    /// RFC 4226.
    Hotp {
        /// The hash.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// The moving factor C: that of the next code to be made.
        counter: u64,
    },
    /// Steam Guard: SHA-1, 30 seconds, five characters of an alphabet of 26.
    Steam,
}

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

impl fmt::Display for Algorithm {
    /// `SHA1`, `SHA256` or `SHA512`, as otpauth URIs and the JSON say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        })
    }
}

impl Kind {
    /// `totp`, `hotp` or `steam`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Hotp => "hotp",
            Self::Steam => "steam",
        }
    }
}

impl Method {
    /// SHA-1, six digits, 30 seconds.
    pub const TOTP: Self =
        Self::Totp { algorithm: Algorithm::Sha1, digits: Digits::SIX, period: Period::THIRTY };

    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Totp { .. } => Kind::Totp,
            Self::Hotp { .. } => Kind::Hotp,
            Self::Steam => Kind::Steam,
        }
    }

    /// The hash.
    pub fn algorithm(&self) -> Algorithm {
        match *self {
            Self::Totp { algorithm, .. } | Self::Hotp { algorithm, .. } => algorithm,
            Self::Steam => Algorithm::Sha1,
        }
    }

    /// How many characters a code has: 6 to 10, 5 for Steam.
    pub fn digits(&self) -> u8 {
        match *self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => digits.get(),
            Self::Steam => STEAM_LENGTH,
        }
    }

    /// The time step; none for HOTP.
    pub fn period(&self) -> Option<Period> {
        match *self {
            Self::Totp { period, .. } => Some(period),
            Self::Steam => Some(Period::THIRTY),
            Self::Hotp { .. } => None,
        }
    }

    /// The counter of the next code; none unless HOTP.
    pub fn counter(&self) -> Option<u64> {
        match *self {
            Self::Hotp { counter, .. } => Some(counter),
            _ => None,
        }
    }

    /// The moving factor of this moment: the time step, or HOTP's counter.
    pub fn factor_at(&self, now: UnixTime) -> u64 {
        match self.period() {
            Some(period) => period.step_at(now),
            None => self.counter().unwrap_or(0),
        }
    }

    /// The code of a moving factor (RFC 4226 section 5.3; Steam's alphabet for Steam).
    pub fn code(&self, secret: &Secret, factor: u64) -> Code {
        self.code_of_value(Keyed::new(secret, self.algorithm()).value(factor))
    }

    /// The code that a truncated HMAC is cut to.
    pub(super) fn code_of_value(&self, value: u32) -> Code {
        match *self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => Code::from_value(value, digits.get()),
            Self::Steam => Code::steam_from_value(value),
        }
    }

    /// The code of this moment. For HOTP: that of the stored counter.
    pub fn code_at(&self, secret: &Secret, now: UnixTime) -> Code {
        self.code(secret, self.factor_at(now))
    }

    /// The code after the one of this moment.
    pub fn next_code_at(&self, secret: &Secret, now: UnixTime) -> Code {
        self.code(secret, self.factor_at(now).wrapping_add(1))
    }
}
