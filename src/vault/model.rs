//! The decrypted contents.

use super::change::ChangeError;
use super::stamp::{Field, Stamp, Stamps, WriterId};
use crate::clock::UnixTime;
use crate::device::{Candidate, Device, DeviceId};
use crate::otp::Secret;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::sync::Arc;
use uuid::Uuid;

/// The most log entries that a vault keeps.
pub(super) const LOG_LIMIT: usize = 500;

/// A vault's identity for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultId(pub Uuid);

/// Fields that a newer keyfob wrote, kept as they are.
pub(super) type Extra = BTreeMap<String, rmpv::Value>;

/// A device with what merging needs to know of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) device: Device,
    pub(super) stamps: Stamps,
    pub(super) extra: Extra,
}

/// What is left of a removed device.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tombstone {
    pub(super) stamp: Stamp,
    pub(super) at: UnixTime,
    /// What the remover knew of the device: a later edit keeps it alive.
    pub(super) seen: Stamps,
    pub(super) extra: Extra,
}

/// What happened once, without secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// When.
    pub at: UnixTime,
    /// `add`, `edit`, `remove`, `restore`, `check`, `export`, `import`, `passphrase`, `merge`.
    pub what: String,
    /// The device it was about.
    pub device: Option<DeviceId>,
    /// How many devices, where that counts.
    pub count: Option<u64>,
    pub(super) stamp: Stamp,
    pub(super) extra: Extra,
}

/// The decrypted contents of a vault. Cheap to clone: devices are shared.
#[derive(Clone)]
pub struct Vault {
    pub(super) id: VaultId,
    pub(super) generation: u64,
    /// In the order in which they were added.
    pub(super) records: Vec<Arc<Record>>,
    pub(super) tombstones: BTreeMap<DeviceId, Tombstone>,
    pub(super) log: Vec<LogEntry>,
    pub(super) extra: Extra,
    /// The highest count of any stamp.
    pub(super) seen: u64,
    pub(super) writer: WriterId,
    /// Secrets by a hash that is keyed anew for each process.
    owners: Arc<HashMap<u64, DeviceId>>,
    hasher: RandomState,
}

impl Vault {
    /// An empty vault.
    pub fn empty(id: VaultId, writer: WriterId) -> Self {
        Self {
            id,
            generation: 0,
            records: Vec::new(),
            tombstones: BTreeMap::new(),
            log: Vec::new(),
            extra: Extra::new(),
            seen: 0,
            writer,
            owners: Arc::default(),
            hasher: RandomState::new(),
        }
    }

