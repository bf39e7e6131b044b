//! Files that `OpenPGP` encrypts (those of a pass store, andOTP's), decrypted by the user's own gpg, which knows the keys
//! and asks for their passphrase itself.

use super::bytes;
use crate::exchange::MAX_BYTES;
use crate::explain::Trouble;
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

/// The name that such a file had before it was encrypted; none for a file that is no such.
pub(super) fn inner_name<'a>(name: &'a str, bytes: &[u8]) -> Option<&'a str> {
    let ending = name.rsplit_once('.').filter(|(stem, end)| {
        !stem.is_empty() && ["gpg", "pgp"].iter().any(|known| end.eq_ignore_ascii_case(known))
    });
    let armoured = bytes.trim_ascii_start().starts_with(b"-----BEGIN PGP MESSAGE-----").then_some(name);
    ending.map(|(stem, _)| stem).or(armoured.map(|name| name.strip_suffix(".asc").unwrap_or(name)))
}

/// What stands in a file; none when gpg has no key for it, or the person did not unlock it. Where it may not ask,
/// the key has to be unlocked already: its question would be drawn over the full screen.
pub(super) fn decrypt(path: &Path, may_ask: bool) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
    let trouble = |error| bytes::trouble(path, error);
    let silent: &[&str] = if may_ask { &[] } else { &["--batch", "--pinentry-mode", "error"] };
    let mut gpg = Command::new("gpg")
        .args(silent)
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
