//! Writing a device's URI.

use super::super::Device;
use super::{MAX_BYTES, PLAIN_ENCODER, STEAM};
use crate::otp::{Algorithm, Digits, Method, Period};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;
use zeroize::Zeroizing;

/// All but the unreserved characters of RFC 3986 section 2.3.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, but not what a path may hold as it is (RFC 3986 section 3.3).
const ESCAPED_SHORT: &AsciiSet = &ESCAPED.remove(b'@').remove(b'!').remove(b'$').remove(b'\'').remove(b'*');

/// Where a URI names the issuer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Issuer {
    /// In its label and in a parameter, for apps that look in one place alone.
    Twice,
    /// In a parameter.
    Parameter,
    /// In its label.
    Label,
}

/// Writes the URI of a device, leaving out what is usual; [`super::parse`] reads it back to the same issuer,
/// account, secret and method. (Only NUL, which no reader of URIs takes, is left out of names.)
pub fn to_uri(device: &Device) -> Zeroizing<String> {
    // The label can't name an issuer that has a colon itself, since the first one ends it.
    let twice = if device.issuer.raw().contains(':') { Issuer::Parameter } else { Issuer::Twice };
    let uri = write(device, twice);
    if uri.len() <= MAX_BYTES { uri } else { write(device, Issuer::Parameter) }
}

/// Writes a URI that means the same and is shorter: the issuer stands in its label alone, where it can.
pub fn to_short_uri(device: &Device) -> Zeroizing<String> {
    let issuer = device.issuer.raw();
    let unclear = issuer.contains(':') || issuer.trim().is_empty() || device.account.is_empty();
    if unclear { to_uri(device) } else { write(device, Issuer::Label) }
}

fn write(device: &Device, named: Issuer) -> Zeroizing<String> {
    // Room for all at once, since a buffer that grows leaves copies of the secret behind.
    let mut uri = Zeroizing::new(String::with_capacity(2 * MAX_BYTES));
    let kind = if matches!(device.method, Method::Hotp { .. }) { "hotp" } else { "totp" };
    let set = if named == Issuer::Label { ESCAPED_SHORT } else { ESCAPED };
    let issuer = escaped(device.issuer.raw(), set);
    let account = escaped(device.account.raw(), set);
    let prefix = if named == Issuer::Parameter { "" } else { issuer.as_str() };
    // An account with a colon needs one before it, or its beginning would be read as the issuer.
    let colon = if prefix.is_empty() && !account.contains("%3A") { "" } else { ":" };
    let _ = write!(uri, "otpauth://{kind}/{prefix}{colon}{account}?secret=");
    uri.push_str(&device.secret.to_base32());
    if !issuer.is_empty() && named != Issuer::Label {
        let _ = write!(uri, "&issuer={issuer}");
    }
    write_method(&mut uri, device);
    uri
}

fn write_method(uri: &mut String, device: &Device) {
    let (algorithm, digits) = (device.method.algorithm(), device.method.digits());
    if algorithm != Algorithm::default() {
        let _ = write!(uri, "&algorithm={algorithm}");
    }
    if digits != Digits::SIX.get() {
        let _ = write!(uri, "&digits={digits}");
    }
    match device.method {
        Method::Totp { period, .. } => {
            if period != Period::THIRTY {
                let _ = write!(uri, "&period={}", period.get());
            }
            if device.issuer.raw().eq_ignore_ascii_case(STEAM) {
                let _ = write!(uri, "&encoder={PLAIN_ENCODER}");
            }
        }
        Method::Hotp { counter, .. } => {
            let _ = write!(uri, "&counter={counter}");
        }
        Method::Steam => uri.push_str("&encoder=steam"),
        // Nobody asks for a token's: there is no secret to tell.
        Method::Hardware => {}
    }
}

fn escaped(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(&text.replace('\0', ""), set).to_string()
}
