//! The rows of the schema: devices, tombstones and log entries, and how they become the model's.

use super::bin::{Bin, fixed};
use super::model::{Extra, LogEntry, Record, Tombstone};
use super::stamp::{Field, Stamp, Stamps};
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

#[derive(Serialize, Deserialize)]
pub(super) struct DeviceRow {
    id: Bin,
    issuer: String,
    account: String,
    secret: Bin,
    /// This and the next three are left out where they are what nearly every device has: at a thousand devices
    /// they would be a fifth of what a save encrypts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    algorithm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digits: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serial: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    favourite: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drift: Option<i64>,
    created: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checked: Option<u64>,
    stamp: StampRow,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    stamps: StampRows,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    past: Vec<StampRow>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TombstoneRow {
    id: Bin,
    removed: u64,
    by: StampRow,
    stamp: StampRow,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    stamps: StampRows,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    past: Vec<StampRow>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
pub(super) struct LogRow {
    at: u64,
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<Bin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
        let stamps = 32 * (self.stamps.changed.len() + self.stamps.foreign.len());
        112 + texts.sum::<usize>() + secret + method + stamps + 32 * self.extra.len()
    }
}

impl From<&Record> for DeviceRow {
    fn from(record: &Record) -> Self {
        let device = &record.device;
        let raw = |text: &Text| text.raw().to_owned();
        Self {
            id: id_bin(device.id),
            issuer: raw(&device.issuer),
            account: raw(&device.account),
            secret: if device.has_secret() {
                device.secret.expose(|bytes| Bin::from(bytes))
            } else {
                Bin::from([].as_slice())
            },
            kind: unless(device.method.kind() == Kind::Totp, || device.method.kind().as_str().to_owned()),
            algorithm: unless(device.method.algorithm() == Algorithm::Sha1, || {
                device.method.algorithm().to_string()
            }),
            digits: unless(matches!(device.method.digits(), 5 | 6), || device.method.digits().into()),
            period: device.method.period().filter(|period| *period != Period::THIRTY).map(Period::get),
            counter: device.method.counter(),
            serial: device.serial.as_ref().map(raw),
            tags: device.tags.iter().map(raw).collect(),
            note: raw(&device.note),
            favourite: device.favourite,
            drift: unless(device.drift.is_none(), || device.drift.steps()),
            created: device.created.0,
            modified: unless(device.modified == device.created, || device.modified.0),
            checked: device.checked.map(|time| time.0),
            stamp: stamp_row(record.stamps.born),
            stamps: stamp_rows(&record.stamps),
            past: past_rows(&record.stamps),
            extra: record.extra.clone(),
        }
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

impl From<(&DeviceId, &Tombstone)> for TombstoneRow {
    fn from((id, tombstone): (&DeviceId, &Tombstone)) -> Self {
        Self {
            id: id_bin(*id),
            removed: tombstone.at.0,
            by: stamp_row(tombstone.stamp),
            stamp: stamp_row(tombstone.seen.born),
            stamps: stamp_rows(&tombstone.seen),
            past: past_rows(&tombstone.seen),
            extra: tombstone.extra.clone(),
        }
    }
}

impl TryFrom<TombstoneRow> for (DeviceId, Tombstone) {
    type Error = String;

    fn try_from(row: TombstoneRow) -> Result<Self, String> {
        let seen = stamps(row.stamp, &row.stamps, &row.past);
        let tombstone = Tombstone { stamp: stamp(row.by), at: UnixTime(row.removed), seen, extra: row.extra };
        Ok((id_of(&row.id)?, tombstone))
    }
}

impl From<&LogEntry> for LogRow {
    fn from(entry: &LogEntry) -> Self {
        Self {
            at: entry.at.0,
            what: entry.what.clone(),
            device: entry.device.map(id_bin),
            count: entry.count,
            by: stamp_row(entry.stamp),
            extra: entry.extra.clone(),
        }
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

fn id_bin(id: DeviceId) -> Bin {
    Bin::from(id.0.as_bytes().as_slice())
}

fn id_of(bin: &Bin) -> Result<DeviceId, String> {
    fixed(bin).map(|bytes| DeviceId(Uuid::from_bytes(bytes))).map_err(|error| error.to_string())
}

fn stamp_row(stamp: Stamp) -> StampRow {
    (stamp.count, stamp.writer)
}

fn stamp((count, writer): StampRow) -> Stamp {
    Stamp { count, writer }
}

fn stamp_rows(stamps: &Stamps) -> StampRows {
    let known = stamps.changed.iter().map(|(field, stamp)| (field.name().to_owned(), stamp_row(*stamp)));
    let foreign = stamps.foreign.iter().map(|(name, stamp)| (name.clone(), stamp_row(*stamp)));
    known.chain(foreign).collect()
}

fn past_rows(stamps: &Stamps) -> Vec<StampRow> {
    stamps.past.iter().map(|(writer, count)| (*count, *writer)).collect()
}

fn stamps(born: StampRow, rows: &StampRows, past: &[StampRow]) -> Stamps {
    let mut stamps = Stamps::born_at(stamp(born));
    stamps.past = past.iter().map(|(count, writer)| (*writer, *count)).collect();
    for (name, row) in rows {
        match Field::from_name(name) {
            Some(field) => stamps.changed.insert(field, stamp(*row)),
            None => stamps.foreign.insert(name.clone(), stamp(*row)),
        };
    }
    stamps
}