    /// The devices, in the order in which they were added.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &Device> + Clone {
        self.records.iter().map(|record| &record.device)
    }

    /// The device at this place of [`Self::devices`].
    pub fn device_at(&self, place: usize) -> Option<&Device> {
        self.records.get(place).map(|record| &record.device)
    }

    /// One device.
    pub fn get(&self, id: DeviceId) -> Option<&Device> {
        self.devices().find(|device| device.id == id)
    }

    /// The device that has this secret, if one does.
    pub fn owner_of(&self, candidate: &Candidate) -> Option<&Device> {
        self.owner_of_secret(&candidate.secret)
    }

    pub(super) fn owner_of_secret(&self, secret: &Secret) -> Option<&Device> {
        let id = self.owners.get(&self.hash(secret))?;
        self.get(*id).filter(|device| device.secret == *secret)
    }

    /// Which vault it is.
    pub fn id(&self) -> VaultId {
        self.id
    }

    /// How often it was saved.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// What happened, oldest first; at most the last 500 entries.
    pub fn log(&self) -> &[LogEntry] {
        &self.log
    }

    /// When a backup was last written and read back, and how many changes there were since.
    pub fn last_backup(&self) -> Option<(UnixTime, usize)> {
        let changes = |entry: &&LogEntry| {
            matches!(entry.what.as_str(), "add" | "edit" | "remove" | "restore" | "import")
        };
        let (index, entry) = self.log.iter().enumerate().rfind(|(_, entry)| entry.what == "export")?;
        Some((entry.at, self.log.iter().skip(index).filter(changes).count()))
    }

    /// The next stamp of this writer.
    pub(super) fn stamp(&mut self) -> Stamp {
        let stamp = Stamp::next(self.seen, self.writer);
        self.seen = stamp.count;
        stamp
    }

    pub(super) fn note(&mut self, at: UnixTime, what: &str, device: Option<DeviceId>, count: Option<u64>) {
        let stamp = self.stamp();
        self.log.push(LogEntry { at, what: what.to_owned(), device, count, stamp, extra: Extra::new() });
        let surplus = self.log.len().saturating_sub(LOG_LIMIT);
        self.log.drain(..surplus);
    }

    pub(super) fn record_mut(&mut self, id: DeviceId) -> Result<&mut Record, ChangeError> {
        let found = self.records.iter_mut().find(|record| record.device.id == id);
        found.map(Arc::make_mut).ok_or(ChangeError::NoSuchDevice)
    }

    /// Puts a record where its birth says, in place of one with the same id.
    pub(super) fn insert(&mut self, record: Record) {
        self.take(record.device.id);
        self.insert_new(record);
    }

    /// Puts a record with a new id where its birth says.
    pub(super) fn insert_new(&mut self, record: Record) {
        let key = |record: &Record| (record.device.created, record.stamps.born);
        let place = self.records.partition_point(|other| key(other) <= key(&record));
        let hash = self.hash(&record.device.secret);
        Arc::make_mut(&mut self.owners).insert(hash, record.device.id);
        self.records.insert(place, Arc::new(record));
    }

    /// Takes a record out.
    pub(super) fn take(&mut self, id: DeviceId) -> Option<Arc<Record>> {
        let place = self.records.iter().position(|record| record.device.id == id)?;
        let record = self.records.remove(place);
        let hash = self.hash(&record.device.secret);
        Arc::make_mut(&mut self.owners).remove(&hash);
        Some(record)
    }

    /// Replaces all records at once.
    pub(super) fn set_records(&mut self, mut records: Vec<Arc<Record>>) {
        records.sort_by_key(|record| (record.device.created, record.stamps.born, record.device.id));
        let owners =
            records.iter().map(|record| (self.hash(&record.device.secret), record.device.id)).collect();
        self.owners = Arc::new(owners);
        self.records = records;
    }

    /// The highest count of any stamp in it, found anew.
    pub(super) fn count_seen(&mut self) {
        let records = self.records.iter().map(|record| record.stamps.highest());
        let tombstones = self.tombstones.values().map(|t| t.stamp.count.max(t.seen.highest()));
        let log = self.log.iter().map(|entry| entry.stamp.count);
        self.seen = records.chain(tombstones).chain(log).max().unwrap_or(0).max(self.seen);
    }

    pub(super) fn hash(&self, secret: &Secret) -> u64 {
        secret.expose(|bytes| self.hasher.hash_one(bytes))
    }

    /// Whether both hold the same, whoever holds it and however often it was saved.
    pub fn same_contents(&self, other: &Self) -> bool {
        self.id == other.id
            && same_records(&self.records, &other.records)
            && self.tombstones == other.tombstones
            && self.log == other.log
            && self.extra == other.extra
    }
}

/// Most records of two states of a vault are one and the same in memory.
fn same_records(ours: &[Arc<Record>], theirs: &[Arc<Record>]) -> bool {
    let same = |(a, b): (&Arc<Record>, &Arc<Record>)| Arc::ptr_eq(a, b) || a == b;
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(same)
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault({}, {} devices)", self.id.0, self.records.len())
    }
}

/// Copies what a device says in one field. The counter and the last check are not copied: they merge by
/// maximum.
pub(super) fn copy_field(field: Field, from: &Device, to: &mut Device) {
    match field {
        Field::Issuer => to.issuer = from.issuer.clone(),
        Field::Account => to.account = from.account.clone(),
        Field::Method => to.method = from.method,
        Field::Serial => to.serial.clone_from(&from.serial),
        Field::Tags => to.tags.clone_from(&from.tags),
        Field::Note => to.note = from.note.clone(),
        Field::Favourite => to.favourite = from.favourite,
        Field::Drift => to.drift = from.drift,
        Field::Counter | Field::Checked => {}
    }
}
