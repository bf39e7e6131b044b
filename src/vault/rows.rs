//! The rows of the schema: devices, tombstones and log entries, and how they become the model's.

use super::bin::{Bin, fixed};
use super::model::{Extra, LogEntry, Record, Tombstone};
use super::stamp::{Field, Stamp, Stamps};
use super::written::{Value, Written};
use crate::clock::UnixTime;
use crate::device::{Device, DeviceId, stand_in};
use crate::otp::{Algorithm, Digits, Drift, Kind, Method, Period, Secret};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// `[count, writer]`.
type StampRow = (u64, u64);
type StampRows = BTreeMap<String, StampRow>;

#[derive(Deserialize)]
pub(super) struct DeviceRow {
    id: Bin,
    issuer: String,
    account: String,
    secret: Bin,
    /// This and the next three are not there where they are what nearly every device has.
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    algorithm: Option<String>,
    #[serde(default)]
    digits: Option<u64>,
    #[serde(default)]
    period: Option<u64>,
    #[serde(default)]
    counter: Option<u64>,
    #[serde(default)]
    serial: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    favourite: bool,
    #[serde(default)]
    drift: Option<i64>,
    created: u64,
    #[serde(default)]
    modified: Option<u64>,
    #[serde(default)]
    checked: Option<u64>,
    stamp: StampRow,
    #[serde(default)]
    stamps: StampRows,
    #[serde(default)]
    past: Vec<StampRow>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Deserialize)]
pub(super) struct TombstoneRow {
    id: Bin,
    removed: u64,
    by: StampRow,
    stamp: StampRow,
    #[serde(default)]
    stamps: StampRows,
    #[serde(default)]
    past: Vec<StampRow>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Deserialize)]
pub(super) struct LogRow {
    at: u64,
    what: String,
    #[serde(default)]
    device: Option<Bin>,
    #[serde(default)]
    count: Option<u64>,
    by: StampRow,
    #[serde(flatten)]
    extra: Extra,
}

impl Record {
    /// About how many bytes its row takes. More is no harm, less is a copy.
    pub(super) fn room(&self) -> usize {
        let device = &self.device;
        let names = [&device.issuer, &device.account, &device.note].into_iter();
        let texts = names.chain(&device.serial).chain(&device.tags).map(|text| text.raw().len() + 3);
        let secret = device.secret.expose(<[u8]>::len);
        let method = if device.method == Method::TOTP { 0 } else { 64 };
        let since = self.stamps.since();
        let stamps = 32 * (since.changed.len() + since.foreign.len() + since.past.len());
        112 + texts.sum::<usize>() + secret + method + stamps + 32 * self.extra.len()
    }
}

/// A device as it is written. What nearly every device has in common is left out: at a thousand devices it would be a
/// fifth of what a save encrypts.
pub(super) fn written_device(record: &Record) -> impl Serialize + '_ {
    let Record { device, stamps, extra } = record;
    let method = &device.method;
    let secret = if device.has_secret() { Value::Secret(&device.secret) } else { Value::Bytes(&[]) };
    let period = method.period().filter(|period| *period != Period::THIRTY);
    Written {
        fields: [
            ("id", Some(Value::Bytes(device.id.0.as_bytes()))),
            ("issuer", Some(Value::Text(device.issuer.raw()))),
            ("account", Some(Value::Text(device.account.raw()))),
            ("secret", Some(secret)),
            ("kind", unless(method.kind() == Kind::Totp, || Value::Text(method.kind().as_str()))),
            (
                "algorithm",
                unless(method.algorithm() == Algorithm::Sha1, || Value::Text(method.algorithm().as_str())),
            ),
            ("digits", unless(matches!(method.digits(), 5 | 6), || Value::Number(method.digits().into()))),
            ("period", period.map(|period| Value::Number(period.get()))),
            ("counter", method.counter().map(Value::Number)),
            ("serial", device.serial.as_ref().map(|serial| Value::Text(serial.raw()))),
            ("tags", unless(device.tags.is_empty(), || Value::Texts(&device.tags))),
            ("note", unless(device.note.is_empty(), || Value::Text(device.note.raw()))),
            ("favourite", device.favourite.then_some(Value::True)),
            ("drift", unless(device.drift.is_none(), || Value::Signed(device.drift.steps()))),
            ("created", Some(Value::Number(device.created.0))),
            ("modified", unless(device.modified == device.created, || Value::Number(device.modified.0))),
            ("checked", device.checked.map(|time| Value::Number(time.0))),
            ("stamp", Some(Value::Stamp(stamps.born))),
            ("stamps", Value::stamps(stamps)),
            ("past", Value::past(stamps)),
        ],
        extra,
    }
}

/// What is left of a removed device, as it is written.
pub(super) fn written_tombstone<'a>((id, tombstone): (&'a DeviceId, &'a Tombstone)) -> impl Serialize + 'a {
    Written {
        fields: [
            ("id", Some(Value::Bytes(id.0.as_bytes()))),
            ("removed", Some(Value::Number(tombstone.at.0))),
            ("by", Some(Value::Stamp(tombstone.stamp))),
            ("stamp", Some(Value::Stamp(tombstone.seen.born))),
            ("stamps", Value::stamps(&tombstone.seen)),
            ("past", Value::past(&tombstone.seen)),
        ],
        extra: &tombstone.extra,
    }
}

