//! `aegis`: Aegis' JSON, in clear text or encrypted with a password (app version 1 to 3 of its database).
//!
//! Encrypted: each slot of type 1 holds the master key, sealed with AES-256-GCM under a key that scrypt makes of a
//! password; the database is sealed under the master key, and stands as base64 where it would stand as JSON.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format, SealError, Writer};
use super::super::keys::Keys;
use super::super::tools::bytes::{base64, hex, to_base64, to_hex};
use super::super::tools::cipher::{aes_gcm, seal_aes_gcm};
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::{File, kdf};
use crate::device::{Device, DeviceId};
use crate::otp::Period;
use crate::text::Text;
use crate::vault::Passphrase;
use serde::Serialize;
use std::collections::BTreeSet;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "aegis",
    extensions: &["json"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: Some(seal) }),
};

/// The type of a slot that a password opens. Others are opened by the phone alone.
const PASSWORD_SLOT: u64 = 1;
/// The most slots that a password is tried on: the app makes two, and each try costs a key derivation.
const MOST_SLOTS: usize = 8;

fn sniff(file: &File<'_>) -> bool {
    file.json().has("header") && file.json().has("db")
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let json = file.json();
    match json.get("db") {
        Json::Text(sealed) => {
            let plain = open(json.get("header"), sealed, keys)?;
            let text = std::str::from_utf8(&plain).map_err(|_| ReadError::Damaged)?;
            entries(&Json::parse(text)?)
        }
        db => entries(db),
    }
}

fn entries(db: &Json) -> Result<Contents, ReadError> {
    let list = db.get("entries").as_list().ok_or(ReadError::Lacks("db.entries"))?;
    Ok(draft::entries(list, |place, entry| read_entry(place, entry, db)).into())
}

fn read_entry(place: Place, entry: &Json, db: &Json) -> Entry {
    let info = entry.get("info");
    let mut tags: Vec<&str> = vec![entry.text("group")];
    for group in entry.list("groups") {
        let named = db.list("groups").iter().find(|known| known.text("uuid") == group.as_text());
        tags.extend(named.map(|known| known.text("name")));
    }
    let draft = Draft {
        issuer: entry.text("issuer"),
        account: entry.text("name"),
        tags,
        note: entry.text("note"),
        favourite: entry.is_true("favorite"),
        ..Draft::default()
    };
    let facts = Facts::from_json(info, entry.text("type"), info.text("algo"));
    let what = facts.method().and_then(|method| Ok((base32(info.text("secret"))?, method)));
    draft.entry(place, what)
}

fn open(header: &Json, sealed: &str, keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let sealed = base64(sealed).ok_or(ReadError::Lacks("db"))?;
    let slots =
        header.list("slots").iter().filter(|slot| slot.number("type").ok().flatten() == Some(PASSWORD_SLOT));
    let mut failed = ReadError::Unsupported("a file that no password opens");
    for (number, slot) in slots.enumerate() {
        if number == MOST_SLOTS {
            return Err(ReadError::TooDear);
        }
        match master_key(slot, keys) {
            Ok(key) => {
                let key = <[u8; 32]>::try_from(key.as_slice())
                    .map(Zeroizing::new)
                    .map_err(|_| ReadError::Damaged)?;
                // The password was right: what does not open now is damaged.
                return sealed_part(&key, header.get("params"), &sealed).map_err(|_| ReadError::Damaged);
            }
            // Another slot may be another password's.
            Err(ReadError::WrongPassword) => failed = ReadError::WrongPassword,
            Err(error) => return Err(error),
        }
    }
    Err(failed)
}

fn master_key(slot: &Json, keys: Keys<'_>) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let number = |key| slot.number(key).ok().flatten().ok_or(ReadError::Lacks("header.slots"));
    let part = |key| hex(slot.text(key)).ok_or(ReadError::Lacks("header.slots"));
    let key = kdf::scrypt(keys, &part("salt")?, number("n")?, number("r")?, number("p")?)?;
    sealed_part(&key, slot.get("key_params"), &part("key")?)
}

/// What is sealed, with its nonce and tag standing beside it.
fn sealed_part(key: &[u8; 32], params: &Json, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let part = |key| hex(params.text(key)).ok_or(ReadError::Lacks("header.params"));
    let tagged = [sealed, &part("tag")?].concat();
    aes_gcm(key, &part("nonce")?, &tagged, &[])
}

