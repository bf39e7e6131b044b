//! `proton`: Proton Authenticator's JSON, in clear text or encrypted with a password; and Proton Pass' JSON entries of
//! the same kind.
//!
//! Encrypted: nonce (12) and AES-256-GCM under a key that Argon2id (19 MiB, 2 passes, 1 lane) makes of the password.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::aes_gcm;
use super::super::tools::draft::{self, Draft};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::Argon;

pub const FORMAT: Format = Format { name: "proton", extensions: &["json"], sniff, read, write: None };

const BOUND_TO: &[u8] = b"proton.authenticator.export.v1";

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    let is_entry = |json: &Json| json.has("content");
    json.list("entries").iter().any(is_entry)
        || ["version", "salt", "content"].iter().all(|key| json.has(key))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let json = file.json();
    if !json.has("salt") {
        return entries(json);
    }
    let part = |key: &'static str| base64(json.text(key)).ok_or(ReadError::Lacks(key));
    let (salt, content) = (part("salt")?, part("content")?);
    let (nonce, sealed) = content.split_at_checked(12).ok_or(ReadError::Lacks("content"))?;
    let key = Argon::id(19 * 1024, 2, 1).key(keys, &salt)?;
    let plain = aes_gcm(&key, nonce, sealed, BOUND_TO)?;
    entries(&Json::parse(std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?)?)
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    let list = json.get("entries").as_list().ok_or(ReadError::Lacks("entries"))?;
    Ok(draft::entries(list, entry).into())
}

fn entry(place: Place, json: &Json) -> Entry {
    let content = json.get("content");
    let name = content.text("name");
    if content.text("uri").is_empty() {
        let names = Draft { account: name, ..Draft::default() }.names();
        return Entry { place, found: Err((Names { ..names }, Refusal::NoSecret)) };
    }
    // The name is the account of the URI, or what the person made of it; of a Steam URI it is all there is.
    let draft = Draft { account: name, note: json.text("note"), ..Draft::default() };
    let mut entry = draft.entry_of_field(place, content.text("uri"), Facts::default());
    if let (Ok(found), "Steam") = (&mut entry.found, content.text("entry_type")) {
        found.method = crate::otp::Method::Steam;
    }
    entry
}
