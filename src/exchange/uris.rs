//! `uris`: a text file of otpauth URIs, one a line, with `#` comments and blank lines.

use super::entry::{Entry, Names, Place, Refusal};
use super::format::{Format, Keys, ReadError};
use crate::device::{Device, otpauth};
use zeroize::Zeroizing;

pub(super) const FORMAT: Format =
    Format { name: "uris", extensions: &["txt", "uri", "uris"], sniff, read, write: Some(write) };

const SCHEMES: &[&str] = &["otpauth://", "otpauth-migration://", "steam://"];
const BYTE_ORDER_MARK: &str = "\u{feff}";

fn sniff(bytes: &[u8]) -> bool {
    text(bytes).is_ok_and(|text| lines(text).any(|(_, line)| starts_with_scheme(line)))
}

fn read(bytes: &[u8], _: Keys<'_>) -> Result<Vec<Entry>, ReadError> {
    let entries: Vec<Entry> = lines(text(bytes)?).map(|(number, line)| entry(number, line)).collect();
    // Prose alone is no list of URIs with every line refused: it is another kind of file.
    let all_prose = entries.iter().all(|entry| matches!(entry.found, Err((_, Refusal::NotAUri))));
    if all_prose { Err(ReadError::NoEntry) } else { Ok(entries) }
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::new());
    for device in devices {
        out.extend_from_slice(otpauth::to_uri(device).as_bytes());
        out.push(b'\n');
    }
    out
}

fn text(bytes: &[u8]) -> Result<&str, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::NotText)?;
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
}

/// The lines that say something, numbered from 1. A line ends at LF, CR LF or CR alone.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn entry(number: usize, line: &str) -> Entry {
    let found = if starts_with_scheme(line) {
        otpauth::parse(line).map_err(Refusal::Uri)
    } else {
        Err(Refusal::NotAUri)
    };
    Entry { place: Place::Line(number), found: found.map_err(|refusal| (Names::default(), refusal)) }
}

fn starts_with_scheme(line: &str) -> bool {
    let has = |scheme: &&str| line.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(has)
}
