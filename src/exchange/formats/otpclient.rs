//! `otpclient`: OTPClient's database. Its exports are Aegis', andOTP's, 2FAS' and lists of URIs.
//!
//! AES-256-GCM with a nonce of 16 bytes, the head of the file being authenticated too. Version 1: nonce, salt (32),
//! PBKDF2-SHA512 in 100,000 rounds. From version 2 on the head names itself, its version and what Argon2id shall
//! cost: in the machine's own byte order and with gaps in version 2, big-endian in version 3. The list inside ends in a
//! NUL. Of a password that is not ASCII, older programs took as many bytes as it has characters.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::Bytes;
use super::super::tools::cipher::aes_gcm_16;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Argon, Hash, Key};
use zeroize::Zeroizing;

pub const FORMAT: Format =
    Format { name: "otpclient", extensions: &["enc", "json"], sniff, read, write: None };

const MAGIC: &[u8] = b"OTPClient";
const OLD_ROUNDS: u64 = 100_000;
/// Nonce, salt and tag of version 1, which nothing but its name tells.
const LEAST: usize = 16 + 32 + 16;

fn sniff(file: &File<'_>) -> bool {
    let is_entry = |json: &Json| ["type", "label", "secret", "algo"].iter().all(|key| json.has(key));
    file.bytes().starts_with(MAGIC)
        || (file.ends_in("enc") && file.is_binary() && file.bytes().len() >= LEAST)
        || file.json().as_list().is_some_and(|list| list.iter().any(is_entry))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if let Some(list) = file.json().as_list() {
        return Ok(draft::entries(list, entry).into());
    }
    let plain = open(file.bytes(), keys)?;
    let text = std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?;
    let json = Json::parse(text.trim_end_matches('\0'))?;
    Ok(draft::entries(json.as_list().ok_or(ReadError::Damaged)?, entry).into())
}

fn open(file: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    keys.password()?.expose(|password| {
        let short = password.as_bytes().get(..password.chars().count());
        match open_with(file, keys, password.as_bytes()) {
            Err(ReadError::WrongPassword) if !password.is_ascii() => {
                open_with(file, keys, short.unwrap_or_default())
            }
            opened => opened,
        }
    })
}

fn open_with(file: &[u8], keys: Keys<'_>, password: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut bytes = Bytes::new(file);
    let (key, nonce) = if !bytes.skip(MAGIC) {
        let (nonce, salt) = (bytes.take(16)?, bytes.take(32)?);
        let mut key = Key::default();
        kdf::pbkdf2_from(password, Hash::Sha512, salt, OLD_ROUNDS, key.as_mut_slice())?;
        (key, nonce)
    } else if bytes.skip(&[0, 0, 0, 3]) {
        argon(&mut bytes, u32::from_be_bytes, keys, password)?
    } else if bytes.skip(&[0, 0, 0, 2, 0, 0, 0]) {
        argon(&mut bytes, u32::from_le_bytes, keys, password)?
    } else {
        return Err(ReadError::Unsupported("this version"));
    };
    let (head, sealed) = file.split_at_checked(file.len() - bytes.left()).ok_or(ReadError::Damaged)?;
    aes_gcm_16(&key, nonce, sealed, head)
}

fn argon<'a>(
    bytes: &mut Bytes<'a>,
    number: fn([u8; 4]) -> u32,
    keys: Keys<'_>,
    password: &[u8],
) -> Result<(Key, &'a [u8]), ReadError> {
    let (nonce, salt) = (bytes.take(16)?, bytes.take(32)?);
    let mut next = || bytes.array().map(|bytes| u64::from(number(bytes)));
    let (passes, kibibytes, lanes) = (next()?, next()?, next()?);
    Ok((Argon::id(kibibytes, passes, lanes).key_from(keys, password, salt)?, nonce))
}

fn entry(place: Place, json: &Json) -> Entry {
    let (issuer, account) = (json.text("issuer"), json.text("label"));
    // Steam's devices are TOTP there, told by their issuer.
    let kind = if issuer.eq_ignore_ascii_case("steam") { "steam" } else { json.text("type") };
    let facts = Facts::from_json(json, kind, json.text("algo"));
    let what = facts.method().and_then(|method| Ok((base32(json.text("secret"))?, method)));
    Draft { issuer, account, tags: vec![json.text("group")], ..Draft::default() }.entry(place, what)
}
