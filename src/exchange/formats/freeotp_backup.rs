//! `freeotp-backup`: FreeOTP 2's `externalBackup.xml`, which is no XML but a Java `HashMap` of texts, serialised.
//!
//! Encrypted: `masterKey` is sealed with AES-GCM under a key that PBKDF2-SHA512 makes of the password; each token is
//! sealed under the master key, and what the token is called stands beside it in clear text.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::cipher::aes_gcm;
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Hash};
use super::super::tools::{File, java};
use super::freeotp;
use crate::otp::Secret;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "freeotp-backup", extensions: &["xml"], sniff, read, write: None };

const MASTER_KEY: &str = "masterKey";
const TOKEN: &str = "-token";

fn sniff(file: &File<'_>) -> bool {
    java::is_stream(file.bytes())
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let map: BTreeMap<_, _> = java::string_map(file.bytes())?.into_iter().collect();
    let json = |key: &str| map.get(key).map(|text| Json::parse(text)).transpose();
    let master = master_key(&json(MASTER_KEY)?.ok_or(ReadError::Lacks(MASTER_KEY))?, keys)?;
    let mut entries = Vec::new();
    for (id, text) in map.iter().filter_map(|(key, text)| Some((key.strip_suffix(TOKEN)?, text))) {
        let place = Place::Entry(entries.len() + 1);
        let sealed = json(id).ok().flatten().unwrap_or_default();
        entries.push(match Json::parse(text) {
            Ok(token) => entry(place, &token, secret(&sealed, &master)),
            Err(_) => Entry { place, found: Err((Names::default(), Refusal::Malformed)) },
        });
    }
    Ok(entries.into())
}

fn master_key(json: &Json, keys: Keys<'_>) -> Result<Zeroizing<[u8; 32]>, ReadError> {
    let lacks = || ReadError::Lacks(MASTER_KEY);
    let hash = match json.text("mAlgorithm") {
        "PBKDF2withHmacSHA512" => Hash::Sha512,
        "PBKDF2withHmacSHA256" => Hash::Sha256,
        "PBKDF2withHmacSHA1" => Hash::Sha1,
        _ => return Err(ReadError::Unsupported("this key derivation")),
    };
    let salt = json.get("mSalt").bytes().ok_or_else(lacks)?;
    let rounds = json.number("mIterations").ok().flatten().ok_or_else(lacks)?;
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, hash, &salt, rounds, key.as_mut_slice())?;
    let master = unseal(json.get("mEncryptedKey"), &key)?;
    <[u8; 32]>::try_from(master.as_slice()).map(Zeroizing::new).map_err(|_| lacks())
}

/// A key as FreeOTP seals it: what kind of key it is goes into the tag.
fn unseal(json: &Json, key: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    if json.text("mCipher") != "AES/GCM/NoPadding" {
        return Err(ReadError::Unsupported("this cipher"));
    }
    let sealed = json.get("mCipherText").bytes().ok_or(ReadError::Damaged)?;
    let params = json.get("mParameters").bytes().ok_or(ReadError::Damaged)?;
    aes_gcm(key, nonce(&params).ok_or(ReadError::Damaged)?, &sealed, json.text("mToken").as_bytes())
}

/// `GCMParameters` of RFC 5084 in DER, a sequence of the nonce and the length of the tag; old Androids write the nonce
/// alone.
fn nonce(der: &[u8]) -> Option<&[u8]> {
    let der = der.strip_prefix(&[0x30]).map_or(der, |rest| rest.get(1..).unwrap_or_default());
    let (length, rest) = der.strip_prefix(&[0x04])?.split_first()?;
    rest.get(..usize::from(*length))
}

fn secret(sealed: &Json, master: &[u8; 32]) -> Result<(Secret, String), Refusal> {
    let key = Json::parse(sealed.text("key")).map_err(|_| Refusal::NoSecret)?;
    let plain = unseal(&key, master).map_err(|_| Refusal::SecretEncrypted)?;
    // The key's kind says the hash, where the token does not.
    Ok((Secret::from_bytes(&plain)?, key.text("mToken").to_owned()))
}

fn entry(place: Place, token: &Json, secret: Result<(Secret, String), Refusal>) -> Entry {
    let what = secret.and_then(|(secret, hash)| {
        let algorithm = Some(token.text("algo")).filter(|algo| !algo.is_empty()).unwrap_or(&hash);
        Ok((secret, Facts::from_json(token, freeotp::kind(token), algorithm).method()?))
    });
    freeotp::draft(token).entry(place, what)
}
