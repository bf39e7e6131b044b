//! The table of formats.

use super::entry::Entry;
use super::format::{Format, Keys, ReadError};
use super::{keyfob, sheet, uris};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 32 << 20;
/// The most entries that one file may have.
pub const MAX_ENTRIES: usize = 20_000;

/// Every format there is. Sniffing asks them in this order: what is sure of itself comes first.
pub const FORMATS: &[Format] = &[keyfob::FORMAT, sheet::FORMAT, uris::FORMAT];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format that a file seems to be of. Where several would take it, its name's ending decides.
pub fn sniff(bytes: &[u8], extension: Option<&str>) -> Option<&'static Format> {
    let takes = || FORMATS.iter().filter(|format| (format.sniff)(bytes));
    let named = |format: &&Format| {
        extension.is_some_and(|end| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(end)))
    };
    takes().find(named).or_else(|| takes().next())
}

/// Reads a file as this format, within the limits that hold for all of them.
pub fn read(format: &Format, bytes: &[u8], keys: Keys<'_>) -> Result<Vec<Entry>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let entries = (format.read)(bytes, keys)?;
    match entries.len() {
        0 => Err(ReadError::NoEntry),
        n if n > MAX_ENTRIES => Err(ReadError::TooManyEntries),
        _ => Ok(entries),
    }
}
