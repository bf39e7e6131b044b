//! `bitwarden`: Bitwarden's vault (JSON, CSV, JSON with a password of its own, a zip archive with JSON and attachments)
//! and Bitwarden Authenticator's exports (JSON, CSV).
//!
//! Encrypted: PBKDF2-SHA256 or Argon2id makes a key of the password, HKDF (RFC 5869, its second step) makes of that
//! one key for AES-256-CBC and one for HMAC-SHA256; `2.NONCE|DATA|MAC` in base64 is one sealed text.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::{aes_cbc, same};
use super::super::tools::draft::Draft;
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Argon, Hash};
use super::super::tools::sheet::{self, Columns};
use super::super::tools::zip::Archive;
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub const FORMAT: Format =
    Format { name: "bitwarden", extensions: &["json", "csv", "zip"], sniff, read, write: None };

/// The vault in an archive.
const MEMBER: &str = "data.json";

const COLUMNS: Columns = Columns {
    issuer: &["name"],
    account: &["login_username"],
    secret: &["login_totp"],
    favourite: &["favorite"],
    ..Columns::NONE
};

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    json.has("passwordProtected")
        || (json.has("encrypted") && (json.has("items") || json.has("encKeyValidation_DO_NOT_EDIT")))
        || is_items(json)
        || file.members().iter().any(|name| name == MEMBER)
        || sheet::has(&file.columns(), &["login_totp", "name"])
}

/// Something called items is in cotp's files too, but there they are texts.
fn is_items(json: &Json) -> bool {
    json.list("items").iter().any(|item| item.has("login"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if !file.members().is_empty() {
        let data = Archive::open(file.bytes())?.member(|name| name == MEMBER, keys)?;
        let data = data.ok_or(ReadError::Lacks(MEMBER))?;
        return vault(&Json::parse(std::str::from_utf8(&data).map_err(|_| ReadError::NotText)?)?, keys);
    }
    match file.json() {
        Json::Null => Ok(sheet::read(file.text()?, &COLUMNS)?.into()),
        json => vault(json, keys),
    }
}

fn vault(json: &Json, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if !json.is_true("encrypted") {
        return entries(json);
    }
    if !json.is_true("passwordProtected") {
        // Sealed with the account's own key, which no password of the file opens.
        return Err(ReadError::Unsupported("an export for one Bitwarden account only"));
    }
    let plain = open(json, keys)?;
    entries(&Json::parse(std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?)?)
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    let items = json.get("items").as_list().ok_or(ReadError::Lacks("items"))?;
    let with_codes = items.iter().enumerate().filter(|(_, item)| !item.get("login").text("totp").is_empty());
    Ok(with_codes.map(|(index, item)| entry(Place::Entry(index + 1), item)).collect::<Vec<_>>().into())
}

fn entry(place: Place, item: &Json) -> Entry {
    let login = item.get("login");
    let draft = Draft {
        issuer: item.text("name"),
        account: login.text("username"),
        favourite: item.is_true("favorite"),
        ..Draft::default()
    };
    draft.entry_of_field(place, login.text("totp"), Facts::default())
}

fn open(json: &Json, keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let salt = json.text("salt").as_bytes();
    let number = |key| json.number(key).ok().flatten().ok_or(ReadError::Lacks("kdfIterations"));
    let mut key = Zeroizing::new([0; 32]);
    match number("kdfType")? {
        0 => kdf::pbkdf2(keys, Hash::Sha256, salt, number("kdfIterations")?, key.as_mut_slice())?,
        1 => {
            let kibibytes = number("kdfMemory")?.saturating_mul(1024);
            let argon = Argon::id(kibibytes, number("kdfIterations")?, number("kdfParallelism")?);
            key = argon.key(keys, &Sha256::digest(salt))?;
        }
        _ => return Err(ReadError::Unsupported("this key derivation")),
    }
    let (cipher_key, mac_key) = (expand(&key, b"enc"), expand(&key, b"mac"));
    unseal(json.text("encKeyValidation_DO_NOT_EDIT"), &cipher_key, &mac_key)?;
    // The password was right: what does not open now is damaged.
    unseal(json.text("data"), &cipher_key, &mac_key).map_err(|_| ReadError::Damaged)
}

/// One block of HKDF-Expand.
fn expand(key: &[u8; 32], info: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(mac(key, &[info, &[1]]))
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a shorter key up with zeros to the size of a block (RFC 2104 section 2).
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mac = Hmac::<Sha256>::new((&*block).into());
    parts.iter().fold(mac, Mac::chain_update).finalize().into_bytes().into()
}

fn unseal(text: &str, cipher_key: &[u8; 32], mac_key: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let parts: Option<Vec<_>> =
        text.strip_prefix("2.").and_then(|parts| parts.split('|').map(base64).collect());
    let Some([iv, data, tag]) = parts.as_deref() else { return Err(ReadError::Lacks("data")) };
    if !same(&mac(mac_key, &[iv, data]), tag) {
        return Err(ReadError::WrongPassword);
    }
    aes_cbc(cipher_key, iv, data)
}
