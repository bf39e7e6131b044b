//! What is told about something that was typed.

use super::fixed::NO_SECRET;
use crate::device::otpauth::UriError;
use crate::explain::Reason;
use crate::otp::{Base32Error, CodeError, ParameterError, SecretError};
use crate::vault::{RecipientError, Strength};

/// How long guessing a passphrase would take.
pub fn time_to_guess(strength: Strength) -> String {
    const DAY: f64 = 86_400.0;
    const YEAR: f64 = 31_557_600.0;
    let seconds = strength.seconds_to_guess();
    let time = match seconds {
        s if s < 60.0 => "seconds".to_owned(),
        s if s < 3600.0 => "minutes".to_owned(),
        s if s < DAY => "hours".to_owned(),
        s if s < 60.0 * DAY => format!("{:.0} days", (s / DAY).max(2.0)),
        s if s < 2.0 * YEAR => format!("{:.0} months", s / (YEAR / 12.0)),
        s if s < 300.0 * YEAR => format!("{:.0} years", s / YEAR),
        _ => "centuries".to_owned(),
    };
    format!("{time} to guess")
}

/// A strength in one word.
pub fn strength(strength: Strength) -> &'static str {
    match strength.score() {
        0 => "very weak",
        1 => "weak",
        2 => "fair",
        3 => "good",
        _ => "strong",
    }
}

/// A text over a field's limit.
pub fn too_long(limit: usize) -> String {
    format!("too long: {limit} bytes at most")
}

/// What is wrong with a base32 secret.
pub fn secret(error: SecretError) -> String {
    match error {
        SecretError::Empty => NO_SECRET.to_owned(),
        SecretError::TooLong => "this secret is too long".to_owned(),
        SecretError::Base32(error) => base32(error),
    }
}

fn base32(error: Base32Error) -> String {
    match error {
        Base32Error::Character { position, hint: Some(hint) } => {
            format!("character {position} is not base32; is it the letter {hint}?")
        }
        Base32Error::Character { position, hint: None } => {
            format!("character {position} is not base32 (A to Z, 2 to 7)")
        }
        Base32Error::Padding { position } => format!("the = at character {position} is not at the end"),
        Base32Error::Length { length } => {
            format!("{length} characters can't be a whole secret; is one missing?")
        }
        Base32Error::DanglingBits { position } => {
            format!("character {position}, the last, does not fit; is one missing or wrong?")
        }
    }
}

/// What is wrong with a URI.
pub fn uri(error: &UriError) -> String {
    match error {
        UriError::Secret(error) => format!("the URI's secret: {}", secret(*error)),
        UriError::Parameter(error) => format!("the URI's {}", parameter(*error)),
        other => format!("this URI can't be used: {}", other.reason()),
    }
}

/// A parameter out of range.
pub fn parameter(error: ParameterError) -> String {
    match error {
        ParameterError::Digits => "digits are 6 to 10",
        ParameterError::Period => "period is 1 to 300 seconds",
        ParameterError::Algorithm => "algorithm is SHA1, SHA256 or SHA512",
    }
    .to_owned()
}

/// What is wrong with a recipient, counted from 1.
pub fn recipient(position: usize, error: &RecipientError) -> String {
    let what = match error {
        RecipientError::IsIdentity => "is a secret key: never paste that; its public age1... is wanted",
        RecipientError::Unsupported => "is of a kind that is not done here",
        RecipientError::UnsupportedSsh => "is an ssh key of a kind that age does not do",
        RecipientError::Unknown => "is neither age1... nor an ssh public key",
    };
    format!("recipient {position} {what}")
}

/// What is wrong with a typed code.
pub fn code(error: CodeError) -> String {
    match error {
        CodeError::Empty => "type a code".to_owned(),
        CodeError::Character { position } => format!("character {position} is not of a code"),
        CodeError::Length { length, expected } => {
            format!("{length} characters typed; this device's codes have {expected}")
        }
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}

/// Another device has the secret.
pub fn secret_taken(label: &str) -> String {
    format!("{label} has this secret already: a secret belongs to one device")
}

/// Another token has the serial number.
pub fn token_taken(label: &str) -> String {
    format!("{label} is the token with this serial number")
}
