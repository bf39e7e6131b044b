//! `ente`: Ente Auth's text (an otpauth URI a line, `codeDisplay` with what the app shows) and its encrypted JSON.
//!
//! Encrypted: a libsodium secretstream under a key that Argon2id makes of the password.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::secretstream;
use super::super::tools::draft::Draft;
use super::super::tools::json::Json;
use super::super::tools::kdf::Argon;
use super::uris;
use percent_encoding::percent_decode_str;

pub const FORMAT: Format = Format { name: "ente", extensions: &["txt", "json"], sniff, read, write: None };

/// The tag of what was in the app's bin.
const TRASHED: &str = "trashed";

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    (json.has("kdfParams") && json.has("encryptedData"))
        || file.plain_text().is_some_and(|text| text.contains("codeDisplay=") && text.contains("otpauth://"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let json = file.json();
    if matches!(json, Json::Null) {
        return Ok(entries(file.text()?));
    }
    let params = json.get("kdfParams");
    let number = |key| {
        params.number(key).ok().flatten().filter(|number| *number > 0).ok_or(ReadError::Lacks("kdfParams"))
    };
    let part = |text: &str, name| base64(text).ok_or(ReadError::Lacks(name));
    let salt = part(params.text("salt"), "kdfParams")?;
    let sealed = part(json.text("encryptedData"), "encryptedData")?;
    let header = part(json.text("encryptionNonce"), "encryptionNonce")?;
    let key = Argon::id(number("memLimit")? / 1024, number("opsLimit")?, 1).key(keys, &salt)?;
    let plain = secretstream(&key, &header, &sealed)?;
    Ok(entries(std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?))
}

fn entries(text: &str) -> Contents {
    uris::lines(text).map(|(number, line)| entry(Place::Line(number), line)).collect::<Vec<_>>().into()
}

fn entry(place: Place, line: &str) -> Entry {
    let display = display(line).unwrap_or_default();
    let mut tags: Vec<&str> = display.list("tags").iter().map(Json::as_text).collect();
    tags.extend(Some(TRASHED).filter(|_| display.is_true("trashed")));
    let draft =
        Draft { tags, note: display.text("note"), favourite: display.is_true("pinned"), ..Draft::default() };
    draft.entry_of_uri(place, line)
}

/// What the app shows with a code: JSON in a parameter of the URI.
fn display(line: &str) -> Option<Json> {
    let (_, value) = line.split_once("codeDisplay=")?;
    let value = value.split('&').next()?;
    Json::parse(&percent_decode_str(value).decode_utf8().ok()?).ok()
}
