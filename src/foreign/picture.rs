//! Pictures with QR codes.

use super::error::NotRead;
use crate::exchange::{Contents, from_codes};
use crate::picture::Reader;
use std::path::Path;

/// What pictures are called where files of other apps have the name of a format.
pub const FORMAT: &str = "picture";

/// What the codes in a picture say.
pub fn contents(path: &Path, bytes: &[u8]) -> Result<Contents, NotRead> {
    let texts = Reader::this_program().read(bytes).map_err(|error| NotRead::Picture(path.into(), error))?;
    from_codes(&texts).map_err(|error| NotRead::Format(path.into(), error))
}
