//! Why a URI was not taken.

use crate::otp::{ParameterError, SecretError};
use crate::text::TooLong;
use std::fmt;

/// A part of a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Between the type and the `?`: issuer and account.
    Label,
    /// The name of a parameter.
    Name,
    /// The parameter `secret`.
    Secret,
    /// The parameter `issuer`.
    Issuer,
    /// The parameter `algorithm`.
    Algorithm,
    /// The parameter `digits`.
    Digits,
    /// The parameter `period`.
    Period,
    /// The parameter `counter`.
    Counter,
    /// The parameter `encoder`, which `KeePassXC` made up for Steam.
    Encoder,
}

impl fmt::Display for Part {
    /// In one or two words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Label => "label",
            Self::Name => "parameter name",
            Self::Secret => "secret",
            Self::Issuer => "issuer",
            Self::Algorithm => "algorithm",
            Self::Digits => "digits",
            Self::Period => "period",
            Self::Counter => "counter",
            Self::Encoder => "encoder",
        })
    }
}

/// A scheme that is not otpauth's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignScheme {
    /// `otpauth-migration:`, Google Authenticator's transfer of many accounts at once.
    Migration,
    /// `phonefactor:`, the enrolment of Microsoft's push messages.
    Push,
    /// `http:` or `https:`, a web address.
    Web,
    /// `QR-Code:`, which zbarimg puts before what it read unless told `--raw`.
    QrPrefix,
    /// Letters that only look like ASCII.
    Lookalike,
    /// Any other.
    Other,
}

/// A type of otpauth URI that keyfob does not compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignType {
    /// `yaotp`, Yandex.Key's.
    Yandex,
    /// `motp`, Mobile-OTP's.
    Motp,
    /// None at all.
    Missing,
    /// Any other.
    Other,
}

/// Why a URI was not taken. No variant holds a secret, or text of the URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UriError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// More than [`super::MAX_BYTES`].
    #[error("{bytes} bytes")]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// Not a URI at all: no scheme.
    #[error("not a URI")]
    NotAUri,
    /// Another scheme than `otpauth:` and `steam:`.
    #[error("scheme {0:?}")]
    Scheme(ForeignScheme),
    /// No `//` after the scheme.
    #[error("no // after the scheme")]
    Slashes,
    /// Another type than totp, hotp and steam.
    #[error("type {0:?}")]
    Type(ForeignType),
    /// A control character (not an escaped one).
    #[error("control character at {position}")]
    Control {
        /// Which character, from 1.
        position: usize,
    },
    /// NUL in a name, escaped.
    #[error("NUL in the {part}")]
    Nul {
        /// Where.
        part: Part,
    },
    /// A `%` without two hexadecimal digits.
    #[error("bad percent escape in the {part}")]
    Escape {
        /// Where.
        part: Part,
    },
    /// Escapes that make no UTF-8.
    #[error("not UTF-8 in the {part}")]
    NotUtf8 {
        /// Where.
        part: Part,
    },
    /// More than [`super::MAX_PARAMETERS`].
    #[error("too many parameters")]
    TooManyParameters,
    /// A parameter twice, with two values.
    #[error("two values of {part}")]
    Twice {
        /// Which parameter.
        part: Part,
    },
    /// Words after the end of the URI.
    #[error("text after the URI")]
    TrailingText,
    /// A `#` in the parameters that is not escaped: what follows could be meant as anything.
    #[error("# in the parameters")]
    Fragment,
    /// A second URI inside of this one.
    #[error("two URIs in one")]
    SecondUri,
    /// No secret, or an empty one.
    #[error("no secret")]
    NoSecret,
    /// A parameter that has to be a whole number, in ASCII digits, of 64 bits at most.
    #[error("{part} is not a number")]
    Number {
        /// Which parameter.
        part: Part,
    },
    /// Another encoder than Steam's.
    #[error("unknown encoder")]
    Encoder,
    /// Steam with another hash or period than Steam has.
    #[error("steam with another {part}")]
    NotSteam {
        /// Which parameter.
        part: Part,
    },
    /// A name that is too long.
    #[error("{part}: {too_long}")]
    Text {
        /// Which one.
        part: Part,
        /// How long it is.
        too_long: TooLong,
    },
    /// The secret is not base32, or too long.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A number is out of range, or an algorithm unknown.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}
