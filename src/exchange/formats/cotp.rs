//! `cotp`: cotp's JSON (its own, and a list of otpauth URIs) and its encrypted database.
//!
//! Encrypted: XChaCha20-Poly1305 under a key that Argon2id (32 MiB, 4 passes, 4 lanes) makes of the password.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::xchacha;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::Argon;

pub const FORMAT: Format = Format { name: "cotp", extensions: &["cotp", "json"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    let elements = json.get("elements").as_list();
    let items = json.get("items").as_list();
    elements.is_some()
        || items.is_some_and(|items| items.iter().any(|item| item.as_text().contains("://")))
        || ["nonce", "salt", "cipher"].iter().all(|key| json.has(key))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let json = file.json();
    if !json.has("cipher") {
        return entries(json);
    }
    let part = |key: &'static str| base64(json.text(key)).ok_or(ReadError::Lacks(key));
    let key = Argon::id(32_768, 4, 4).key(keys, &part("salt")?)?;
    let plain = xchacha(&key, &part("nonce")?, &part("cipher")?)?;
    entries(&Json::parse(std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?)?)
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    if let Some(items) = json.get("items").as_list() {
        let entry = |place, item: &Json| Draft::default().entry_of_uri(place, item.as_text());
        return Ok(draft::entries(items, entry).into());
    }
    // The first version was the list alone.
    let list =
        json.get("elements").as_list().or_else(|| json.as_list()).ok_or(ReadError::Lacks("elements"))?;
    Ok(draft::entries(list, entry).into())
}

fn entry(place: Place, json: &Json) -> Entry {
    let draft = Draft { issuer: json.text("issuer"), account: json.text("label"), ..Draft::default() };
    let facts = Facts::from_json(json, json.text("type"), json.text("algorithm"));
    draft.entry(place, facts.method().and_then(|method| Ok((base32(json.text("secret"))?, method))))
}
