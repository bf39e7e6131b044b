//! otpauth URIs, both ways.
//!
//! Source: the Key URI Format of Google Authenticator's wiki, and what issuers really write.

mod error;
mod label;
mod parameters;
mod percent;
mod scheme;
mod write;

pub use error::{ForeignScheme, ForeignType, Part, UriError};
pub use parameters::MAX_PARAMETERS;
pub use write::{to_short_uri, to_uri};

use super::Candidate;
use crate::otp::{Algorithm, Base32Error, Digits, Method, Period, Secret, SecretError};
use crate::text::Text;
use label::Label;
use parameters::Parameters;
use scheme::{Target, Type};

/// The longest URI that is read, in bytes: one with the longest issuer, account and secret of all fits,
/// each character of the names escaped.
pub const MAX_BYTES: usize = 8192;

/// The issuer by which Steam's URIs are known when nothing else says so.
const STEAM: &str = "Steam";
/// The encoder of a URI whose issuer is called Steam and whose codes are digits all the same.
const PLAIN_ENCODER: &str = "default";

/// Reads one `otpauth://` or `steam://` URI. A byte order mark and white space around it do not matter.
///
/// Bits left over at the end of the secret are dropped: issuers that draw their letters at
/// random leave some, and every app makes the same codes of them.
pub fn parse(uri: &str) -> Result<Candidate, UriError> {
    read(uri, |text| match Secret::from_base32(text) {
        Err(SecretError::Base32(Base32Error::DanglingBits { .. })) => Secret::from_base32_lenient(text),
        secret => secret,
    })
}

/// How URIs that hold secrets begin: a device's, Google Authenticator's of several, Bitwarden's for Steam.
const STARTS: [&str; 3] = ["otpauth://", "otpauth-migration://", "steam://"];

/// Whether a URI that holds a secret begins here.
pub fn starts_uri(text: &str) -> bool {
    STARTS.iter().any(|start| begins_with(text, start))
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether a text means to be a URI that may hold a secret, whatever is wrong with it.
pub fn is_uri(text: &str) -> bool {
    let text =
        text.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    ["otpauth", "steam:"].iter().any(|scheme| begins_with(text, scheme))
}

/// As [`parse`], for URIs inside other apps' files: the secret is read by [`Secret::from_base32_lenient`].
pub fn parse_foreign(uri: &str) -> Result<Candidate, UriError> {
    read(uri, Secret::from_base32_lenient)
}

fn read(uri: &str, read_secret: impl Fn(&str) -> Result<Secret, SecretError>) -> Result<Candidate, UriError> {
    let uri = uri.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    match uri.len() {
        0 => return Err(UriError::Empty),
        bytes if bytes > MAX_BYTES => return Err(UriError::TooLong { bytes }),
        _ => {}
    }
    if let Some(index) = uri.chars().position(char::is_control) {
        return Err(UriError::Control { position: index + 1 });
    }
    match Target::of(uri)? {
        Target::Steam { secret } => {
            let secret = percent::decode(secret, percent::Plus::IsPlus, Part::Secret)?;
            let mut candidate = Candidate::bare(secret_of(Some(&secret), read_secret)?);
            candidate.method = Method::Steam;
            candidate.issuer = text_of(STEAM, Part::Issuer)?;
            Ok(candidate)
        }
        Target::Otpauth { kind, label, query } => {
            let label = Label::read(label)?;
            let parameters = Parameters::read(query, label.issuer())?;
            let secret = secret_of(parameters.get(Part::Secret), read_secret)?;
            // The parameter is what the issuer calls itself; the label's prefix is for apps that show it whole.
            let issuer = parameters.get(Part::Issuer).map_or("", str::trim);
            let issuer = if issuer.is_empty() { label.issuer() } else { issuer };
            let mut candidate = Candidate::bare(secret);
            candidate.method = method_of(kind, issuer, &parameters)?;
            candidate.issuer = text_of(issuer, Part::Issuer)?;
            candidate.account = text_of(label.account(), Part::Label)?;
            Ok(candidate)
        }
    }
}

fn secret_of(
    text: Option<&str>,
    read_secret: impl Fn(&str) -> Result<Secret, SecretError>,
) -> Result<Secret, UriError> {
    match read_secret(text.unwrap_or_default()) {
        Err(SecretError::Empty) => Err(UriError::NoSecret),
        secret => Ok(secret?),
    }
}

fn text_of(raw: &str, part: Part) -> Result<Text, UriError> {
    Text::line(raw).map_err(|too_long| UriError::Text { part, too_long })
}

fn method_of(kind: Type, issuer: &str, parameters: &Parameters) -> Result<Method, UriError> {
    match kind {
        Type::Steam => steam(parameters),
        Type::Totp if is_steam(issuer, parameters)? => steam(parameters),
        Type::Totp => Ok(Method::Totp {
            algorithm: algorithm(parameters)?,
            digits: digits(parameters)?,
            period: period(parameters)?,
        }),
        // The Key URI Format asks for a counter, and some apps leave out one that is 0. To take
        // 0 for it is safe: services look ahead of their own counter, and a code from before it is refused.
        Type::Hotp => Ok(Method::Hotp {
            algorithm: algorithm(parameters)?,
            digits: digits(parameters)?,
            counter: parameters.number(Part::Counter)?.unwrap_or(0),
        }),
    }
}

fn is_steam(issuer: &str, parameters: &Parameters) -> Result<bool, UriError> {
    match parameters.get(Part::Encoder) {
        Some(encoder) if encoder.eq_ignore_ascii_case(STEAM) => Ok(true),
        Some(encoder) if encoder.eq_ignore_ascii_case(PLAIN_ENCODER) => Ok(false),
        None | Some("") => Ok(issuer.eq_ignore_ascii_case(STEAM)),
        Some(_) => Err(UriError::Encoder),
    }
}

/// Steam has one hash and one period; another one would make other codes than the URI means.
/// The number of digits is not looked at: many apps write 6 there whatever they show.
fn steam(parameters: &Parameters) -> Result<Method, UriError> {
    if algorithm(parameters)? != Algorithm::Sha1 {
        return Err(UriError::NotSteam { part: Part::Algorithm });
    }
    if period(parameters)? != Period::THIRTY {
        return Err(UriError::NotSteam { part: Part::Period });
    }
    Ok(Method::Steam)
}

fn algorithm(parameters: &Parameters) -> Result<Algorithm, UriError> {
    Ok(parameters.get(Part::Algorithm).map_or(Ok(Algorithm::default()), str::parse)?)
}

fn digits(parameters: &Parameters) -> Result<Digits, UriError> {
    Ok(parameters.number(Part::Digits)?.map_or(Ok(Digits::SIX), Digits::new)?)
}

fn period(parameters: &Parameters) -> Result<Period, UriError> {
    Ok(parameters.number(Part::Period)?.map_or(Ok(Period::THIRTY), Period::new)?)
}
