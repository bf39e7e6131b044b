//! `uris`: a text with otpauth URIs, one a line, with `#` comments and blank lines. `otpauth-migration:` URIs and
//! `steam:` ones may stand among them, and words before them.

use super::super::entry::{Entry, Names, Part, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::{File, google};
use crate::device::{Device, otpauth};
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "uris",
    extensions: &["txt", "uri", "uris"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: None }),
};

const SCHEMES: &[&str] = &["otpauth://", "otpauth-migration://", "steam://"];

fn sniff(file: &File<'_>) -> bool {
    file.plain_text()
        .is_some_and(|text| lines(text).any(|(_, line)| starts_with_scheme(line) || uri_in(line).is_some()))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let contents = read_lines(file.text()?, |line| file.advance(line.len() + 1));
    // Prose alone is no list of URIs with every line refused: it is another kind of file.
    let is_prose = |entry: &Entry| matches!(entry.found, Err((_, Refusal::NotAUri)));
    if contents.entries.iter().all(is_prose) { Err(ReadError::NoEntry) } else { Ok(contents) }
}

/// Reads every line of a text; one that holds no URI is an entry that says so.
pub fn read_text(text: &str) -> Contents {
    read_lines(text, |_| ())
}

fn read_lines(text: &str, told: impl Fn(&str)) -> Contents {
    let mut contents = Contents::default();
    for (number, line) in lines(text) {
        told(line);
        let uri = if starts_with_scheme(line) { Some(line) } else { uri_in(line) };
        add(&mut contents, Place::Line(number), uri);
    }
    contents
}

fn add(contents: &mut Contents, place: Place, uri: Option<&str>) {
    let refused = |refusal| Entry { place, found: Err((Names::default(), refusal)) };
    match uri {
        None => contents.entries.push(refused(Refusal::NotAUri)),
        Some(uri) if google::is_migration(uri) => match google::read_uri(uri, place) {
            Ok((entries, part)) => {
                contents.entries.extend(entries);
                contents.parts.extend(part.filter(|part: &Part| part.of > 1));
            }
            Err(error) => contents.entries.push(refused(Refusal::Migration(error))),
        },
        Some(uri) => {
            let found = otpauth::parse(uri).map_err(|error| (Names::default(), Refusal::Uri(error)));
            contents.entries.push(Entry { place, found });
        }
    }
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::new());
    for device in devices {
        out.extend_from_slice(otpauth::to_uri(device).as_bytes());
        out.push(b'\n');
    }
    out
}

/// The lines that say something, numbered from 1. A line ends at LF, CR LF or CR alone.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn starts_with_scheme(text: &str) -> bool {
    let has = |scheme: &&str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(has)
}

/// A URI with words before it: it ends where a space stands, or what was opened before it is closed.
pub fn uri_in(line: &str) -> Option<&str> {
    let start =
        line.char_indices().map(|(at, _)| at).find(|at| line.get(*at..).is_some_and(starts_with_scheme))?;
    let (before, uri) = line.split_at_checked(start)?;
    let before = before.chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        // `xotpauth://` is a scheme of its own.
        return None;
    }
    let close = match before {
        Some('<') => '>',
        Some('(') => ')',
        Some('[') => ']',
        Some('{') => '}',
        Some(quote @ ('"' | '\'' | '`')) => quote,
        _ => ' ',
    };
    uri.split(|character: char| character.is_whitespace() || character == close).next()
}
