//! What is wrong with otpauth URIs.

use super::{Reason, counted};
use crate::device::otpauth::{ForeignScheme, ForeignType, MAX_BYTES, MAX_PARAMETERS, UriError};

impl Reason for UriError {
    const SUBJECT: &'static str = "otpauth URI";

    fn reason(&self) -> String {
        match self {
            Self::Empty => "it is empty".into(),
            Self::TooLong { bytes } => format!("{}, where at most {MAX_BYTES} fit", counted(*bytes, "byte")),
            Self::NotAUri => "it is no URI: it starts with no scheme such as otpauth:".into(),
            Self::Scheme(scheme) => foreign_scheme(*scheme).into(),
            Self::Slashes => "there is no // after its scheme".into(),
            Self::Type(kind) => foreign_type(*kind).into(),
            Self::Control { position } => format!("character {position} is a control character"),
            Self::Nul { part } => format!("there is a NUL in its {part}"),
            Self::Escape { part } => format!("there is a % without two hexadecimal digits in its {part}"),
            Self::NotUtf8 { part } => format!("its {part} is not in UTF-8"),
            Self::TooManyParameters => format!("it has more than {MAX_PARAMETERS} parameters"),
            Self::Twice { part } => format!("it has two values for {part}"),
            Self::TrailingText => "there is text after its end".into(),
            Self::Fragment => {
                "there is a # in its parameters, and what follows could be meant as anything".into()
            }
            Self::SecondUri => "two URIs run into each other".into(),
            Self::NoSecret => "it has no secret".into(),
            Self::Number { part } => format!("its {part} is not a whole number"),
            Self::Encoder => "its encoder is not known".into(),
            Self::NotSteam { part } => format!("Steam has no other {part}"),
            Self::Text { part, too_long } => format!("its {part} is too long: {}", too_long.reason()),
            Self::Secret(error) => format!("its secret is no good: {}", error.reason()),
            Self::Parameter(error) => error.reason(),
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotAUri => "keyfob add --issuer I --account A --secret-file -, where it is a bare secret",
            Self::Scheme(ForeignScheme::Migration) => "keyfob import with it in a file",
            Self::Scheme(ForeignScheme::QrPrefix) => "zbarimg --raw",
            Self::Fragment => "%23 in its place",
            Self::SecondUri => "keyfob import with each of them on a line of its own",
            _ => return None,
        };
        Some(hint.into())
    }
}

fn foreign_scheme(scheme: ForeignScheme) -> &'static str {
    match scheme {
        ForeignScheme::Migration => "it is a migration URI, with many devices in it",
        ForeignScheme::Push => "it enrols push messages, not codes",
        ForeignScheme::Web => "it is a web address",
        ForeignScheme::QrPrefix => "QR-Code: stands before it",
        ForeignScheme::Lookalike => "its scheme has letters that only look like those of otpauth",
        ForeignScheme::Other => "its scheme is neither otpauth: nor steam:",
    }
}

fn foreign_type(kind: ForeignType) -> &'static str {
    match kind {
        ForeignType::Yandex => "it is of Yandex.Key's own kind, which keyfob does not compute",
        ForeignType::Motp => "it is of Mobile-OTP's kind, which keyfob does not compute",
        ForeignType::Missing => "it does not say whether it is totp, hotp or steam",
        ForeignType::Other => "it is neither totp nor hotp nor steam",
    }
}
