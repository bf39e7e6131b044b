//! How codes come about, as other apps say it.

use super::super::entry::{ForeignKind, Refusal};
use super::json::{Json, NotANumber, Number};
use crate::device::otpauth::Part;
use crate::otp::{Algorithm, Digits, Kind, Method, Period};

/// How codes come about, nothing of it proven yet. What is not said is usual: SHA-1, 6 digits, 30 seconds.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What the app calls the kind; empty is TOTP.
    pub kind: &'a str,
    /// The hash; empty is SHA-1.
    pub algorithm: &'a str,
    /// How many characters a code has.
    pub digits: Number,
    /// The time step in seconds.
    pub period: Number,
    /// The counter of the next code.
    pub counter: Number,
}

impl Default for Facts<'_> {
    fn default() -> Self {
        Self { kind: "", algorithm: "", digits: Ok(None), period: Ok(None), counter: Ok(None) }
    }
}

impl<'a> Facts<'a> {
    /// From the keys that most apps write.
    pub fn from_json(json: &'a Json, kind: &'a str, algorithm: &'a str) -> Self {
        Self {
            kind,
            algorithm,
            digits: json.number("digits"),
            period: json.number("period"),
            counter: json.number("counter"),
        }
    }

    /// The method that they come to.
    pub fn method(&self) -> Result<Method, Refusal> {
        let kind = kind(self.kind)?;
        if kind == Kind::Steam {
            return Ok(Method::Steam);
        }
        let algorithm = match self.algorithm.trim() {
            "" => Algorithm::default(),
            name if name.to_ascii_uppercase().ends_with("MD5") => {
                return Err(Refusal::Kind(ForeignKind::Md5));
            }
            // `SHA 256` is how some tables have it.
            name => name.replace(' ', "-").parse()?,
        };
        let digits = number(self.digits, Part::Digits)?.map_or(Ok(Digits::SIX), Digits::new)?;
        if kind == Kind::Hotp {
            let counter = number(self.counter, Part::Counter)?.unwrap_or(0);
            return Ok(Method::Hotp { algorithm, digits, counter });
        }
        let period = number(self.period, Part::Period)?.map_or(Ok(Period::THIRTY), Period::new)?;
        Ok(Method::Totp { algorithm, digits, period })
    }
}

/// The kind of this name.
pub fn kind(name: &str) -> Result<Kind, Refusal> {
    match name.trim().to_ascii_lowercase().as_str() {
        "" | "totp" | "otp" | "time" | "time-based" | "timebased" | "time based" => Ok(Kind::Totp),
        "hotp" | "counter" | "counter-based" | "counterbased" | "counter based" => Ok(Kind::Hotp),
        "steam" => Ok(Kind::Steam),
        "motp" | "mobileotp" => Err(Refusal::Kind(ForeignKind::Motp)),
        "yandex" | "yaotp" => Err(Refusal::Kind(ForeignKind::Yandex)),
        "blizzard" | "battlenet" | "battle.net" => Err(Refusal::Kind(ForeignKind::BattleNet)),
        _ => Err(Refusal::Kind(ForeignKind::Other)),
    }
}

/// A number up to what every app can count to: more is no number that one has written.
fn number(number: Number, part: Part) -> Result<Option<u64>, Refusal> {
    match number {
        Ok(Some(number)) if i64::try_from(number).is_err() => Err(Refusal::Number(part)),
        number => number.map_err(|NotANumber| Refusal::Number(part)),
    }
}
