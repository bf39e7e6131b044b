//! `csv`: any table whose head names a column for the secret (or an otpauth URI): what password managers write, and
//! what keyfob writes itself.
//!
//! Spreadsheets run a cell that starts with `=`, `+`, `-` or `@` as a formula: keyfob writes an apostrophe before it,
//! and takes it away again.

use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::sheet::{self, Columns};
use crate::device::Device;
use crate::otp::Period;
use crate::text::Text;
use std::borrow::Cow;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: None }),
};

const COLUMNS: Columns = Columns {
    issuer: &["issuer", "service", "title", "name", "provider", "website", "site", "app", "application"],
    account: &[
        "account",
        "account name",
        "username",
        "user",
        "login",
        "login name",
        "email",
        "e-mail",
        "label",
        "name",
    ],
    secret: &[
        "secret",
        "secret key",
        "otpauth",
        "totp",
        "otp",
        "uri",
        "url",
        "otp uri",
        "otp url",
        "totp uri",
        "totp url",
        "otpauth uri",
        "otpauth url",
        "totp secret",
        "otp secret",
        "totp seed",
        "2fa",
        "2fa secret",
        "mfa",
        "mfa secret",
        "authenticator key",
        "one-time password",
        "setup key",
        "seed",
        "key",
    ],
    kind: &["kind", "type", "otp type"],
    algorithm: &["algorithm", "algo", "hash", "hash algorithm"],
    digits: &["digits", "length", "code length"],
    period: &["period", "step", "time step", "interval", "timer"],
    counter: &["counter"],
    serial: &["serial", "serial number"],
    tags: &["tags"],
    note: &["note", "notes"],
    favourite: &["favourite", "favorite", "pinned"],
};

/// `url` is the column of the web site in most tables: it is only taken where the others are not there.
fn sniff(file: &File<'_>) -> bool {
    let columns = file.columns();
    let named = |names: &[&str]| names.iter().any(|name| sheet::has(&columns, &[name]));
    columns.len() > 1 && named(COLUMNS.secret) && (named(COLUMNS.issuer) || named(COLUMNS.account))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    Ok(sheet::read(file.text()?, &COLUMNS)?.into())
}

const HEAD: &[&str] = &[
    "issuer",
    "account",
    "kind",
    "secret",
    "algorithm",
    "digits",
    "period",
    "counter",
    "serial",
    "tags",
    "note",
];

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    let rows = devices.iter().map(|device| row(device));
    let mut out = Zeroizing::new(Vec::with_capacity(512 * (devices.len() + 1)));
    out.extend_from_slice(HEAD.join(",").as_bytes());
    out.extend_from_slice(b"\r\n");
    for row in rows {
        out.extend_from_slice(row.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn row(device: &Device) -> Zeroizing<String> {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (method, text) = (&device.method, Text::raw);
    let tags = device.tags.iter().map(text).collect::<Vec<_>>().join(" ");
    let secret = device.secret.to_base32();
    let cells = [
        cell(device.issuer.raw()),
        cell(device.account.raw()),
        method.kind().as_str().into(),
        secret.as_str().into(),
        method.algorithm().to_string().into(),
        method.digits().to_string().into(),
        number(method.period().map(Period::get)).into(),
        number(method.counter()).into(),
        cell(device.serial.as_ref().map(text).unwrap_or_default()),
        cell(&tags),
        cell(device.note.raw()),
    ];
    Zeroizing::new(cells.join(","))
}

/// A cell that no spreadsheet runs, in quotes where it needs them (RFC 4180 section 2).
fn cell(text: &str) -> Cow<'_, str> {
    let guarded = if sheet::is_formula(text) || text.starts_with('\'') {
        format!("'{text}").into()
    } else {
        Cow::from(text)
    };
    if guarded.contains([',', '"', '\r', '\n']) || guarded.trim() != guarded {
        return format!("\"{}\"", guarded.replace('"', "\"\"")).into();
    }
    guarded
}
