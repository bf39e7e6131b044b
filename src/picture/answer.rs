//! The child's side: a picture comes on standard input, the answer goes to standard output.

use super::error::PictureError;
use super::{MAX_BYTES, board, confine, find, frame, load};
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// The argument that makes the program a child that decodes one picture. It is in no help: nobody types it.
pub const ARGUMENT: &str = "__decode-picture";

/// The same for a child that reads the picture on the clipboard.
pub(super) const OF_CLIPBOARD: &str = "__decode-clipboard";

/// Whether this argument makes the program such a child.
pub fn is_for_child(argument: &OsStr) -> bool {
    argument == ARGUMENT || argument == OF_CLIPBOARD
}

/// Decodes the picture on standard input, or on the clipboard. Gives up for good, before it has read a byte (or, since
/// a clipboard takes a connection, before it looks for codes), whatever else a process can do.
pub fn answer(argument: &OsStr) -> io::Result<()> {
    let answer = if argument == OF_CLIPBOARD { of_clipboard() } else { of_stdin() };
    let mut stdout = io::stdout().lock();
    stdout.write_all(&frame::write(&answer))?;
    stdout.flush()
}

fn of_stdin() -> Result<Vec<Zeroizing<String>>, PictureError> {
    sure(confine::confine())?;
    decode(&read()?)
}

fn of_clipboard() -> Result<Vec<Zeroizing<String>>, PictureError> {
    sure(confine::limit())?;
    let layers = board::fetch()?;
    sure(confine::confine())?;
    Ok(find::texts(&layers))
}

fn sure(confined: io::Result<()>) -> Result<(), PictureError> {
    confined.map_err(|_| PictureError::NoChild(io::ErrorKind::Other))
}

fn read() -> Result<Zeroizing<Vec<u8>>, PictureError> {
    let mut bytes = Zeroizing::new(Vec::new());
    io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|_| PictureError::Damaged)?;
    Ok(bytes)
}

/// The texts of a picture's codes, found by this very process: for the child, and for fuzzing.
pub fn decode(bytes: &[u8]) -> Result<Vec<Zeroizing<String>>, PictureError> {
    Ok(find::texts(&load::load(bytes)?))
}
