//! Writing a device's URI.

use super::super::Device;
use super::{MAX_BYTES, PLAIN_ENCODER, STEAM};
use crate::otp::{Algorithm, Digits, Method, Period};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;
use zeroize::Zeroizing;

/// All but the unreserved characters of RFC 3986 section 2.3.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes the URI of a device, leaving out what is usual; [`super::parse`] reads it back to the same issuer,
/// account, secret and method. (Only NUL, which no reader of URIs takes, is left out of names.)
pub fn to_uri(device: &Device) -> Zeroizing<String> {
    let uri = write(device, !device.issuer.raw().contains(':'));
    if uri.len() <= MAX_BYTES { uri } else { write(device, false) }
}

/// `with_prefix`: whether the label too names the issuer, for apps that look there alone. It can't where
/// the issuer has a colon itself, since the first one ends it.
fn write(device: &Device, with_prefix: bool) -> Zeroizing<String> {
    // Room for all at once, since a buffer that grows leaves copies of the secret behind.
    let mut uri = Zeroizing::new(String::with_capacity(2 * MAX_BYTES));
    let kind = if matches!(device.method, Method::Hotp { .. }) { "hotp" } else { "totp" };
    let issuer = escaped(device.issuer.raw());
    let account = escaped(device.account.raw());
    let prefix = if with_prefix { issuer.as_str() } else { "" };
    // An account with a colon needs one before it, or its beginning would be read as the issuer.
    let colon = if prefix.is_empty() && !account.contains("%3A") { "" } else { ":" };
    let _ = write!(uri, "otpauth://{kind}/{prefix}{colon}{account}?secret=");
    uri.push_str(&device.secret.to_base32());
    if !issuer.is_empty() {
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
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(&text.replace('\0', ""), ESCAPED).to_string()
}
