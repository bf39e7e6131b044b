//! Texts of QR codes that were read from a picture.

use super::entry::{Entry, Place, Refusal};
use super::error::ReadError;
use super::format::Contents;
use super::formats::uris;
use zeroize::Zeroizing;

/// What the texts of a picture's codes say, read as the lines of a text file are; each entry stands in the code with
/// its number. Codes that all say something else are an error.
pub fn from_codes(texts: &[Zeroizing<String>]) -> Result<Contents, ReadError> {
    let length = texts.iter().map(|text| text.len() + 1).sum();
    let mut lines = Zeroizing::new(String::with_capacity(length));
    for text in texts {
        // A line for each, whatever line ends are in it, so that lines and codes have the same numbers.
        lines.extend(text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        lines.push('\n');
    }
    let Contents { entries, parts } = uris::read_text(&lines);
    if entries.iter().all(|entry| matches!(entry.found, Err((_, Refusal::NotAUri)))) {
        return Err(no_device(texts));
    }
    Ok(Contents { entries: entries.into_iter().map(placed).collect(), parts })
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
