//! `keepass`: KeePass' and KeePassXC's XML, and their tables.
//!
//! An entry keeps its code in fields of its own: `otp` with an otpauth URI (KeePassXC, KeePassDX), `TimeOtp-…` and
//! `HmacOtp-…` (KeePass itself), `TOTP Seed` and `TOTP Settings` (KeeTrayTOTP), or `otp` with `key=…&step=…` (KeeOtp).

use super::super::entry::{Entry, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::digits_of_text;
use super::super::tools::sheet::{self, Cells};
use super::super::tools::xml::Element;
use crate::otp::{Method, Secret};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format { name: "keepass", extensions: &["xml", "csv"], sniff, read, write: None };

const ROOT: &str = "KeePassFile";
/// KeePassXC's table.
const XC: &[&str] = &["group", "title", "username", "totp"];
/// Columns that are called otherwise than the fields of an entry.
const COLUMNS: &[(&str, &str)] =
    &[("totp", "otp"), ("user name", "UserName"), ("login name", "UserName"), ("account", "Title")];
/// The tag of what was in the recycle bin.
const TRASHED: &str = "trashed";

fn sniff(file: &File<'_>) -> bool {
    let columns = file.columns();
    let is_secret = |column: &String| {
        column.starts_with("timeotp-secret") || column.starts_with("hmacotp-secret") || column == "totp seed"
    };
    let is_table = sheet::has(&columns, XC) || columns.iter().any(is_secret);
    is_table || file.xml().is_some_and(|root| *root.name == *ROOT)
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    match file.xml() {
        Some(root) => document(root),
        None => Ok(sheet::each(file.text()?, rows)?.into()),
    }
}

/// A row has the fields of an entry for columns.
fn rows(place: Place, cells: &Cells<'_>) -> Vec<Entry> {
    let called =
        |column| COLUMNS.iter().find(|(name, _)| *name == column).map_or(column, |(_, field)| *field);
    let fields = Fields(cells.all().map(|(column, cell)| (called(column), cell)).collect());
    let entries = fields.entries(place, &[]);
    if entries.is_empty() && cells.is_short() {
        return vec![sheet::short_row(place, (fields.get("Title"), fields.get("UserName")))];
    }
    entries
}

/// The entries of a document that have codes.
pub fn document(root: &Element) -> Result<Contents, ReadError> {
    let top = root.child("Root").ok_or(ReadError::Lacks("Root"))?;
    let meta = root.child("Meta");
    let bin = meta.filter(|meta| meta.text_of("RecycleBinEnabled").eq_ignore_ascii_case("true"));
    let bin = bin.map_or("", |meta| meta.text_of("RecycleBinUUID"));
    let mut entries = Vec::new();
    for group in top.all("Group") {
        walk(group, bin, false, &mut entries);
    }
    Ok(entries.into())
}

/// Depth is bounded by the document's own. An entry's `History` is not gone into: it holds what it once was.
fn walk(group: &Element, bin: &str, in_bin: bool, entries: &mut Vec<Entry>) {
    let in_bin = in_bin || (!bin.is_empty() && group.text_of("UUID") == bin);
    for child in &group.children {
        match &*child.name {
            "Group" => walk(child, bin, in_bin, entries),
            "Entry" => {
                let place = Place::Entry(entries.len() + 1);
                let tags = child.text_of("Tags").split([';', ',']).map(str::trim);
                let tags: Vec<&str> = tags.chain(Some(TRASHED).filter(|_| in_bin)).collect();
                entries.extend(Fields::of(child).entries(place, &tags));
            }
            _ => {}
        }
    }
}

/// The fields of an entry, by their names.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn of(entry: &'a Element) -> Self {
        Self(entry.all("String").map(|field| (field.text_of("Key"), field.text_of("Value"))).collect())
    }

    fn get(&self, name: &str) -> &'a str {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim())
    }

    /// The entries that the fields make: a code by time, one by a counter, or none.
    fn entries(&self, place: Place, tags: &[&str]) -> Vec<Entry> {
        [self.by_time(place, tags), self.by_counter(place, tags)].into_iter().flatten().collect()
    }

    fn draft<'b>(&'b self, tags: &[&'b str]) -> Draft<'b> {
        let (issuer, account) = (self.get("Title"), self.get("UserName"));
        Draft { issuer, account, tags: tags.to_vec(), ..Draft::default() }
    }

    fn by_time(&self, place: Place, tags: &[&str]) -> Option<Entry> {
        let (draft, otp) = (self.draft(tags), self.get("otp"));
        if otp.to_ascii_lowercase().starts_with("key=") {
            return Some(draft.entry(place, keeotp(otp)));
        }
        if !otp.is_empty() {
            return Some(draft.entry_of_field(place, otp, Facts::default()));
        }
        if let Some(secret) = self.secret("TimeOtp-Secret") {
            let facts = Facts {
                algorithm: self.get("TimeOtp-Algorithm"),
                digits: digits_of_text(self.get("TimeOtp-Length")),
                period: digits_of_text(self.get("TimeOtp-Period")),
                ..Facts::default()
            };
            return Some(draft.entry(place, facts.method().and_then(|method| Ok((secret?, method)))));
        }
        let seed = self.get("TOTP Seed");
        (!seed.is_empty()).then(|| draft.entry_of_field(place, seed, tray(self.get("TOTP Settings"))))
    }

    fn by_counter(&self, place: Place, tags: &[&str]) -> Option<Entry> {
        let secret = self.secret("HmacOtp-Secret")?;
        let facts = Facts {
            kind: "hotp",
            algorithm: self.get("HmacOtp-Algorithm"),
            digits: digits_of_text(self.get("HmacOtp-Length")),
            counter: digits_of_text(self.get("HmacOtp-Counter")),
            ..Facts::default()
        };
        let what = facts.method().and_then(|method| Ok((secret?, method)));
        Some(self.draft(tags).entry(place, what))
    }

    /// A secret in one of the four ways that KeePass writes it.
    fn secret(&self, name: &str) -> Option<Result<Secret, Refusal>> {
        let with = |end: &str| Some(self.get(&format!("{name}{end}"))).filter(|text| !text.is_empty());
        let plain = || with("").map(|text| Secret::from_bytes(text.as_bytes()).map_err(Refusal::from));
        with("-Base32")
            .map(base32)
            .or_else(|| with("-Hex").map(draft::hex))
            .or_else(|| with("-Base64").map(draft::base64))
            .or_else(plain)
    }
}