#[derive(Serialize)]
struct FileOut<T> {
    version: u8,
    header: Header,
    db: T,
}

#[derive(Default, Serialize)]
struct Header {
    slots: Option<[Slot; 1]>,
    params: Option<Params>,
}

#[derive(Serialize)]
struct Slot {
    r#type: u8,
    uuid: String,
    key: String,
    key_params: Params,
    n: u64,
    r: u64,
    p: u64,
    salt: String,
    repaired: bool,
    is_backup: bool,
}

#[derive(Serialize)]
struct Params {
    nonce: String,
    tag: String,
}

#[derive(Serialize)]
struct Db<'a> {
    version: u8,
    entries: Vec<EntryOut<'a>>,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    uuid: String,
    name: &'a str,
}

#[derive(Serialize)]
struct EntryOut<'a> {
    r#type: &'static str,
    uuid: String,
    name: &'a str,
    issuer: &'a str,
    note: &'a str,
    favorite: bool,
    icon: (),
    info: Info,
    groups: Vec<String>,
}

#[derive(Serialize)]
struct Info {
    secret: Zeroizing<String>,
    algo: String,
    digits: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
}

/// Tags are groups there, each named once.
fn db<'a>(devices: &[&'a Device]) -> Db<'a> {
    let names: BTreeSet<&str> = devices.iter().flat_map(|device| device.tags.iter()).map(Text::raw).collect();
    let group = |name| Group { uuid: DeviceId::random().to_string(), name };
    let groups: Vec<_> = names.into_iter().map(group).collect();
    Db { version: 3, entries: devices.iter().map(|device| entry_out(device, &groups)).collect(), groups }
}

fn entry_out<'a>(device: &'a Device, groups: &[Group<'_>]) -> EntryOut<'a> {
    let is_in = |group: &&Group<'_>| device.tags.iter().any(|tag| tag.raw() == group.name);
    EntryOut {
        r#type: device.method.kind().as_str(),
        uuid: device.id.to_string(),
        name: device.account.raw(),
        issuer: device.issuer.raw(),
        note: device.note.raw(),
        favorite: device.favourite,
        icon: (),
        info: Info {
            secret: device.secret.to_base32(),
            algo: device.method.algorithm().to_string(),
            digits: device.method.digits(),
            period: device.method.period().map(Period::get),
            counter: device.method.counter(),
        },
        groups: groups.iter().filter(is_in).map(|group| group.uuid.clone()).collect(),
    }
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    super::json_of(&FileOut { version: 1, header: Header::default(), db: db(devices) })
}

/// As the app itself does it: scrypt with N = 2^15.
fn seal(devices: &[&Device], password: &Passphrase) -> Result<Zeroizing<Vec<u8>>, SealError> {
    const N: u64 = 1 << 15;
    let random = super::random::<32>;
    let master = Zeroizing::new(random()?);
    let salt = random()?;
    let keys = Keys { password: Some(password), ..Keys::default() };
    let key = kdf::scrypt(keys, &salt, N, 8, 1).map_err(|_| SealError::NotSealed)?;
    let (sealed_key, key_params) = sealed(&key, master.as_slice())?;
    let (sealed_db, params) = sealed(&master, &super::json_of(&db(devices)))?;
    let slot = Slot {
        r#type: 1,
        uuid: DeviceId::random().to_string(),
        key: to_hex(&sealed_key),
        key_params,
        n: N,
        r: 8,
        p: 1,
        salt: to_hex(&salt),
        repaired: true,
        is_backup: false,
    };
    let header = Header { slots: Some([slot]), params: Some(params) };
    Ok(super::json_of(&FileOut { version: 1, header, db: to_base64(&sealed_db).as_str() }))
}

fn sealed(key: &[u8; 32], plain: &[u8]) -> Result<(Vec<u8>, Params), SealError> {
    let nonce = super::random::<12>()?;
    let mut sealed = seal_aes_gcm(key, nonce, plain).ok_or(SealError::NotSealed)?;
    let tag = sealed.split_off(sealed.len().saturating_sub(16));
    Ok((sealed, Params { nonce: to_hex(&nonce), tag: to_hex(&tag) }))
}
