//! Google Authenticator's transfer of many accounts, `otpauth-migration://offline?data=BASE64`, spread over several
//! QR codes that make one batch.
//!
//! The data is a protobuf message without a published definition. What is known of it:
//! 1 accounts (1 secret, 2 name, 3 issuer, 4 algorithm, 5 digits, 6 type, 7 counter), 2 version, 3 size of the
//! batch, 4 index in it from 0, 5 the batch's number.

use super::super::entry::{Entry, ForeignKind, MigrationError, Part, Place, Refusal};
use super::bytes::{base64, to_base64};
use super::draft::{Draft, without_issuer};
use super::protobuf;
use super::protobuf::{Field, Message, Value};
use crate::device::Device;
use crate::otp::{Algorithm, Digits, Kind, Method, Period, Secret};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const SCHEME: &str = "otpauth-migration:";
const START: &str = "otpauth-migration://offline?";
/// More than the largest QR code holds.
const MAX_BYTES: usize = 16_384;
/// The most parts of a batch.
const MAX_PARTS: u32 = 64;
/// How many accounts Google Authenticator puts into one QR code.
const ACCOUNTS_PER_PART: usize = 10;

/// Whether a URI is one of these.
pub fn is_migration(uri: &str) -> bool {
    uri.get(..SCHEME.len()).is_some_and(|head| head.eq_ignore_ascii_case(SCHEME))
}

/// Reads one URI: its accounts, and which part of its batch it is.
pub fn read_uri(uri: &str, place: Place) -> Result<(Vec<Entry>, Option<Part>), MigrationError> {
    let payload = payload(uri)?;
    let mut entries = Vec::new();
    let (mut size, mut index, mut batch) = (1, 0, 0);
    for field in Message::new(&payload) {
        match field.map_err(|_| MigrationError::NotAPayload)? {
            Field { number: 1, value: Value::Bytes(account) } => entries.push(entry(place, account)?),
            Field { number: 3, value: Value::Number(number) } => size = number,
            Field { number: 4, value: Value::Number(number) } => index = number,
            Field { number: 5, value: Value::Number(number) } => batch = number,
            Field { number: 1 | 3..=5, .. } => return Err(MigrationError::NotAPayload),
            _ => {}
        }
    }
    if entries.is_empty() {
        return Err(MigrationError::NotAPayload);
    }
    let part = match (u32::try_from(size), u32::try_from(index)) {
        (Ok(of), Ok(index)) if (1..=MAX_PARTS).contains(&of) && index < of => {
            Some(Part { batch: batch.cast_signed(), number: index + 1, of })
        }
        _ => None,
    };
    Ok((entries, part))
}

fn payload(uri: &str) -> Result<Zeroizing<Vec<u8>>, MigrationError> {
    let head = uri.get(..START.len()).filter(|head| head.eq_ignore_ascii_case(START));
    let query = head.and(uri.get(START.len()..)).ok_or(MigrationError::NotOffline)?;
    if uri.len() > MAX_BYTES {
        return Err(MigrationError::TooLong);
    }
    let data = query.split('&').find_map(|parameter| parameter.strip_prefix("data="));
    let data = data.filter(|data| !data.is_empty()).ok_or(MigrationError::NoData)?;
    let text = Zeroizing::new(percent_decode_str(data).collect::<Vec<u8>>());
    // A `+` that nobody escaped was made a space by somebody who read the URI as a form.
    let text = std::str::from_utf8(&text).map_err(|_| MigrationError::NotBase64)?;
    base64(&Zeroizing::new(text.replace(' ', "+"))).ok_or(MigrationError::NotBase64)
}

/// What an account says, nothing of it proven yet.
#[derive(Default)]
struct Account<'a> {
    secret: &'a [u8],
    name: &'a [u8],
    issuer: &'a [u8],
    algorithm: u64,
    digits: u64,
    kind: u64,
    counter: u64,
}

fn entry(place: Place, bytes: &[u8]) -> Result<Entry, MigrationError> {
    let account = account(bytes)?;
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| MigrationError::NotAPayload);
    let (issuer, name) = (text(account.issuer)?.trim(), text(account.name)?);
    let name = without_issuer(name, issuer);
    let what = method(&account).and_then(|method| Ok((Secret::from_bytes(account.secret)?, method)));
    Ok(Draft { issuer, account: name, ..Draft::default() }.entry(place, what))
}