/// `PERIOD;DIGITS`, with `S` for Steam, as KeeTrayTOTP writes it; `PERIOD;DIGITS;URL` with the clock to ask.
fn tray(settings: &str) -> Facts<'_> {
    let mut parts = settings.split(';');
    let (period, digits) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if digits.trim().eq_ignore_ascii_case("s") {
        return Facts { kind: "steam", ..Facts::default() };
    }
    Facts { period: digits_of_text(period), digits: digits_of_text(digits), ..Facts::default() }
}

/// `key=SECRET&step=30&size=6&type=Totp&counter=0&otpHashMode=Sha1&encoding=Base32`, as KeeOtp writes it.
fn keeotp(settings: &str) -> Result<(Secret, Method), Refusal> {
    let value = |name: &str| {
        let pairs = settings.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or(Cow::Borrowed(""), |(_, value)| percent_decode_str(value).decode_utf8_lossy())
    };
    let (kind, algorithm, key) =
        (value("type"), value("otpHashMode"), Zeroizing::new(value("key").into_owned()));
    let facts = Facts {
        kind: &kind,
        algorithm: &algorithm,
        digits: digits_of_text(&value("size")),
        period: digits_of_text(&value("step")),
        counter: digits_of_text(&value("counter")),
    };
    let secret = match value("encoding").to_ascii_lowercase().as_str() {
        "" | "base32" => base32(&key)?,
        "hex" => draft::hex(&key)?,
        "base64" => draft::base64(&key)?,
        "utf8" => Secret::from_bytes(key.as_bytes())?,
        _ => return Err(Refusal::Malformed),
    };
    Ok((secret, facts.method()?))
}
