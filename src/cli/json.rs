//! The JSON of the contract. Fields may be added here, never renamed or taken away.

use crate::device::{Device, DeviceId};
use crate::exchange::{Item, Outcome};
use crate::explain::Reason;
use crate::otp::{Method, Period};
use crate::text::{Text, escape_json};
use serde::Serialize;

/// Writes a value on one line, with every character that a terminal could act on escaped.
pub(super) fn to_text(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(escape_json(&serde_json::to_string(value)?).into_owned())
}

/// How codes come about, as far as that is known.
#[derive(Serialize, Default)]
pub(super) struct MethodFields {
    kind: Option<&'static str>,
    algorithm: Option<String>,
    digits: Option<u8>,
    period: Option<u64>,
    counter: Option<u64>,
}

impl From<&Method> for MethodFields {
    fn from(method: &Method) -> Self {
        let kind = Some(method.kind().as_str());
        if !method.has_secret() {
            return Self { kind, ..Self::default() };
        }
        Self {
            kind,
            algorithm: Some(method.algorithm().to_string()),
            digits: Some(method.digits()),
            period: method.period().map(Period::get),
            counter: method.counter(),
        }
    }
}

/// A device in `list --json`. There is no secret in it.
#[derive(Serialize)]
pub(super) struct DeviceFields<'a> {
    id: String,
    issuer: &'a str,
    account: &'a str,
    #[serde(flatten)]
    method: MethodFields,
    serial: Option<&'a str>,
    tags: Vec<&'a str>,
    note: &'a str,
    drift_steps: i64,
    created: u64,
    modified: u64,
}

impl<'a> From<&'a Device> for DeviceFields<'a> {
    fn from(device: &'a Device) -> Self {
        Self {
            id: device.id.to_string(),
            issuer: device.issuer.raw(),
            account: device.account.raw(),
            method: (&device.method).into(),
            serial: device.serial.as_ref().map(Text::raw),
            tags: device.tags.iter().map(Text::raw).collect(),
            note: device.note.raw(),
            drift_steps: device.drift.steps(),
            created: device.created.0,
            modified: device.modified.0,
        }
    }
}

/// Which device, in `check --json`.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    id: String,
    issuer: &'a str,
    account: &'a str,
}

impl<'a> From<&'a Device> for Named<'a> {
    fn from(device: &'a Device) -> Self {
        Self { id: device.id.to_string(), issuer: device.issuer.raw(), account: device.account.raw() }
    }
}

/// An entry in `add --json` and `import --json`.
#[derive(Serialize)]
pub(super) struct ItemFields<'a> {
    id: Option<String>,
    issuer: &'a str,
    account: &'a str,
    #[serde(flatten)]
    method: MethodFields,
    outcome: &'static str,
    reason: Option<String>,
    file: Option<&'a str>,
    place: Option<String>,
}

impl<'a> ItemFields<'a> {
    /// `file`: what it was read from. In a dry run a new device's id stays out: it will be another one when
    /// it comes to it.
    pub(super) fn new(item: &'a Item, file: Option<&'a str>, dry_run: bool) -> Self {
        let id = |id: DeviceId| Some(id.to_string());
        let (id, outcome, reason) = match &item.outcome {
            Outcome::New(new) => (id(*new).filter(|_| !dry_run), "new", None),
            Outcome::Duplicate(twin) => (id(*twin), "duplicate", None),
            Outcome::Refused(refusal) => (None, "refused", Some(refusal.reason())),
        };
        Self {
            id,
            issuer: item.names.issuer.raw(),
            account: item.names.account.raw(),
            method: item.method.as_ref().map(MethodFields::from).unwrap_or_default(),
            outcome,
            reason,
            file,
            place: file.map(|_| item.place.to_string()),
        }
    }
}
