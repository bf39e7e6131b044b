//! Texts of QR codes that were read from a picture.
//!
//! They are read as the lines of a text file: whatever format takes such a file takes a picture of it.

use super::entry::{Entry, Place};
use super::format::{Keys, ReadError};
use super::table::{read, sniff};
use zeroize::Zeroizing;

/// What such a file of one line after the other would be called.
const EXTENSION: &str = "txt";

/// The entries in the texts of a picture's codes; each stands in the code with its number.
pub fn from_codes(texts: &[Zeroizing<String>]) -> Result<Vec<Entry>, ReadError> {
    let length = texts.iter().map(|text| text.len() + 1).sum();
    let mut lines = Zeroizing::new(String::with_capacity(length));
    for text in texts {
        // A line for each, whatever line ends are in it, so that lines and codes have the same numbers.
        lines.extend(text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        lines.push('\n');
    }
    let format = sniff(lines.as_bytes(), Some(EXTENSION)).ok_or_else(|| no_device(texts))?;
    let entries = read(format, lines.as_bytes(), Keys::default())?;
    Ok(entries.into_iter().map(placed).collect())
}

fn placed(entry: Entry) -> Entry {
    match entry.place {
        Place::Line(number) => Entry { place: Place::Code(number), ..entry },
        _ => entry,
    }
}

fn no_device(texts: &[Zeroizing<String>]) -> ReadError {
    let is_web = |text: &Zeroizing<String>| {
        let starts = |with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
        starts("https://") || starts("http://")
    };
    if texts.iter().all(is_web) { ReadError::WebAddress } else { ReadError::OtherCode }
}