fn account(bytes: &[u8]) -> Result<Account<'_>, MigrationError> {
    let mut account = Account::default();
    for field in Message::new(bytes) {
        let Field { number, value } = field.map_err(|_| MigrationError::NotAPayload)?;
        match (number, value) {
            (1, Value::Bytes(secret)) => account.secret = secret,
            (2, Value::Bytes(name)) => account.name = name,
            (3, Value::Bytes(issuer)) => account.issuer = issuer,
            (4, Value::Number(number)) => account.algorithm = number,
            (5, Value::Number(number)) => account.digits = number,
            (6, Value::Number(number)) => account.kind = number,
            (7, Value::Number(number)) => account.counter = number,
            (1..=7, _) => return Err(MigrationError::NotAPayload),
            _ => {}
        }
    }
    Ok(account)
}

/// 0 stands for what is usual everywhere; the period is always 30 seconds.
fn method(account: &Account<'_>) -> Result<Method, Refusal> {
    use crate::otp::ParameterError;
    let algorithm = match account.algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        4 => return Err(Refusal::Kind(ForeignKind::Md5)),
        _ => return Err(ParameterError::Algorithm.into()),
    };
    let digits = match account.digits {
        0 | 1 => Digits::SIX,
        2 => Digits::new(8)?,
        _ => return Err(ParameterError::Digits.into()),
    };
    match account.kind {
        0 | 2 => Ok(Method::Totp { algorithm, digits, period: Period::THIRTY }),
        1 => Ok(Method::Hotp { algorithm, digits, counter: account.counter }),
        _ => Err(Refusal::Kind(ForeignKind::Other)),
    }
}

/// What of a device has no number in a migration URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Its secret is in a token of hardware.
    NoSecret,
    /// Its codes are Steam's.
    Steam,
    /// Its codes have neither 6 nor 8 digits.
    Digits(u8),
    /// Its codes live for other than 30 seconds: this many.
    Period(u64),
}

/// Why a device can't be in a migration URI; none where it can.
pub fn misfit(device: &Device) -> Option<Misfit> {
    let method = &device.method;
    if !method.has_secret() {
        return Some(Misfit::NoSecret);
    }
    if method.kind() == Kind::Steam {
        return Some(Misfit::Steam);
    }
    if !matches!(method.digits(), 6 | 8) {
        return Some(Misfit::Digits(method.digits()));
    }
    let period = method.period().filter(|period| *period != Period::THIRTY)?;
    Some(Misfit::Period(period.get()))
}

/// Whether a migration URI can say all that this device's codes come from.
pub fn fits(device: &Device) -> bool {
    misfit(device).is_none()
}

/// The URIs that carry these devices to Google Authenticator, ten in each. Which devices fit is for the caller to
/// ask (`fits`).
pub fn to_uris(devices: &[&Device]) -> Vec<Zeroizing<String>> {
    let parts = devices.chunks(ACCOUNTS_PER_PART);
    let size = parts.len() as u64;
    let batch = batch(devices);
    (0..).zip(parts).map(|(index, part)| part_to_uri(part, size, index, batch)).collect()
}

fn part_to_uri(devices: &[&Device], size: u64, index: u64, batch: u64) -> Zeroizing<String> {
    let mut message = protobuf::Writer::default();
    for device in devices {
        message.bytes(1, &account_of(device));
    }
    message.number(2, 1);
    message.number(3, size);
    message.number(4, index);
    message.number(5, batch);
    let data = to_base64(&message.done());
    let data = Zeroizing::new(utf8_percent_encode(&data, NON_ALPHANUMERIC).to_string());
    Zeroizing::new([START, "data=", &data].concat())
}

fn account_of(device: &Device) -> Zeroizing<Vec<u8>> {
    let mut account = protobuf::Writer::default();
    device.secret.expose(|bytes| account.bytes(1, bytes));
    // Google Authenticator looks for the issuer in the name too.
    let (issuer, name) = (device.issuer.raw(), device.account.raw());
    let name = if issuer.is_empty() { name.to_owned() } else { format!("{issuer}:{name}") };
    account.bytes(2, name.as_bytes());
    account.bytes(3, issuer.as_bytes());
    account.number(
        4,
        match device.method.algorithm() {
            Algorithm::Sha1 => 1,
            Algorithm::Sha256 => 2,
            Algorithm::Sha512 => 3,
        },
    );
    account.number(5, if device.method.digits() == 8 { 2 } else { 1 });
    account.number(6, if device.method.kind() == Kind::Hotp { 1 } else { 2 });
    if let Some(counter) = device.method.counter() {
        account.number(7, counter);
    }
    account.done()
}

/// The batch's number: the same for the same devices, so that a batch shown twice is one.
fn batch(devices: &[&Device]) -> u64 {
    let ids = devices.iter().fold(Sha256::new(), |hash, device| hash.chain_update(device.id.0.as_bytes()));
    let hash = ids.finalize();
    // 31 bits, which no reader takes for a negative number.
    hash.iter().take(4).fold(0, |number, byte| number << 8 | u64::from(*byte)) >> 1
}
