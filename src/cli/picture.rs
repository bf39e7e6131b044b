//! Pictures with QR codes, for `add` and `import`.

use super::failure::Failure;
use super::open::read_file;
use crate::exchange::{Contents, Entry, from_codes, missing_parts};
use crate::explain::Reason as _;
use crate::picture::{MAX_BYTES, Reader};
use std::path::Path;

/// What pictures are called where files of other apps have the name of a format.
pub(super) const FORMAT: &str = "picture";

/// What the codes in a picture say, and which parts of a batch are missing there.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>, Failure> {
    let Contents { mut entries, parts } = contents(path, &read_file(path, MAX_BYTES)?)?;
    entries.extend(missing_parts(&parts));
    Ok(entries)
}

/// What the codes in a picture say, where it was read already.
pub(super) fn contents(path: &Path, bytes: &[u8]) -> Result<Contents, Failure> {
    let texts = Reader::this_program().read(bytes).map_err(|error| error.about(path.display()))?;
    from_codes(&texts).map_err(|error| error.about(path.display()).into())
}
