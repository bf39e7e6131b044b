//! Other apps' files, read and written.

mod damage;
mod elsewhere;
pub mod fixtures;
pub mod kdbx;
mod key_files;
mod migration;
mod samples;
mod sealed;
mod sealed_more;
mod spellings;
mod sturdy;
pub mod written;

use keyfob::device::Candidate;
use keyfob::exchange::{Contents, File, Keys, ReadError, Refusal, read, sniff};
use keyfob::vault::Passphrase;
use zeroize::Zeroizing;

/// The secret of RFC 4226, as base32.
pub const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.into())).unwrap()
}

/// What a file is found to be, and what stands in it.
pub fn opened(file: &File<'_>, keys: Keys<'_>) -> Result<(&'static str, Contents), ReadError> {
    let format = sniff(file).ok_or_else(|| file.problem())?;
    Ok((format.name, read(format, file, keys)?))
}

/// The same for a file of this name, with a password or without.
pub fn read_as(
    name: &str,
    bytes: &[u8],
    password: Option<&str>,
) -> Result<(&'static str, Contents), ReadError> {
    let password = password.map(passphrase);
    let keys = Keys { password: password.as_ref(), dear: true, ..Keys::default() };
    opened(&File::new(name, bytes), keys)
}

/// The devices among the entries.
pub fn devices(contents: &Contents) -> Vec<&Candidate> {
    contents.entries.iter().filter_map(|entry| entry.found.as_ref().ok()).collect()
}

/// Why the others are none.
pub fn refusals(contents: &Contents) -> Vec<&Refusal> {
    contents
        .entries
        .iter()
        .filter_map(|entry| entry.found.as_ref().err().map(|(_, refusal)| refusal))
        .collect()
}
