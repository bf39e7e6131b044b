//! Key files: 32 bytes that go into the key beside the password, or instead of it.
//!
//! Source: <https://keepass.info/help/base/keys.html#keyfiles>, in the order in which `KeePass` looks.

use super::super::super::error::ReadError;
use super::super::super::tools::bytes::{base64, hex};
use super::super::super::tools::cipher::same;
use super::super::super::tools::xml::Element;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How many bytes a key has.
const KEY: usize = 32;
/// How many bytes of the key's hash stand beside it.
const PROOF: usize = 4;

/// The key that a file holds: as XML, as 32 bytes, as so many in hexadecimal digits, or else its hash.
pub fn key(file: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    if let Some(root) = xml(file) {
        return of_xml(&root);
    }
    if file.len() == KEY {
        return Ok(Zeroizing::new(file.to_vec()));
    }
    let digits = std::str::from_utf8(file).ok().filter(|text| text.len() == 2 * KEY);
    let hash = || Zeroizing::new(Sha256::digest(file).to_vec());
    Ok(digits.and_then(hex).unwrap_or_else(hash))
}

/// Any other XML is a file like any other.
fn xml(file: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)).ok()?;
    if !text.trim_start().starts_with('<') {
        return None;
    }
    Element::parse(text).ok().filter(|root| *root.name == *"KeyFile")
}

fn of_xml(root: &Element) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let version = root.child("Meta").map_or("", |meta| meta.text_of("Version")).trim();
    let data = root.child("Key").and_then(|key| key.child("Data")).ok_or(ReadError::BadKeyFile)?;
    match version.split_once('.').map_or(version, |(major, _)| major) {
        "1" => base64(&data.text).filter(|key| !key.is_empty()).ok_or(ReadError::BadKeyFile),
        "2" => {
            let digits: Zeroizing<String> = Zeroizing::new(data.text.split_whitespace().collect());
            let key = hex(&digits).filter(|key| key.len() == KEY).ok_or(ReadError::BadKeyFile)?;
            let proof = hex(data.attribute("Hash").trim()).ok_or(ReadError::BadKeyFile)?;
            let is_whole = Sha256::digest(&key).get(..PROOF).is_some_and(|hash| same(hash, &proof));
            if is_whole { Ok(key) } else { Err(ReadError::BadKeyFile) }
        }
        _ => Err(ReadError::Unsupported("a key file of another version than 1 and 2")),
    }
}
