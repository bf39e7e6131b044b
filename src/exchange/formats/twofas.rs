//! `2fas`: the JSON of 2FAS (schemas 1 to 4), in clear text or encrypted with a password.
//!
//! Encrypted: `servicesEncrypted` is `DATA:SALT:NONCE` in base64, AES-256-GCM under a key that PBKDF2-SHA256 makes of
//! the password in 10,000 rounds.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::bytes::base64;
use super::super::tools::cipher::aes_gcm;
use super::super::tools::draft::{self, Draft, base32, without_issuer};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::kdf::{self, Hash};
use crate::device::Device;
use crate::otp::Period;
use serde::Serialize;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "2fas",
    extensions: &["2fas", "json"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: None }),
};

const ROUNDS: u64 = 10_000;

fn sniff(file: &File<'_>) -> bool {
    let json = file.json();
    let is_service = |json: &Json| json.has("secret") && json.has("otp");
    json.has("servicesEncrypted")
        || (json.has("services") && json.has("schemaVersion"))
        || json.list("services").iter().any(is_service)
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let json = file.json();
    match json.text("servicesEncrypted") {
        "" => entries(json.get("services"), json),
        sealed => {
            let plain = open(sealed, keys)?;
            let text = std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?;
            entries(&Json::parse(text)?, json)
        }
    }
}

fn open(sealed: &str, keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let lacks = ReadError::Lacks("servicesEncrypted");
    let parts: Option<Vec<_>> = sealed.split(':').map(base64).collect();
    let Some([data, salt, nonce]) = parts.as_deref() else { return Err(lacks) };
    if data.len() < 16 || nonce.len() != 12 {
        return Err(lacks);
    }
    let mut key = Zeroizing::new([0; 32]);
    kdf::pbkdf2(keys, Hash::Sha256, salt, ROUNDS, key.as_mut_slice())?;
    aes_gcm(&key, nonce, data, &[])
}

fn entries(services: &Json, file: &Json) -> Result<Contents, ReadError> {
    let list = services.as_list().ok_or(ReadError::Lacks("services"))?;
    Ok(draft::entries(list, |place, service| entry(place, service, file)).into())
}

fn entry(place: Place, service: &Json, file: &Json) -> Entry {
    let otp = service.get("otp");
    let issuer = Some(otp.text("issuer")).filter(|issuer| !issuer.is_empty()).unwrap_or(service.text("name"));
    let account = match otp.text("account") {
        "" => without_issuer(otp.text("label"), issuer),
        account => account,
    };
    let group = file
        .list("groups")
        .iter()
        .find(|group| !service.text("groupId").is_empty() && group.text("id") == service.text("groupId"));
    let draft = Draft {
        issuer,
        account,
        tags: group.map(|group| group.text("name")).into_iter().collect(),
        ..Draft::default()
    };
    let facts = Facts::from_json(otp, otp.text("tokenType"), otp.text("algorithm"));
    let what = facts.method().and_then(|method| Ok((base32(service.text("secret"))?, method)));
    draft.entry(place, what)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileOut<'a> {
    schema_version: u8,
    app_version_code: u32,
    app_version_name: &'static str,
    app_origin: &'static str,
    groups: [u8; 0],
    services: Vec<Service<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Service<'a> {
    name: &'a str,
    secret: Zeroizing<String>,
    updated_at: u64,
    otp: Otp<'a>,
    order: Order,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Otp<'a> {
    label: &'a str,
    account: &'a str,
    issuer: &'a str,
    digits: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u64>,
    algorithm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
    token_type: String,
    source: &'static str,
}

#[derive(Serialize)]
struct Order {
    position: usize,
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    super::json_of(&FileOut {
        schema_version: 4,
        app_version_code: 5_000_029,
        app_version_name: "5.4.9",
        app_origin: "android",
        groups: [],
        services: devices
            .iter()
            .enumerate()
            .map(|(position, device)| service_out(position, device))
            .collect(),
    })
}

fn service_out(position: usize, device: &Device) -> Service<'_> {
    Service {
        name: device.issuer.raw(),
        secret: device.secret.to_base32(),
        updated_at: device.modified.0.saturating_mul(1000),
        otp: Otp {
            label: device.account.raw(),
            account: device.account.raw(),
            issuer: device.issuer.raw(),
            digits: device.method.digits(),
            period: device.method.period().map(Period::get),
            algorithm: device.method.algorithm().to_string(),
            counter: device.method.counter(),
            token_type: device.method.kind().as_str().to_ascii_uppercase(),
            source: "Manual",
        },
        order: Order { position },
    }
}
