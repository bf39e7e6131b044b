//! Pictures that are read for the interface.

use crate::app::Codes;
use crate::explain::{Explain as _, Reason as _};
use crate::foreign::read_regular;
use crate::picture::{MAX_BYTES, PictureError, Reader};
use std::path::Path;

/// The texts of the codes in a picture.
pub(super) fn read(path: &Path) -> Codes {
    let bytes = read_regular(path, MAX_BYTES).map_err(|trouble| trouble.explain())?;
    Reader::this_program().read(&bytes).map_err(|error: PictureError| error.about(path.display()))
}
