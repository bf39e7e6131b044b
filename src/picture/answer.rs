//! The child's side: a picture comes on standard input, the answer goes to standard output.

use super::error::PictureError;
use super::{MAX_BYTES, confine, find, frame, load};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// The argument that makes the program a child that decodes one picture. It is in no help: nobody types it.
pub const ARGUMENT: &str = "__decode-picture";

/// Decodes the picture on standard input. Gives up for good, before it has read a byte, whatever else a
/// process can do.
pub fn answer() -> io::Result<()> {
    let answer = match confine::confine() {
        Ok(()) => read().and_then(|bytes| decode(&bytes)),
        Err(_) => Err(PictureError::NoChild(io::ErrorKind::Other)),
    };
    let mut stdout = io::stdout().lock();
    stdout.write_all(&frame::write(&answer))?;
    stdout.flush()
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
