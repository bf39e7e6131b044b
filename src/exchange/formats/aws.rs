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

pub const FORMAT: Format = Format { name: "aws", extensions: &["txt", "json"], sniff, read, write: None };

/// The shortest text that is taken for a bare secret: AWS' have 64 letters.
const LEAST_LETTERS: usize = 16;

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    json.has("VirtualMFADevices") || json.has("VirtualMFADevice") || file.plain_text().is_some_and(is_seed)
}

fn is_seed(text: &str) -> bool {
    let text = text.trim();
    text.len() >= LEAST_LETTERS && text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7' | b'='))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    if let Some(text) = file.plain_text() {
        if !is_seed(text) {
            return Err(ReadError::NotThis);
        }
        // The outfile names nobody but by its own name.
        let draft = Draft { account: file.stem(), ..Draft::default() };
        return Ok(
            vec![draft.entry(Place::Line(1), base32(text).map(|secret| (secret, Method::TOTP)))].into()
        );
    }
    let json = file.json();
    if let Some(list) = json.get("VirtualMFADevices").as_list() {
        return Ok(draft::entries(list, entry).into());
    }
    Ok(vec![entry(Place::Entry(1), json.get("VirtualMFADevice"))].into())
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
    let text = base64(seed).ok_or(Refusal::Encoding(Encoding::Base64))?;
    base32(std::str::from_utf8(&text).map_err(|_| Refusal::Encoding(Encoding::Base64))?)
}
