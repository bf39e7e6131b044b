//! The table of formats.

use super::error::ReadError;
use super::format::{Contents, Format};
use super::formats::{
    aegis, andotp, authy, aws, bitwarden, cotp, csv, duo, ente, freeotp, freeotp_backup, freeotp_plus, gauth,
    html, kdbx, keepass, keyfob, lastpass, migration, one_password, otpclient, pass, proton, raivo, steam,
    stratum, twofas, uris, winauth,
};
use super::keys::Keys;
use super::tools::File;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 32 << 20;
/// The most entries that one file may have.
pub const MAX_ENTRIES: usize = 20_000;

/// Every format there is. Sniffing asks them in this order: what is sure of itself comes first.
pub const FORMATS: &[Format] = &[
    // Files with a mark of their own.
    keyfob::FORMAT,
    kdbx::FORMAT,
    html::FORMAT,
    stratum::FORMAT,
    freeotp_backup::FORMAT,
    // JSON with keys of its own.
    aegis::FORMAT,
    twofas::FORMAT,
    bitwarden::FORMAT,
    ente::FORMAT,
    proton::FORMAT,
    cotp::FORMAT,
    freeotp_plus::FORMAT,
    lastpass::FORMAT,
    steam::FORMAT,
    raivo::FORMAT,
    authy::FORMAT,
    duo::FORMAT,
    otpclient::FORMAT,
    aws::FORMAT,
    // XML, archives and tables.
    freeotp::FORMAT,
    keepass::FORMAT,
    one_password::FORMAT,
    winauth::FORMAT,
    csv::FORMAT,
    // Texts, and what only looks like it.
    pass::FORMAT,
    migration::FORMAT,
    gauth::FORMAT,
    uris::FORMAT,
    andotp::FORMAT,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// What says nothing of a file: people give this ending to whatever they look at.
const NO_ENDING: &str = "txt";

/// The format that a file seems to be of. Where several would take it, its name's ending decides.
pub fn sniff(file: &File<'_>) -> Option<&'static Format> {
    let takes = || FORMATS.iter().filter(|format| (format.sniff)(file));
    let ends = |end: &&'static str| *end != NO_ENDING && file.ends_in(end);
    takes().find(|format| format.extensions.iter().any(ends)).or_else(|| takes().next())
}

/// Reads a file as this format, within the limits that hold for all of them.
pub fn read(format: &Format, file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if file.bytes().is_empty() {
        return Err(ReadError::Empty);
    }
    if file.bytes().len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let contents = (format.read)(file, keys)?;
    match contents.entries.len() {
        0 => Err(ReadError::NoEntry),
        n if n > MAX_ENTRIES => Err(ReadError::TooManyEntries),
        _ => Ok(contents),
    }
}
