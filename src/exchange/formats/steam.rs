//! `steam`: the maFile of Steam Desktop Authenticator and its like, in clear text or encrypted, and the app's own JSON.
//!
//! Encrypted: AES-256-CBC under a key that PBKDF2-SHA1 makes of the password in 50,000 rounds, or (steamguard-cli)
//! Argon2id (62,500 KiB, 3 passes, 4 lanes); salt and first block stand in `manifest.json` beside it.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::aes_cbc;
use super::super::tools::draft::{self, Draft};
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Argon, Hash, Key};
use crate::otp::Method;
use zeroize::Zeroizing;

pub const FORMAT: Format =
    Format { name: "steam", extensions: &["maFile", "json"], sniff, read, write: None };

const MANIFEST: &str = "manifest.json";
const ROUNDS: u64 = 50_000;

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    let is_encrypted = file.ends_in("maFile") && file.plain_text().is_some_and(|text| base64(text).is_some());
    is_encrypted || json.has("shared_secret") || matches!(json.get("accounts"), Json::Map(_))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if let Some(text) = file.plain_text() {
        let plain = open(file.name(), text, keys)?;
        // Of the password only this is a proof.
        let json = std::str::from_utf8(&plain).ok().and_then(|text| Json::parse(text).ok());
        let json = json.filter(|json| json.has("shared_secret")).ok_or(ReadError::WrongPassword)?;
        return Ok(vec![entry(Place::Entry(1), &json)].into());
    }
    match file.json().get("accounts") {
        Json::Map(accounts) if !file.json().has("shared_secret") => {
            // What says nothing of an account is something that the app keeps beside them.
            let is_account = |json: &&Json| json.has("shared_secret") || json.has("account_name");
            let accounts = accounts.iter().map(|(_, json)| json).filter(is_account);
            Ok(draft::entries(accounts, entry).into())
        }
        _ => Ok(vec![entry(Place::Entry(1), file.json())].into()),
    }
}

fn open(name: &str, text: &str, keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let lacks = || ReadError::Lacks(MANIFEST);
    let manifest = keys.companion.ok_or(ReadError::CompanionNeeded { name: MANIFEST })?;
    let manifest = Json::parse(std::str::from_utf8(manifest).map_err(|_| lacks())?)?;
    let name = name.rsplit('/').next().unwrap_or(name);
    let is_ours = |entry: &&Json| entry.text("filename").eq_ignore_ascii_case(name);
    let ours = manifest.list("entries").iter().find(is_ours).ok_or_else(lacks)?;
    let part = |text| base64(text).filter(|part| !part.is_empty()).ok_or_else(lacks);
    let newer = ours.get("encryption");
    let salt = part(ours.text("encryption_salt")).or_else(|_| part(newer.text("salt")))?;
    let iv = part(ours.text("encryption_iv")).or_else(|_| part(newer.text("iv")))?;
    let key = match newer.text("scheme") {
        "" | "LegacySdaCompatible" => {
            let mut key = Key::default();
            kdf::pbkdf2(keys, Hash::Sha1, &salt, ROUNDS, key.as_mut_slice())?;
            key
        }
        "Argon2idAes256" => Argon::id(62_500, 3, 4).key(keys, &salt)?,
        _ => return Err(ReadError::Unsupported("this key derivation")),
    };
    aes_cbc(key.as_slice(), &iv, &base64(text).ok_or(ReadError::Damaged)?)
}

/// `shared_secret` is the truth; the URI that stands beside it holds the same only in some files.
fn entry(place: Place, json: &Json) -> Entry {
    let what = draft::base64(json.text("shared_secret")).map(|secret| (secret, Method::Steam));
    Draft { issuer: "Steam", account: json.text("account_name"), ..Draft::default() }.entry(place, what)
}
