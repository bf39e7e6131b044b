//! `gauth`: the file of the gauth program: `NAME:SECRET` a line, or an otpauth URI; in clear text or encrypted.
//!
//! Encrypted, by `openssl enc -aes-128-cbc -md sha256`: `Salted__`, salt (8), AES-128-CBC; SHA-256 of the password and the
//! salt is the key and the first block.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::{Bytes, base64};
use super::super::tools::cipher::aes_128_cbc;
use super::super::tools::draft::{Draft, base32};
use super::uris;
use crate::otp::Method;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "gauth", extensions: &["csv", "txt"], sniff, read, write: None };

/// The shortest text behind a colon that is taken for a secret where nothing else says so.
const LEAST_LETTERS: usize = 8;
/// What OpenSSL writes before the salt, and what that is with `-a`.
const SALTED: &[u8] = b"Salted__";
const SALTED_TEXT: &[u8] = b"U2FsdGVkX1";

fn sniff(file: &File<'_>) -> bool {
    sealed(file).is_some() || file.plain_text().is_some_and(is_list)
}

fn is_list(text: &str) -> bool {
    let mut pairs = 0;
    let fits = uris::lines(text).all(|(_, line)| {
        let pair =
            pair(line).is_some_and(|(_, secret)| secret.len() >= LEAST_LETTERS && base32(secret).is_ok());
        pairs += usize::from(pair);
        pair || line.to_ascii_lowercase().starts_with("otpauth://")
    });
    fits && pairs > 0
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let Some(sealed) = sealed(file) else { return Ok(entries(file.text()?)) };
    let plain = open(&sealed, keys)?;
    // Of the password only this is a proof.
    let text = std::str::from_utf8(&plain)
        .ok()
        .filter(|text| uris::lines(text).any(|(_, line)| pair(line).is_some() || line.contains("://")));
    text.map(entries).ok_or(ReadError::WrongPassword)
}

fn entries(text: &str) -> Contents {
    uris::lines(text).map(|(number, line)| entry(Place::Line(number), line)).collect::<Vec<_>>().into()
}

/// What OpenSSL made, also where it wrote it as text.
fn sealed<'a>(file: &File<'a>) -> Option<Cow<'a, [u8]>> {
    match file.bytes() {
        bytes if bytes.starts_with(SALTED) => Some(bytes.into()),
        bytes if bytes.starts_with(SALTED_TEXT) => Some(base64(file.text().ok()?)?.to_vec().into()),
        _ => None,
    }
}

fn open(sealed: &[u8], keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut bytes = Bytes::new(sealed);
    bytes.skip(SALTED);
    let salt = bytes.take(8)?;
    let hash = |password: &str| Sha256::new().chain_update(password).chain_update(salt).finalize().into();
    let hash: Zeroizing<[u8; 32]> = Zeroizing::new(keys.password()?.expose(hash));
    let (key, first) = hash.split_at_checked(16).ok_or(ReadError::Damaged)?;
    aes_128_cbc(key, first, bytes.rest())
}

fn entry(place: Place, line: &str) -> Entry {
    match pair(line) {
        Some((account, secret)) => {
            let what = base32(secret).map(|secret| (secret, Method::TOTP));
            Draft { account, ..Draft::default() }.entry(place, what)
        }
        None if line.contains("://") => Draft::default().entry_of_uri(place, line),
        None => Entry { place, found: Err((Names::default(), Refusal::Malformed)) },
    }
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let (name, secret) = line.split_once(':')?;
    (!line.contains("://") && !name.is_empty()).then_some((name.trim(), secret.trim()))
}
