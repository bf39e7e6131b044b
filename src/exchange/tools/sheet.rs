//! Tables of text with a head (CSV, RFC 4180): columns found by what they are called.

use super::super::entry::{Entry, Place, Refusal};
use super::super::error::{ReadError, Syntax};
use super::draft::Draft;
use super::facts::Facts;
use super::json::digits_of_text;
use csv::{ReaderBuilder, StringRecord};
use zeroize::Zeroize;

/// The most columns.
const MAX_COLUMNS: usize = 256;
/// The longest row of headings, in bytes: one that is longer is no heading, and not to be copied to find that out.
const MAX_HEAD: usize = 64 << 10;

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
    /// Whether it is listed first.
    pub favourite: &'static [&'static str],
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
        favourite: &[],
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
    let line = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    // Counted first: each column that is read takes memory of its own.
    if line.len() > MAX_HEAD || most_columns(line, delimiter(line)) > MAX_COLUMNS {
        return Vec::new();
    }
    match reader(line, delimiter(line)).records().next() {
        Some(Ok(record)) => record.iter().map(|name| name.trim().to_lowercase()).collect(),
        _ => Vec::new(),
    }
}

/// What stands between the columns: spreadsheets of many countries write a semicolon, and some programs a tab.
fn delimiter(head: &str) -> u8 {
    let count = |delimiter: &u8| head.bytes().filter(|byte| byte == delimiter).count();
    // Of as many of each the last is the greatest.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// How many columns the widest row has, quoted as RFC 4180 has it: a quotation mark counts where a cell begins.
fn most_columns(text: &str, delimiter: u8) -> usize {
    let (mut most, mut columns) = (1, 1);
    let mut bytes = text.bytes().peekable();
    let mut begins = true;
    while let Some(byte) = bytes.next() {
        if byte == b'"' && begins {
            // To its end: two in a row are one that is meant.
            while let Some(inside) = bytes.next() {
                if inside == b'"' && bytes.next_if_eq(&b'"').is_none() {
                    break;
                }
            }
        }
        begins = byte == delimiter || byte == b'\n' || byte == b'\r';
        if byte == delimiter {
            columns += 1;
            most = most.max(columns);
        } else if begins {
            columns = 1;
        }
    }
    most
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// Whether a table has all of these columns.
pub fn has(head: &[String], names: &[&str]) -> bool {
    names.iter().all(|name| place_of(head, &[name]).is_some())
}

/// A row, with what its columns are called.
pub struct Cells<'a> {
    head: &'a [String],
    row: &'a StringRecord,
}

impl<'a> Cells<'a> {
    /// Each column's name and what stands in it, as far as the row goes.
    pub fn all(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.head.iter().map(String::as_str).zip(self.row.iter().map(plain))
    }

    /// What stands in the first of these columns that the table has; empty for nothing.
    fn first(&self, names: &[&str]) -> &'a str {
        place_of(self.head, names).and_then(|at| self.row.get(at)).map_or("", plain)
    }

    /// How many columns it is short of.
    pub fn is_short(&self) -> bool {
        self.row.len() < self.head.len()
    }
}

/// Makes entries of the rows of a table, numbered from 1.
pub fn each(
    text: &str,
    mut entries_of: impl FnMut(Place, &Cells<'_>) -> Vec<Entry>,
) -> Result<Vec<Entry>, ReadError> {
    let text = text.trim_start_matches(['\r', '\n']);
    let head = head(text);
    let delimiter = delimiter(text.lines().next().unwrap_or_default());
    if most_columns(text, delimiter) > MAX_COLUMNS {
        return Err(ReadError::TooLarge);
    }
    let mut entries = Vec::new();
    for (number, record) in reader(text, delimiter).records().enumerate() {
        let row = Row(record.map_err(|error| broken(&error))?);
        // Row 0 is the head.
        if number > 0 {
            entries.extend(entries_of(Place::Entry(number), &Cells { head: &head, row: &row.0 }));
        }
    }
    Ok(entries)
}

/// Reads a table. Rows whose secret is empty are no devices: password managers write a row for every login.
pub fn read(text: &str, columns: &Columns) -> Result<Vec<Entry>, ReadError> {
    let head = head(text);
    let secrets: Vec<usize> = columns.secret.iter().filter_map(|name| place_of(&head, &[name])).collect();
    let Some(main) = secrets.first() else { return Err(ReadError::NotThis) };
    each(text, |place, cells| {
        let names = names_of(cells, columns);
        let cell = |at: &usize| cells.row.get(*at).map(str::trim);
        // A URI says more than a bare secret beside it; and the address of a web site is none.
        let secret = secrets.iter().filter_map(cell).find(|text| is_uri(text));
        let secret = secret.or_else(|| cell(main).filter(|text| !text.is_empty() && !is_web(text)));
        match secret {
            Some(secret) => vec![entry(place, secret, names, columns, |names| cells.first(names))],
            None if cells.row.len() <= *main && cells.row.len() < cells.head.len() => {
                vec![short_row(place, names)]
            }
            None => Vec::new(),
        }
    })
}

/// A row that ends before its secret.
pub fn short_row(place: Place, (issuer, account): (&str, &str)) -> Entry {
    let names = Draft { issuer, account, ..Draft::default() }.names();
    Entry { place, found: Err((names, Refusal::ShortRow)) }
}

fn is_uri(text: &str) -> bool {
    text.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("otpauth://"))
}

fn is_web(text: &str) -> bool {
    let head = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    head.starts_with("http://") || head == "https://"
}

/// Issuer and account; one column is not taken for both.
fn names_of<'a>(cells: &Cells<'a>, columns: &Columns) -> (&'a str, &'a str) {
    let issuer = place_of(cells.head, columns.issuer);
    let is_other = |name: &&&str| place_of(cells.head, &[name]).is_some_and(|at| Some(at) != issuer);
    let account = columns.account.iter().find(is_other).map_or("", |name| cells.first(&[name]));
    (cells.first(columns.issuer), account)
}

fn entry<'a>(
    place: Place,
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
        favourite: matches!(cell(columns.favourite).to_ascii_lowercase().as_str(), "1" | "true" | "yes"),
    };
    let facts = Facts {
        // A password manager's `type` is of the item, not of its code.
        kind: Some(cell(columns.kind)).filter(|kind| !kind.eq_ignore_ascii_case("login")).unwrap_or_default(),
        algorithm: cell(columns.algorithm),
        digits: digits_of_text(cell(columns.digits)),
        period: digits_of_text(cell(columns.period)),
        counter: digits_of_text(cell(columns.counter)),
    };
    draft.entry_of_field(place, secret, facts)
}

/// `User Name`, `user_name` and `username` are one name.
fn place_of(head: &[String], names: &[&str]) -> Option<usize> {
    let letters = |name: &str| -> String { name.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    names.iter().find_map(|name| head.iter().position(|column| letters(column) == letters(name)))
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

fn broken(error: &csv::Error) -> ReadError {
    let line = error.position().map_or(0, csv::Position::line);
    ReadError::Broken { syntax: Syntax::Csv, line: usize::try_from(line).unwrap_or_default(), column: 0 }
}
