//! `andotp`: andOTP's JSON, in clear text or encrypted with a password. GNOME Authenticator's old files are of the
//! same kind, with the issuer as the first tag.
//!
//! Encrypted: rounds (4 bytes, big-endian), salt (12), nonce (12), AES-256-GCM under a key that PBKDF2-SHA1 makes of
//! the password. Before version 0.6.3: nonce (12) and ciphertext, the key being SHA-256 of the password.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::Bytes;
use super::super::tools::cipher::aes_gcm;
use super::super::tools::draft::{self, Draft, base32, split_label, without_issuer};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Hash};
use crate::device::Device;
use crate::otp::Period;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "andotp",
    extensions: &["json", "aes"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: None }),
};

/// How many rounds the app draws, and some more to either side.
const USUAL_ROUNDS: std::ops::RangeInclusive<u32> = 1_000..=10_000_000;
/// Rounds, salt, nonce and tag.
const LEAST: usize = 4 + 12 + 12 + 16;
/// Nonce and tag.
const OLD_LEAST: usize = 12 + 16;

fn sniff(file: &File<'_>) -> bool {
    let is_entry = |json: &Json| json.has("secret") && json.has("label");
    match file.json().as_list() {
        Some(list) => list.iter().any(|json| is_entry(json) && !json.has("algo") && !json.has("iconType")),
        None => file.is_binary() && is_sealed(file),
    }
}

/// Nothing marks an encrypted file but its rounds, and its name.
fn is_sealed(file: &File<'_>) -> bool {
    let rounds = file.bytes().first_chunk().map(|bytes| u32::from_be_bytes(*bytes));
    let may_be_rounds = |rounds| i32::try_from(rounds).is_ok() && file.ends_in("bin");
    let likely = rounds.is_some_and(|rounds| USUAL_ROUNDS.contains(&rounds) || may_be_rounds(rounds));
    (file.bytes().len() >= LEAST && likely) || (file.bytes().len() >= OLD_LEAST && is_named(file))
}

/// Old files start with a nonce, which may be anything.
fn is_named(file: &File<'_>) -> bool {
    file.ends_in("aes") || (file.ends_in("bin") && file.name().to_ascii_lowercase().contains("otp"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if !file.is_binary() {
        return entries(file.json());
    }
    let plain = match open(file.bytes(), keys) {
        // Old files are not to be told from others before they are opened.
        Err(error) => match open_old(file.bytes(), keys) {
            Err(ReadError::PasswordNeeded) if is_named(file) => return Err(ReadError::PasswordNeeded),
            opened => opened.map_err(|_| error)?,
        },
        Ok(plain) => plain,
    };
    let text = std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?;
    entries(&Json::parse(text)?)
}

fn open(bytes: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut bytes = Bytes::new(bytes);
    let rounds = u32::from_be_bytes(bytes.array()?);
    let (salt, nonce) = (bytes.take(12)?, bytes.take(12)?);
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, Hash::Sha1, salt, rounds.into(), key.as_mut_slice())?;
    aes_gcm(&key, nonce, bytes.rest(), &[])
}

fn open_old(bytes: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let (nonce, sealed) = bytes.split_at_checked(12).ok_or(ReadError::Damaged)?;
    let key: [u8; 32] = keys.password()?.expose(|password| Sha256::digest(password.as_bytes())).into();
    aes_gcm(&Zeroizing::new(key), nonce, sealed, &[])
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    let list = json.as_list().ok_or(ReadError::NotThis)?;
    Ok(draft::entries(list, entry).into())
}

fn entry(place: Place, json: &Json) -> Entry {
    let mut tags: Vec<&str> = json.list("tags").iter().map(Json::as_text).collect();
    let label = json.text("label");
    let (issuer, account) = match (json.has("issuer"), json.text("issuer")) {
        (true, "") => ("", label),
        (true, issuer) => (issuer, without_issuer(label, issuer)),
        // Old versions of andOTP wrote `issuer - account`; GNOME Authenticator takes the first tag.
        (false, _) if !tags.is_empty() => (tags.remove(0), label),
        (false, _) => label.split_once(" - ").unwrap_or_else(|| split_label(label)),
    };
    let facts = Facts::from_json(json, json.text("type"), json.text("algorithm"));
    let what = facts.method().and_then(|method| Ok((base32(json.text("secret"))?, method)));
    Draft { issuer, account, tags, ..Draft::default() }.entry(place, what)
}

#[derive(Serialize)]
struct EntryOut<'a> {
    secret: Zeroizing<String>,
    issuer: &'a str,
    label: Cow<'a, str>,
    digits: u8,
    r#type: String,
    algorithm: String,
    thumbnail: &'static str,
    last_used: u64,
    used_frequency: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
    tags: Vec<&'a str>,
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    super::json_of(&devices.iter().map(|device| entry_out(device)).collect::<Vec<_>>())
}

/// An account that looks as if the issuer stood before it gets one before it: a reader takes one away.
fn label(device: &Device) -> Cow<'_, str> {
    let (issuer, account) = (device.issuer.raw(), device.account.raw());
    if without_issuer(account, issuer) == account {
        account.into()
    } else {
        format!("{issuer}:{account}").into()
    }
}

fn entry_out(device: &Device) -> EntryOut<'_> {
    EntryOut {
        secret: device.secret.to_base32(),
        issuer: device.issuer.raw(),
        label: label(device),
        digits: device.method.digits(),
        r#type: device.method.kind().as_str().to_ascii_uppercase(),
        algorithm: device.method.algorithm().to_string(),
        thumbnail: "Default",
        last_used: 0,
        used_frequency: 0,
        period: device.method.period().map(Period::get),
        counter: device.method.counter(),
        tags: device.tags.iter().map(crate::text::Text::raw).collect(),
    }
}
