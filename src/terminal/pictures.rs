//! Pictures that are read for the interface.

use crate::app::Codes;
use crate::explain::{Explain, Explanation, FileProblem, Reason as _, Trouble};
use crate::picture::{MAX_BYTES, PictureError, Reader};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// The texts of the codes in a picture.
pub(super) fn read(path: &Path) -> Codes {
    let system = |error| Trouble::File(path.into(), FileProblem::System(error)).explain();
    let bytes = bytes(path).map_err(system)?;
    let about = |error: PictureError| -> Explanation { error.about(path.display()) };
    Reader::this_program().read(&bytes).map_err(about)
}

fn bytes(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    // A pipe would be waited for, and with it every save after this.
    if !path.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
