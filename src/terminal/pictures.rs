//! Pictures that are read for the interface.

use super::post::{Event, Post};
use crate::app::{Codes, Outcome};
use crate::explain::{Explain as _, Reason as _};
use crate::foreign::read_regular;
use crate::picture::{MAX_BYTES, PictureError, Reader};
use std::path::Path;

/// Reads the codes in the picture on the clipboard, in a thread of its own: a display that does not answer is waited for,
/// and nothing else shall be.
pub(super) fn read_clipboard(post: Post) {
    std::thread::spawn(move || {
        let codes = Reader::this_program().read_clipboard();
        let codes = codes.map_err(|error: PictureError| error.about("the clipboard"));
        post.send(Event::Aside(Outcome::ClipboardRead { codes }));
    });
}

/// The texts of the codes in a picture.
pub(super) fn read(path: &Path) -> Codes {
    let bytes = read_regular(path, MAX_BYTES).map_err(|trouble| trouble.explain())?;
    Reader::this_program().read(&bytes).map_err(|error: PictureError| error.about(path.display()))
}
