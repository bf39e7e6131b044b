//! The `MessagePack` shapes of format version 1, apart from the model. docs/vault-format.md tells them.

use super::bad::BadVault;
use super::bin::{Bin, Lent, fixed};
use super::model::{Extra, LogEntry, Record, Tombstone, Vault, VaultId};
use super::random::{MacKey, random_key};
use super::rows::{DeviceRow, LogRow, TombstoneRow, written_device, written_entry, written_tombstone};
use super::stamp::WriterId;
use super::values::{MAX_VALUES, count};
use super::wiped::Wiped;
use hmac::digest::common::Key;
use hmac::{Hmac, KeyInit, Mac};
use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The format version that is written, and the newest that is read.
pub(super) const VERSION: u64 = 1;
/// Nesting beyond this is no vault of ours.
const MAX_DEPTH: usize = 32;

#[derive(Serialize, Deserialize)]
struct Outer<'a> {
    #[serde(borrow)]
    content: Lent<'a>,
    mac: Bin,
}

#[derive(Deserialize)]
struct Content {
    /// Looked at before: [`VersionOnly`].
    #[serde(rename = "version")]
    _version: u64,
    vault: Bin,
    generation: u64,
    #[serde(default)]
    previous: Option<Bin>,
    #[serde(default)]
    identity_stanza: Option<Bin>,
    mac_key: Bin,
    #[serde(default)]
    recipient: Option<String>,
    #[serde(default)]
    recipients: Vec<String>,
    devices: Records,
    #[serde(default)]
    tombstones: Vec<TombstoneRow>,
    #[serde(default)]
    log: Vec<LogRow>,
    #[serde(flatten)]
    extra: Extra,
}

/// The same as it is written: row by row. All rows at once would take more room than the vault itself.
struct Written<'a> {
    vault: &'a Vault,
    frame: &'a Frame,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { vault, frame } = self;
        let bin = |bytes: &[u8]| Bin::from(bytes);
        let hash = |hash: Option<[u8; 32]>| hash.map(|hash| bin(&hash));
        // Where the length is not said the serializer keeps all of it in a buffer of its own first.
        let mut map = serializer.serialize_map(Some(11 + vault.extra.len()))?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("vault", &bin(vault.id.0.as_bytes()))?;
        map.serialize_entry("generation", &vault.generation)?;
        map.serialize_entry("previous", &hash(frame.previous))?;
        map.serialize_entry("identity_stanza", &hash(frame.identity_stanza))?;
        map.serialize_entry("mac_key", &bin(frame.mac_key.as_slice()))?;
        map.serialize_entry("recipient", &frame.recipient)?;
        map.serialize_entry("recipients", &frame.recipients)?;
        map.serialize_entry("devices", &Rows(|| vault.records.iter().map(|record| written_device(record))))?;
        map.serialize_entry("tombstones", &Rows(|| vault.tombstones.iter().map(written_tombstone)))?;
        map.serialize_entry("log", &Rows(|| vault.log.iter().map(written_entry)))?;
        for (name, value) in &vault.extra {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Rows that are made one by one.
struct Rows<F>(F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Rows<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// The devices, each taken out of its row as soon as that is read; or what is wrong with the first bad one.
struct Records(Result<Vec<Arc<Record>>, String>);

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowsVisitor;
        impl<'de> Visitor<'de> for RowsVisitor {
            type Value = Records;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Records, A::Error> {
                let mut records = Ok(Vec::new());
                let mut number = 0;
                while let Some(row) = rows.next_element::<DeviceRow>()? {
                    number += 1;
                    if let Ok(known) = &mut records {
                        match Record::try_from(row) {
                            Ok(record) => known.push(Arc::new(record)),
                            Err(what) => records = Err(format!("device {number}: {what}")),
                        }
                    }
                }
                Ok(Records(records))
            }
        }
        deserializer.deserialize_seq(RowsVisitor)
    }
}

