//! `stratum`: Stratum's (before: Authenticator Pro's) JSON, in clear text or encrypted, and its web page. Its other
//! export is a list of URIs.
//!
//! Encrypted: salt (16), nonce (12), AES-256-GCM under a key that Argon2id (64 MiB, 3 passes, 4 lanes) makes of the
//! password. Before version 1.21: salt (20), first block (16), AES-256-CBC under a key of PBKDF2-SHA1, 64,000 rounds.

use super::super::entry::{Entry, ForeignKind, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::Bytes;
use super::super::tools::cipher::{aes_cbc, aes_gcm};
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Argon, Hash};
use crate::otp::ParameterError;
use std::collections::HashMap;
use zeroize::Zeroizing;

pub const FORMAT: Format =
    Format { name: "stratum", extensions: &["authpro", "stratum", "json", "html"], sniff, read, write: None };

const MAGIC: &[u8] = b"AUTHENTICATORPRO";
const OLD_MAGIC: &[u8] = b"AuthenticatorPro";
const OLD_ROUNDS: u64 = 64_000;
/// What stands before each URI of the page.
const CODE: &str = "<code>";

fn sniff(file: &File<'_>) -> bool {
    let bytes = file.bytes();
    bytes.starts_with(MAGIC)
        || bytes.starts_with(OLD_MAGIC)
        || file.json().has("Authenticators")
        || is_page(file)
}

fn is_page(file: &File<'_>) -> bool {
    file.text().is_ok_and(|text| text.trim_start().starts_with('<') && text.contains("<code>otpauth://"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let plain = match file.bytes() {
        bytes if bytes.starts_with(MAGIC) => open(bytes, keys)?,
        bytes if bytes.starts_with(OLD_MAGIC) => open_old(bytes, keys)?,
        _ if is_page(file) => return Ok(page(file.text()?)),
        _ => return entries(file.json()),
    };
    let text = std::str::from_utf8(&plain).map_err(|_| ReadError::WrongPassword)?;
    entries(&Json::parse(text)?)
}

fn open(bytes: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut bytes = Bytes::new(bytes);
    bytes.skip(MAGIC);
    let (salt, nonce) = (bytes.take(16)?, bytes.take(12)?);
    let key = Argon::id(65_536, 3, 4).key(keys, salt)?;
    aes_gcm(&key, nonce, bytes.rest(), &[])
}

fn open_old(bytes: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut bytes = Bytes::new(bytes);
    bytes.skip(OLD_MAGIC);
    let (salt, iv) = (bytes.take(20)?, bytes.take(16)?);
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, Hash::Sha1, salt, OLD_ROUNDS, key.as_mut_slice())?;
    aes_cbc(key.as_slice(), iv, bytes.rest())
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    let list = json.get("Authenticators").as_list().ok_or(ReadError::Lacks("Authenticators"))?;
    let tags = tags_by_secret(json);
    Ok(draft::entries(list, |place, entry| read_entry(place, entry, &tags)).into())
}

/// The names of the categories that each secret is bound to.
fn tags_by_secret(file: &Json) -> HashMap<&str, Vec<&str>> {
    let categories = file.by_text("Categories", "Id");
    let mut tags: HashMap<&str, Vec<&str>> = HashMap::new();
    for bound in file.list("AuthenticatorCategories") {
        let secret = bound.first_text(&["AuthenticatorSecret", "Secret"]);
        if let Some(category) = categories.get(bound.text("CategoryId")).filter(|_| !secret.is_empty()) {
            tags.entry(secret).or_default().push(category.text("Name"));
        }
    }
    tags
}

fn read_entry(place: Place, json: &Json, tags: &HashMap<&str, Vec<&str>>) -> Entry {
    let secret = json.text("Secret");
    let draft = Draft {
        issuer: json.text("Issuer"),
        account: json.text("Username"),
        tags: tags.get(secret).cloned().unwrap_or_default(),
        ..Draft::default()
    };
    draft.entry(
        place,
        facts(json)
            .and_then(|facts| Ok((facts.method()?, base32(secret)?)))
            .map(|(method, secret)| (secret, method)),
    )
}

fn facts(json: &Json) -> Result<Facts<'_>, Refusal> {
    let kind = match json.number("Type") {
        Ok(Some(1)) => "hotp",
        Ok(Some(2)) => "totp",
        Ok(Some(3)) => "motp",
        Ok(Some(4)) => "steam",
        Ok(Some(5)) => "yandex",
        _ => return Err(Refusal::Kind(ForeignKind::Other)),
    };
    let algorithm = match json.number("Algorithm") {
        Ok(Some(0) | None) => "SHA1",
        Ok(Some(1)) => "SHA256",
        Ok(Some(2)) => "SHA512",
        _ => return Err(ParameterError::Algorithm.into()),
    };
    let (digits, period, counter) = (json.number("Digits"), json.number("Period"), json.number("Counter"));
    Ok(Facts { kind, algorithm, digits, period, counter })
}

/// A page to print: each URI stands in a `code` of its own.
fn page(text: &str) -> Contents {
    let codes = text.split(CODE).skip(1).filter_map(|rest| rest.split_once('<').map(|(uri, _)| uri));
    let entry = |place, uri: &str| match quick_xml::escape::unescape(uri.trim()) {
        Ok(uri) => Draft::default().entry_of_uri(place, &uri),
        Err(_) => Draft::default().entry(place, Err(Refusal::Malformed)),
    };
    draft::entries(codes, entry).into()
}
