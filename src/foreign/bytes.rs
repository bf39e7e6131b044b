//! The bytes of files, within bounds, in buffers that wipe themselves.

use crate::explain::{FileProblem, Trouble};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// All that can be read from `file`, at most this many bytes; `path` is what it is called.
pub fn read_within(file: impl Read, path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut bytes = Zeroizing::default();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| trouble(path, error))?;
    if bytes.len() as u64 > limit {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        return Err(Trouble::File(path.into(), FileProblem::TooLong { limit }));
    }
    Ok(bytes)
}

/// A whole file of at most this many bytes. Only an ordinary one: a pipe could be waited for without end.
pub fn read_regular(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let open = || {
        if path.metadata()?.is_file() { File::open(path) } else { Err(io::ErrorKind::InvalidInput.into()) }
    };
    read_within(open().map_err(|error| trouble(path, error))?, path, limit)
}

pub(super) fn trouble(path: &Path, error: io::Error) -> Trouble {
    Trouble::File(path.into(), FileProblem::System(error))
}
