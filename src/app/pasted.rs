//! What a text is that was pasted onto the list, where no field waits for one.

use super::dropped::is_picture;
use crate::device::otpauth;
use crate::exchange::is_migration_uri;
use crate::otp::Secret;

/// The shortest base32 text that is taken for a secret: 80 bits. Shorter ones are words of people.
const SECRET_FROM: usize = 16;

/// What a pasted text is.
#[derive(Debug, PartialEq, Eq)]
pub enum Pasted<'a> {
    /// Nothing.
    Nothing,
    /// A device's URI.
    Uri(&'a str),
    /// The URIs of several devices, or one that holds several (Google Authenticator's).
    Uris(Vec<&'a str>),
    /// A secret in base32.
    Secret(&'a str),
    /// The path of a picture: a file that was dropped on the terminal.
    Picture(&'a str),
    /// Anything else, its first line: a text to find.
    Words(&'a str),
}

impl<'a> Pasted<'a> {
    /// Looks at a text. `is_known` says whether some device has it in its names: then it is no secret.
    pub fn of(text: &'a str, is_known: impl FnOnce(&str) -> bool) -> Self {
        let text = text.trim();
        let starts: Vec<usize> = starts(text).collect();
        match starts.as_slice() {
            [] => {}
            [one] if !is_migration_uri(uri(text, *one)) => return Self::Uri(uri(text, *one)),
            all => return Self::Uris(all.iter().map(|at| uri(text, *at)).collect()),
        }
        let line = text.lines().map(str::trim).find(|line| !line.is_empty());
        match line {
            None => Self::Nothing,
            Some(line) if line == text && is_picture(line) => Self::Picture(line),
            Some(_) if is_secret(text) && !is_known(text) => Self::Secret(text),
            Some(line) => Self::Words(line),
        }
    }

    /// Whether a URI is in it that may hold a secret, whatever is wrong with it: then it belongs into no field that
    /// shows what is in it.
    pub fn holds_uri(text: &str) -> bool {
        otpauth::is_uri(text) || starts(text).next().is_some()
    }
}

/// Where URIs begin: not inside a word, and not inside another URI.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(move |(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let apart = before.is_none_or(|letter| !letter.is_alphanumeric() && !"=&/%-".contains(letter));
        let rest = text.get(at..)?;
        (apart && otpauth::starts_uri(rest)).then_some(at)
    })
}

/// The URI that begins here. Where it is all there is, spaces and line breaks are its own: labels are often
/// not escaped, and mail breaks long lines. Within other text it ends at white space and at what quotes it.
fn uri(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let alone = at == 0 && starts(text).nth(1).is_none();
    if alone {
        return rest;
    }
    let line = rest.lines().next().unwrap_or_default();
    let next = starts(line).nth(1).unwrap_or(line.len());
    let own = line.get(..next).unwrap_or(line);
    let end = own.find(|letter: char| "\"'`<>)]}".contains(letter)).unwrap_or(own.len());
    let own = own.get(..end).unwrap_or(own);
    // A label with spaces goes on until the query; after that, white space ends it.
    let query = own.find('?').unwrap_or(0);
    let end = own.get(query..).and_then(|query| query.find(char::is_whitespace)).map(|end| query + end);
    end.and_then(|end| own.get(..end)).unwrap_or(own).trim_end_matches([',', ';', '.', ' '])
}

fn is_secret(text: &str) -> bool {
    let letters = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '=')).count();
    letters >= SECRET_FROM && Secret::from_base32(text).is_ok()
}
