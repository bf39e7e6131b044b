//! `gauth`: the file of the gauth program: `NAME:SECRET` a line, or an otpauth URI.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{Draft, base32};
use super::uris;
use crate::otp::Method;

pub const FORMAT: Format = Format { name: "gauth", extensions: &["csv", "txt"], sniff, read, write: None };

/// The shortest text behind a colon that is taken for a secret where nothing else says so.
const LEAST_LETTERS: usize = 8;

fn sniff(file: &File<'_>) -> bool {
    file.plain_text().is_some_and(|text| {
        let mut pairs = 0;
        let fits = uris::lines(text).all(|(_, line)| {
            let pair =
                pair(line).is_some_and(|(_, secret)| secret.len() >= LEAST_LETTERS && base32(secret).is_ok());
            pairs += usize::from(pair);
            pair || line.to_ascii_lowercase().starts_with("otpauth://")
        });
        fits && pairs > 0
    })
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let entry = |(number, line)| entry(Place::Line(number), line);
    Ok(uris::lines(file.text()?).map(entry).collect::<Vec<_>>().into())
}

fn entry(place: Place, line: &str) -> Entry {
    match pair(line) {
        Some((account, secret)) => {
            let what = base32(secret).map(|secret| (secret, Method::TOTP));
            Draft { account, ..Draft::default() }.entry(place, what)
        }
        None if line.contains("://") => Draft::default().entry_of_uri(place, line),
        None => Entry { place, found: Err((Names::default(), Refusal::Malformed)) },
    }
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let (name, secret) = line.split_once(':')?;
    (!line.contains("://") && !name.is_empty()).then_some((name.trim(), secret.trim()))
}
