//! Files of a pass store, decrypted by the user's own gpg, which knows the keys and asks for their passphrase itself.

use super::failure::Failure;
use crate::exchange::MAX_BYTES;
use crate::explain::{FileProblem, Trouble};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// Of which format the files of a store are.
pub(super) const FORMAT: &str = "pass";

/// The name without `.gpg`; none for any other name.
pub(super) fn without_ending(name: &str) -> Option<&str> {
    name.strip_suffix(".gpg").filter(|name| !name.is_empty())
}

/// What stands in a file; none when gpg has no key for it, or the person did not unlock it.
pub(super) fn decrypt(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let trouble = |error: io::Error| Trouble::File(path.into(), FileProblem::System(error));
    let mut gpg = Command::new("gpg")
        .args(["--quiet", "--decrypt", "--"])
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(
            |error| if error.kind() == io::ErrorKind::NotFound { Trouble::NoGpg } else { trouble(error) },
        )?;
    let mut bytes = Zeroizing::new(Vec::new());
    let read = match gpg.stdout.take() {
        Some(stdout) => stdout.take(MAX_BYTES).read_to_end(&mut bytes),
        None => Ok(0),
    };
    let ended = gpg.wait().map_err(trouble)?;
    read.map_err(trouble)?;
    Ok(ended.success().then_some(bytes))
}
