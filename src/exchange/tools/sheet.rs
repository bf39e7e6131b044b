//! Tables of text with a head (CSV, RFC 4180): columns found by what they are called.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::{ReadError, Syntax};
use super::draft::Draft;
use super::facts::Facts;
use super::json::digits_of_text;
use csv::{ReaderBuilder, StringRecord};
use zeroize::Zeroize;

/// The most columns.
const MAX_COLUMNS: usize = 256;

/// What the columns of a kind of table are called, in lower case. The first that a table has is taken.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Who asks for the codes.
    pub issuer: &'static [&'static str],
    /// Whom they are for.
    pub account: &'static [&'static str],
    /// An otpauth URI, or a bare secret in base32.
    pub secret: &'static [&'static str],
    /// The kind, when the secret is bare.
    pub kind: &'static [&'static str],
    /// The hash, when the secret is bare.
    pub algorithm: &'static [&'static str],
    /// The length of a code, when the secret is bare.
    pub digits: &'static [&'static str],
    /// The time step, when the secret is bare.
    pub period: &'static [&'static str],
    /// The counter, when the secret is bare.
    pub counter: &'static [&'static str],
    /// What the issuer calls the device.
    pub serial: &'static [&'static str],
    /// Words to find it by, with spaces between.
    pub tags: &'static [&'static str],
    /// Free text.
    pub note: &'static [&'static str],
}

impl Columns {
    /// No column at all: the rest of each table.
    pub const NONE: Self = Self {
        issuer: &[],
        account: &[],
        secret: &[],
        kind: &[],
        algorithm: &[],
        digits: &[],
        period: &[],
        counter: &[],
        serial: &[],
        tags: &[],
        note: &[],
    };
}

/// A row, wiped when it is done with.
struct Row(StringRecord);

impl Drop for Row {
    fn drop(&mut self) {
        let mut bytes = Vec::from(std::mem::take(&mut self.0).into_byte_record().as_slice());
        bytes.zeroize();
    }
}

/// What the columns are called, in lower case; empty when this is no table.
pub fn head(text: &str) -> Vec<String> {
    let line = text.lines().next().unwrap_or_default();
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    match reader.records().next() {
        Some(Ok(record)) if record.len() <= MAX_COLUMNS => {
            record.iter().map(|name| name.trim().to_lowercase()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a table has all of these columns.
pub fn has(head: &[String], names: &[&str]) -> bool {
    names.iter().all(|name| head.iter().any(|column| column == name))
}

/// Reads a table. Rows whose secret is empty are no devices: password managers write a row for every login.
pub fn read(text: &str, columns: &Columns) -> Result<Vec<Entry>, ReadError> {
    let head = head(text);
    let Some(secret) = place_of(&head, columns.secret) else { return Err(ReadError::NotThis) };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut entries = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let row = Row(record.map_err(|error| broken(&error))?);
        let cell = |names: &[&str]| place_of(&head, names).and_then(|at| row.0.get(at)).map_or("", plain);
        let names = (cell(columns.issuer), cell(columns.account));
        match row.0.get(secret) {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => entries.push(entry(index + 1, text, names, columns, cell)),
            None => entries.push(Entry {
                place: Place::Entry(index + 1),
                found: Err((names_of(names), Refusal::ShortRow)),
            }),
        }
    }
    Ok(entries)
}

fn entry<'a>(
    number: usize,
    secret: &str,
    (issuer, account): (&'a str, &'a str),
    columns: &Columns,
    cell: impl Fn(&[&str]) -> &'a str,
) -> Entry {
    let draft = Draft {
        issuer,
        account,
        serial: cell(columns.serial),
        tags: cell(columns.tags).split_whitespace().collect(),
        note: cell(columns.note),
        ..Draft::default()
    };
    let facts = Facts {
        kind: cell(columns.kind),
        algorithm: cell(columns.algorithm),
        digits: digits_of_text(cell(columns.digits)),
        period: digits_of_text(cell(columns.period)),
        counter: digits_of_text(cell(columns.counter)),
    };
    draft.entry_of_field(Place::Entry(number), secret, facts)
}

fn place_of(head: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| head.iter().position(|column| column == name))
}

/// What starts like a formula, for a spreadsheet that would run it.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) || rest.starts_with('\'') => rest,
        _ => cell,
    }
}

fn names_of((issuer, account): (&str, &str)) -> Names {
    Draft { issuer, account, ..Draft::default() }.names()
}

fn broken(error: &csv::Error) -> ReadError {
    let line = error.position().map_or(0, csv::Position::line);
    ReadError::Broken { syntax: Syntax::Csv, line: usize::try_from(line).unwrap_or_default(), column: 0 }
}