#[derive(Deserialize)]
struct VersionOnly {
    version: u64,
}

/// What stands in a vault besides its devices and their history.
#[derive(Clone)]
pub(super) struct Frame {
    /// SHA-256 of the file that this one replaces.
    pub(super) previous: Option<[u8; 32]>,
    /// SHA-256 of the identity stanza's body.
    pub(super) identity_stanza: Option<[u8; 32]>,
    /// The key of the MAC.
    pub(super) mac_key: MacKey,
    /// The public side of the vault's own identity, where it has one.
    pub(super) recipient: Option<String>,
    /// Further recipients.
    pub(super) recipients: Vec<String>,
}

impl Frame {
    /// Nothing but a MAC key of its own, and these recipients.
    pub(super) fn fresh(recipients: Vec<String>) -> Self {
        Self { previous: None, identity_stanza: None, mac_key: random_key(), recipient: None, recipients }
    }
}

/// The plaintext of a vault or backup.
pub(super) fn encode(vault: &Vault, frame: &Frame) -> Result<Wiped, BadVault> {
    let devices: usize = vault.records.iter().map(|record| record.room()).sum();
    let room = 512 + devices + 128 * (vault.tombstones.len() + vault.log.len());
    let content = pack(&Written { vault, frame }, room)?;
    // What could not be read again is not written.
    within_bounds(&content)?;
    let mac = Bin::from(mac_of(&content, &frame.mac_key).finalize().into_bytes().as_slice());
    pack(&Outer { content: Lent(&content), mac }, content.len() + 128)
}

/// Reads the plaintext of a vault or backup. The MAC is checked with `mac_key`, or, where none is known
/// from elsewhere, with the one inside.
pub(super) fn decode(
    plain: &[u8],
    mac_key: Option<&MacKey>,
    writer: WriterId,
) -> Result<(Vault, Frame), BadVault> {
    let outer: Outer<'_> = unpack(plain)?;
    if let Some(key) = mac_key {
        check_mac(&outer, key)?;
    }
    let version: VersionOnly = unpack(outer.content.0)?;
    if version.version != VERSION {
        return Err(match version.version {
            0 => BadVault::Contents("version 0".into()),
            version => BadVault::Newer { version },
        });
    }
    let content: Content = unpack(outer.content.0)?;
    let frame = Frame {
        previous: content.previous.as_ref().map(fixed).transpose()?,
        identity_stanza: content.identity_stanza.as_ref().map(fixed).transpose()?,
        mac_key: Zeroizing::new(fixed(&content.mac_key)?),
        recipient: content.recipient.clone(),
        recipients: content.recipients.clone(),
    };
    match mac_key {
        None => check_mac(&outer, &frame.mac_key)?,
        Some(key) if *key != frame.mac_key => return Err(BadVault::Mixed),
        Some(_) => {}
    }
    Ok((vault(content, writer)?, frame))
}

/// Whether contents, as they stand inside of the MAC, are the same after they were read, written and read again. For
/// fuzzing, which never gets past the MAC.
#[doc(hidden)]
pub fn survives(content: &[u8]) -> Result<bool, BadVault> {
    let read: Content = unpack(content)?;
    let mac = mac_of(content, &Zeroizing::new(fixed(&read.mac_key)?)).finalize();
    let outer = Outer { content: Lent(content), mac: Bin::from(mac.into_bytes().as_slice()) };
    let (vault, frame) = decode(&pack(&outer, content.len() + 128)?, None, WriterId(0))?;
    let written = encode(&vault, &frame)?;
    let (again, frame) = decode(&written, Some(&frame.mac_key), WriterId(0))?;
    Ok(vault.same_contents(&again) && *encode(&again, &frame)? == *written)
}