/// What happened once, as it is written.
pub(super) fn written_entry(entry: &LogEntry) -> impl Serialize + '_ {
    Written {
        fields: [
            ("at", Some(Value::Number(entry.at.0))),
            ("what", Some(Value::Text(&entry.what))),
            ("device", entry.device.as_ref().map(|id| Value::Bytes(id.0.as_bytes()))),
            ("count", entry.count.map(Value::Number)),
            ("by", Some(Value::Stamp(entry.stamp))),
        ],
        extra: &entry.extra,
    }
}

impl TryFrom<DeviceRow> for Record {
    type Error = String;

    fn try_from(row: DeviceRow) -> Result<Self, String> {
        let line = |name: &str, text: &str| Text::stored(text).map_err(|_| format!("{name} too long"));
        let device = Device {
            id: id_of(&row.id)?,
            issuer: line("issuer", &row.issuer)?,
            account: line("account", &row.account)?,
            secret: row.secret()?,
            method: row.method()?,
            serial: row.serial.as_deref().map(|text| line("serial", text)).transpose()?,
            tags: row.tags.iter().map(|text| line("tag", text)).collect::<Result<_, _>>()?,
            note: line("note", &row.note)?,
            favourite: row.favourite,
            drift: Drift::new(row.drift.unwrap_or(0)).ok_or("drift out of range")?,
            created: UnixTime(row.created),
            modified: UnixTime(row.modified.unwrap_or(row.created)),
            checked: row.checked.map(UnixTime),
        };
        Ok(Self { device, stamps: stamps(row.stamp, &row.stamps, &row.past), extra: row.extra })
    }
}

impl DeviceRow {
    /// Its secret; what stands in for a token's.
    fn secret(&self) -> Result<Secret, String> {
        if self.kind.as_deref() != Some(Kind::Hardware.as_str()) {
            return Secret::from_bytes(&self.secret.0).map_err(|error| format!("secret {error}"));
        }
        let serial = Text::stored(self.serial.as_deref().unwrap_or_default());
        serial
            .ok()
            .and_then(|serial| stand_in(&serial).ok())
            .ok_or_else(|| "token without a serial".to_owned())
    }

    fn method(&self) -> Result<Method, String> {
        let named = self.algorithm.as_deref().map(str::parse::<Algorithm>).transpose();
        let algorithm = named.map_err(|_| "unknown algorithm".to_owned())?.unwrap_or_default();
        let digits = || self.digits.map_or(Ok(Digits::SIX), Digits::new).map_err(|error| error.to_string());
        let kinds = [Kind::Totp, Kind::Hotp, Kind::Steam, Kind::Hardware];
        let kind = self.kind.as_deref().unwrap_or(Kind::Totp.as_str());
        match kinds.into_iter().find(|known| known.as_str() == kind) {
            Some(Kind::Steam) => Ok(Method::Steam),
            Some(Kind::Hardware) => Ok(Method::Hardware),
            Some(Kind::Hotp) => {
                let counter = self.counter.ok_or("no counter")?;
                Ok(Method::Hotp { algorithm, digits: digits()?, counter })
            }
            Some(Kind::Totp) => {
                let period = self.period.map_or(Ok(Period::THIRTY), Period::new);
                let period = period.map_err(|error| error.to_string())?;
                Ok(Method::Totp { algorithm, digits: digits()?, period })
            }
            None => Err("unknown kind".to_owned()),
        }
    }
}

/// A value that is written only where it is not the usual one.
fn unless<T>(usual: bool, value: impl FnOnce() -> T) -> Option<T> {
    (!usual).then(value)
}

impl TryFrom<TombstoneRow> for (DeviceId, Tombstone) {
    type Error = String;

    fn try_from(row: TombstoneRow) -> Result<Self, String> {
        let seen = stamps(row.stamp, &row.stamps, &row.past);
        let tombstone = Tombstone { stamp: stamp(row.by), at: UnixTime(row.removed), seen, extra: row.extra };
        Ok((id_of(&row.id)?, tombstone))
    }
}

impl TryFrom<LogRow> for LogEntry {
    type Error = String;

    fn try_from(row: LogRow) -> Result<Self, String> {
        let device = row.device.as_ref().map(id_of).transpose()?;
        Ok(Self {
            at: UnixTime(row.at),
            what: row.what,
            device,
            count: row.count,
            stamp: stamp(row.by),
            extra: row.extra,
        })
    }
}

fn id_of(bin: &Bin) -> Result<DeviceId, String> {
    fixed(bin).map(|bytes| DeviceId(Uuid::from_bytes(bytes))).map_err(|error| error.to_string())
}

fn stamp((count, writer): StampRow) -> Stamp {
    Stamp { count, writer }
}

fn stamps(born: StampRow, rows: &StampRows, past: &[StampRow]) -> Stamps {
    let mut stamps = Stamps::born_at(stamp(born));
    if rows.is_empty() && past.is_empty() {
        return stamps;
    }
    let since = stamps.since_mut();
    since.past = past.iter().map(|(count, writer)| (*writer, *count)).collect();
    for (name, row) in rows {
        match Field::from_name(name) {
            Some(field) => since.changed.insert(field, stamp(*row)),
            None => since.foreign.insert(name.clone(), stamp(*row)),
        };
    }
    stamps
}
