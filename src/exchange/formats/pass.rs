//! `pass`: the files of a password store (pass-otp), one an entry, decrypted: a password, lines of anything, and an
//! otpauth URI among them.

use super::super::entry::{Entry, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::Draft;
use super::uris;

pub const FORMAT: Format = Format { name: "pass", extensions: &["gpg", "txt"], sniff, read, write: None };

/// A list of URIs of several kinds is `uris` in a folder too.
fn sniff(file: &File<'_>) -> bool {
    let is_entry = |text: &str| uris_of(text).next().is_some() && !text.contains("otpauth-migration:");
    file.is_in_folder() && file.plain_text().is_some_and(is_entry)
}

/// Only the URIs are looked at: the other lines are passwords and what goes with them.
fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let name = name_of(file.stem());
    let entry =
        |(number, uri)| Draft { account: name, ..Draft::default() }.entry_of_uri(Place::Line(number), uri);
    Ok(uris_of(file.text()?).map(entry).collect::<Vec<_>>().into())
}

fn uris_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    uris::lines(text).filter_map(|(number, line)| {
        let starts = line.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("otpauth://"));
        // `totp: otpauth://…` is how some people name the line.
        let uri = if starts { Some(line) } else { uris::uri_in(line) };
        uri.filter(|uri| uri.to_ascii_lowercase().starts_with("otpauth://")).map(|uri| (number, uri))
    })
}

/// The last step of a file's way.
fn name_of(way: &str) -> &str {
    way.rsplit('/').next().unwrap_or(way)
}

/// The entry of a file that gpg does not decrypt.
pub fn not_decrypted(way: &str) -> Entry {
    let names = Draft { account: name_of(way), ..Draft::default() }.names();
    Entry { place: Place::Entry(1), found: Err((names, Refusal::NotDecrypted)) }
}