fn vault(content: Content, writer: WriterId) -> Result<Vault, BadVault> {
    let mut vault = Vault::empty(VaultId(Uuid::from_bytes(fixed(&content.vault)?)), writer);
    vault.generation = content.generation;
    let records = content.devices.0.map_err(BadVault::Contents)?;
    let ids: std::collections::BTreeSet<_> = records.iter().map(|record| record.device.id).collect();
    if ids.len() != records.len() {
        return Err(BadVault::Contents("two devices with one id".into()));
    }
    vault.set_records(records);
    for row in content.tombstones {
        let (id, tombstone) = <(_, Tombstone)>::try_from(row).map_err(BadVault::Contents)?;
        vault.tombstones.insert(id, tombstone);
    }
    let log: Result<Vec<LogEntry>, String> = content.log.into_iter().map(LogEntry::try_from).collect();
    vault.log = log.map_err(BadVault::Contents)?;
    vault.extra = content.extra;
    vault.count_seen();
    Ok(vault)
}

fn mac_of(content: &[u8], key: &MacKey) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice())
        .unwrap_or_else(|_| Hmac::new(&Key::<Hmac<Sha256>>::default()));
    mac.update(content);
    mac
}

fn check_mac(outer: &Outer<'_>, key: &MacKey) -> Result<(), BadVault> {
    mac_of(outer.content.0, key).verify_slice(&outer.mac.0).map_err(|_| BadVault::Forged)
}

fn pack(value: &impl Serialize, room: usize) -> Result<Wiped, BadVault> {
    let mut bytes = Wiped::with_capacity(room);
    let mut serializer = rmp_serde::Serializer::new(&mut *bytes).with_struct_map();
    value.serialize(&mut serializer).map_err(|error| BadVault::Contents(error.to_string()))?;
    Ok(bytes)
}

/// Reads one value and nothing after it.
fn unpack<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, BadVault> {
    within_bounds(bytes)?;
    let mut deserializer = rmp_serde::Deserializer::from_read_ref(bytes);
    deserializer.set_max_depth(MAX_DEPTH);
    let value = T::deserialize(&mut deserializer).map_err(|error| BadVault::Contents(plain_words(&error)))?;
    // The reader does not tell its position: only at the end is there no marker of a next value.
    match serde::de::IgnoredAny::deserialize(&mut deserializer) {
        Err(rmp_serde::decode::Error::InvalidMarkerRead(_)) => Ok(value),
        _ => Err(BadVault::Contents("bytes after the end".into())),
    }
}

fn within_bounds(bytes: &[u8]) -> Result<(), BadVault> {
    let fits = count(bytes, MAX_VALUES) <= MAX_VALUES;
    if fits { Ok(()) } else { Err(BadVault::Contents(format!("more than {MAX_VALUES} values"))) }
}

/// The error without what stands in the file: serde quotes unexpected values.
fn plain_words(error: &rmp_serde::decode::Error) -> String {
    let text = error.to_string();
    match text.split_once(": ") {
        Some((what, _)) if what.starts_with("invalid") => what.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::VaultId;
    use super::*;

    /// Whoever can write the contents knows the key that stands in them, too: only the MAC tells that they are not whole.
    #[test]
    fn contents_under_another_mac_are_refused_whether_the_key_is_known_or_not() {
        let vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1));
        let frame = Frame::fresh(Vec::new());
        let mut plain = encode(&vault, &frame).unwrap().to_vec();
        let decoded = |plain: &[u8], key| decode(plain, key, WriterId(1)).map(|(vault, _)| vault.id);
        for key in [None, Some(&frame.mac_key)] {
            assert_eq!(decoded(&plain, key).ok(), Some(vault.id));
        }
        let another = random_key();
        assert!(matches!(decoded(&plain, Some(&another)), Err(BadVault::Forged)));
        // The MAC stands last.
        *plain.last_mut().unwrap() ^= 1;
        for key in [None, Some(&frame.mac_key)] {
            assert!(matches!(decoded(&plain, key), Err(BadVault::Forged)));
        }
    }
}
