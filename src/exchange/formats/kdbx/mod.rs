//! `kdbx`: databases of KeePass and KeePassXC, versions 3 and 4, opened with a password, a key file or both.
//!
//! Written here and not taken from a crate, because a file says itself what opening it shall cost: its key derivation
//! has to be bounded before it is run, and what it unpacks to while it is unpacked.
//! Source: <https://keepass.info/help/kb/kdbx.html>.

mod body;
mod head;
mod kdf;
mod key_file;

use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::{Bytes, base64};
use super::super::tools::cipher::{Stream, same};
use super::super::tools::xml::Element;
use super::super::tools::zip::gunzip;
use super::keepass;
use body::{Proofs, hashed_blocks, proven_blocks};
use head::{Head, Inner};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "kdbx", extensions: &["kdbx"], sniff, read, write: None };

const MAGIC: &[u8] = &[0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];
/// The first half of it: `KeePass` 1 and test versions of 2 go on in another way.
const FAMILY: &[u8] = &[0x03, 0xd9, 0xa2, 0x9a];

fn sniff(file: &File<'_>) -> bool {
    file.bytes().starts_with(FAMILY)
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let mut bytes = Bytes::new(file.bytes());
    if !bytes.skip(MAGIC) {
        let is_old = file.bytes().starts_with(FAMILY);
        let what = "KeePass 1's KDB (KeePass 2 and KeePassXC save it as KDBX)";
        return Err(if is_old { ReadError::Unsupported(what) } else { ReadError::NotThis });
    }
    let head = Head::read(&mut bytes)?;
    let length = file.bytes().len() - bytes.left();
    let raw = file.bytes().get(..length).ok_or(ReadError::Damaged)?;
    let root = if head.is_old { read_3(&head, raw, bytes, keys) } else { read_4(&head, raw, bytes, keys) };
    keepass::document(&root.map_err(|error| told(error, keys))?)
}

/// What is missing or wrong, where that may be the key file: the database itself does not say whether it has one.
fn told(error: ReadError, keys: Keys<'_>) -> ReadError {
    let with_file = keys.key_file.is_some();
    match error {
        // The key file may have been all of it, and was not.
        ReadError::WrongPassword if keys.password.is_none() => ReadError::KeyNeeded { with_file },
        ReadError::WrongPassword => ReadError::WrongKey { with_file },
        ReadError::PasswordNeeded => ReadError::KeyNeeded { with_file },
        error => error,
    }
}

/// Version 4: head and blocks are proven by the key, and the fields' own stream stands in a second head.
fn read_4(head: &Head<'_>, raw: &[u8], mut bytes: Bytes<'_>, keys: Keys<'_>) -> Result<Element, ReadError> {
    if !same(&Sha256::digest(raw), bytes.take(32)?) {
        return Err(ReadError::Damaged);
    }
    let derived = head.kdf.key(keys)?;
    let proofs = Proofs::new(head.seed, &derived);
    if !same(&proofs.of_head(raw), bytes.take(32)?) {
        return Err(ReadError::WrongPassword);
    }
    let sealed = proven_blocks(bytes, &proofs)?;
    // Every block was proven: what is wrong with the padding now is no wrong password.
    let plain = head.open(&derived, sealed).map_err(|error| match error {
        ReadError::WrongPassword => ReadError::Damaged,
        error => error,
    })?;
    let plain = if head.is_packed { gunzip(&plain)? } else { plain };
    let mut bytes = Bytes::new(&plain);
    let stream = Inner::read(&mut bytes)?.stream()?;
    document(bytes.rest(), stream)
}

/// Version 3: only that the text starts as the head says proves the key, and each block has a plain hash.
fn read_3(head: &Head<'_>, raw: &[u8], bytes: Bytes<'_>, keys: Keys<'_>) -> Result<Element, ReadError> {
    let derived = head.kdf.key(keys)?;
    let plain = head.open(&derived, Zeroizing::new(bytes.rest().to_vec()))?;
    if head.start.is_empty() || !plain.starts_with(head.start) {
        return Err(ReadError::WrongPassword);
    }
    let mut bytes = Bytes::new(&plain);
    bytes.skip(head.start);
    let text = hashed_blocks(bytes)?;
    let text = if head.is_packed { gunzip(&text)? } else { text };
    let root = document(&text, head.inner.stream()?)?;
    let noted = root.child("Meta").map_or("", |meta| meta.text_of("HeaderHash"));
    let is_noted = |hash: Zeroizing<Vec<u8>>| same(&hash, &Sha256::digest(raw));
    if noted.is_empty() || base64(noted).is_some_and(is_noted) { Ok(root) } else { Err(ReadError::Damaged) }
}

fn document(text: &[u8], mut stream: Stream) -> Result<Element, ReadError> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut root = Element::parse(std::str::from_utf8(text).map_err(|_| ReadError::Damaged)?)?;
    reveal(&mut root, &mut stream)?;
    Ok(root)
}

/// Opens every sealed field, in the order of the document: the stream goes on from one to the next.
fn reveal(element: &mut Element, stream: &mut Stream) -> Result<(), ReadError> {
    if element.attribute("Protected").eq_ignore_ascii_case("true") {
        let mut bytes = base64(&element.text).ok_or(ReadError::Damaged)?;
        stream.apply(&mut bytes)?;
        // An attachment is sealed too, and no text: nobody looks at it.
        element.text = Zeroizing::new(std::str::from_utf8(&bytes).unwrap_or_default().to_owned());
    }
    element.children.iter_mut().try_for_each(|child| reveal(child, stream))
}
