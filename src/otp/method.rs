//! How codes come from a secret.

use super::code::{Code, CodeError, STEAM_LENGTH};
use super::hotp::Keyed;
use super::parameters::{Algorithm, Digits, Period};
use super::secret::Secret;
use crate::clock::UnixTime;

/// What a device is called in lists and on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Time-based (RFC 6238).
    Totp,
    /// Counter-based (RFC 4226).
    Hotp,
    /// Steam's five characters, time-based.
    Steam,
    /// A hardware token, which shows its codes itself.
    Hardware,
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
    /// A hardware token keeps its secret to itself: its codes are read off it, six digits.
    Hardware,
}

impl Kind {
    /// `totp`, `hotp`, `steam` or `hardware`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Hotp => "hotp",
            Self::Steam => "steam",
            Self::Hardware => "hardware",
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
            Self::Hardware => Kind::Hardware,
        }
    }

    /// The hash.
    pub fn algorithm(&self) -> Algorithm {
        match *self {
            Self::Totp { algorithm, .. } | Self::Hotp { algorithm, .. } => algorithm,
            Self::Steam | Self::Hardware => Algorithm::Sha1,
        }
    }

    /// How many characters a code has: 6 to 10, 5 for Steam.
    pub fn digits(&self) -> u8 {
        match *self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => digits.get(),
            Self::Steam => STEAM_LENGTH,
            Self::Hardware => Digits::SIX.get(),
        }
    }

    /// The time step; none for HOTP, and for a token, whose clock is its own.
    pub fn period(&self) -> Option<Period> {
        match *self {
            Self::Totp { period, .. } => Some(period),
            Self::Steam => Some(Period::THIRTY),
            Self::Hotp { .. } | Self::Hardware => None,
        }
    }

    /// The counter of the next code; none unless HOTP.
    pub fn counter(&self) -> Option<u64> {
        match *self {
            Self::Hotp { counter, .. } => Some(counter),
            _ => None,
        }
    }

    /// The same, with the counter of another one where both have one.
    #[must_use]
    pub fn at_counter_of(self, other: &Self) -> Self {
        match (self, other.counter()) {
            (Self::Hotp { algorithm, digits, .. }, Some(counter)) => {
                Self::Hotp { algorithm, digits, counter }
            }
            _ => self,
        }
    }

    /// The moving factor of this moment: the time step, or HOTP's counter.
    pub fn factor_at(&self, now: UnixTime) -> u64 {
        match self.period() {
            Some(period) => period.step_at(now),
            None => self.counter().unwrap_or(0),
        }
    }

    /// Whether codes come from a secret that is here.
    pub fn has_secret(&self) -> bool {
        *self != Self::Hardware
    }

    /// The code of a moving factor (RFC 4226 section 5.3; Steam's alphabet for Steam). Of a token nothing but dashes.
    pub fn code(&self, secret: &Secret, factor: u64) -> Code {
        self.code_of_value(Keyed::new(secret, self.algorithm()).value(factor))
    }

    /// The code that a truncated HMAC is cut to.
    pub(super) fn code_of_value(&self, value: u32) -> Code {
        match *self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => Code::from_value(value, digits.get()),
            Self::Steam => Code::steam_from_value(value),
            Self::Hardware => Code::NONE,
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

impl Code {
    /// Reads what a person typed for codes of this method; spaces and dashes do not matter, nor case for Steam.
    pub fn parse(typed: &str, method: &Method) -> Result<Self, CodeError> {
        match *method {
            Method::Totp { digits, .. } | Method::Hotp { digits, .. } => {
                Self::read_digits(typed, digits.get())
            }
            Method::Steam => Self::read_steam(typed),
            Method::Hardware => Self::read_digits(typed, method.digits()),
        }
    }
}
