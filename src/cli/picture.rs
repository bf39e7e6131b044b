//! Pictures with QR codes, for `add` and `import`.

use super::failure::Failure;
use super::open::read_file;
use crate::exchange::{Entry, from_codes};
use crate::explain::Reason as _;
use crate::picture::{MAX_BYTES, Reader};
use std::path::Path;

/// What pictures are called where files of other apps have the name of a format.
pub(super) const FORMAT: &str = "picture";

/// What the codes in a picture say.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>, Failure> {
    entries(path, &read_file(path, MAX_BYTES)?)
}

/// The same, where the file was read already.
pub(super) fn entries(path: &Path, bytes: &[u8]) -> Result<Vec<Entry>, Failure> {
    let texts = Reader::this_program().read(bytes).map_err(|error| error.about(path.display()))?;
    from_codes(&texts).map_err(|error| error.about(path.display()).into())
}
