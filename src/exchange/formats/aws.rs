//! `aws`: the outfile of `aws iam create-virtual-mfa-device --bootstrap-method Base32StringSeed`, a bare secret in
//! base32; and the JSON of its API, where the seed is base64 of that text.

use super::super::entry::{Encoding, Entry, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::json::Json;
use crate::device::MfaArn;
use crate::otp::{Method, Secret};
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "aws", extensions: &["txt", "json"], sniff, read, write: None };

/// The shortest text that is taken for a bare secret: AWS' have 64 letters.
const LEAST_LETTERS: usize = 16;

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    let is_device = |json: &Json| json.has("Base32StringSeed") && json.has("SerialNumber");
    json.has("VirtualMFADevices")
        || json.has("VirtualMFADevice")
        || is_device(json)
        || json.as_list().is_some_and(|list| list.iter().any(is_device))
        || file.plain_text().is_some_and(|text| bare(text).is_some())
}

/// The bare secret that a text is: as it stands, or as the API has it, which `--query` prints in quotes.
fn bare(text: &str) -> Option<Zeroizing<String>> {
    let text = text.trim().trim_matches('"');
    if is_seed(text) {
        return Some(Zeroizing::new(text.to_owned()));
    }
    let inner = base64(text).filter(|_| !text.contains(char::is_whitespace))?;
    std::str::from_utf8(&inner)
        .ok()
        .filter(|inner| is_seed(inner))
        .map(|inner| Zeroizing::new(inner.to_owned()))
}

fn is_seed(text: &str) -> bool {
    let text = text.trim();
    text.len() >= LEAST_LETTERS && text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7' | b'='))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    if let Some(text) = file.plain_text() {
        let seed = bare(text).ok_or(ReadError::NotThis)?;
        // The outfile names nobody but by its own name.
        let draft = Draft { account: file.stem(), ..Draft::default() };
        return Ok(
            vec![draft.entry(Place::Line(1), base32(&seed).map(|secret| (secret, Method::TOTP)))].into()
        );
    }
    let json = file.json();
    if let Some(list) = json.get("VirtualMFADevices").as_list().or_else(|| json.as_list()) {
        return Ok(draft::entries(list, entry).into());
    }
    let device = if json.has("VirtualMFADevice") { json.get("VirtualMFADevice") } else { json };
    Ok(vec![entry(Place::Entry(1), device)].into())
}

fn entry(place: Place, json: &Json) -> Entry {
    let serial = json.text("SerialNumber");
    let arn = MfaArn::parse(serial);
    let user = json.get("User").text("UserName");
    // As the QR code says it: the device's name at the user's.
    let account = arn.as_ref().map(|arn| match user {
        "" => arn.name.clone(),
        user => format!("{}@{user}", arn.name),
    });
    let what = secret(json.text("Base32StringSeed")).map(|secret| (secret, Method::TOTP));
    Draft { account: account.as_deref().unwrap_or_default(), serial, ..Draft::default() }.entry(place, what)
}

fn secret(seed: &str) -> Result<Secret, Refusal> {
    if seed.is_empty() {
        return Err(Refusal::NoSecret);
    }
    // Some programs have taken the base64 off already.
    let seed = bare(seed).ok_or(Refusal::Encoding(Encoding::Base64))?;
    base32(&seed)
}
