//! What was read.

use crate::exchange::{self, Contents, Entry, File, Keys, Part, ReadError};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A file that was read: what stands in it, and as what it was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Which file; empty for what is none.
    pub path: PathBuf,
    /// The name of its format.
    pub format: &'static str,
    /// Its entries, in their order.
    pub entries: Vec<Entry>,
    /// Which parts of batches are in it.
    pub parts: Vec<Part>,
}

impl Read {
    pub(super) fn new(path: PathBuf, format: &'static str, contents: Contents) -> Self {
        Self { path, format, entries: contents.entries, parts: contents.parts }
    }
}

/// Reads URIs that were pasted, one a line.
pub fn of_text(text: &str) -> Result<Read, ReadError> {
    let format = exchange::by_name("uris").ok_or(ReadError::UnknownFormat)?;
    let contents = exchange::read(format, &File::new("", text.as_bytes()), Keys::default())?;
    Ok(Read::new(PathBuf::new(), format.name, contents))
}

/// Reads the texts of a picture's codes.
pub fn of_codes(path: PathBuf, codes: &[Zeroizing<String>]) -> Result<Read, ReadError> {
    Ok(Read::new(path, super::PICTURE, exchange::from_codes(codes)?))
}
