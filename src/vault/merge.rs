//! Merging two copies of a vault that were changed apart.
//!
//! Every field carries the stamp of its last write, so the common ancestor need not be at hand: where only
//! one copy changed a field since they parted, its stamp is the later one. That makes merging commutative
//! and idempotent, and associative where the copies changed different fields, whatever the clocks say. A removed device comes back when the other copy
//! edited it without knowing of the removal; counters take the maximum, so that one that was stepped back comes
//! forward where a copy does not know of that (where one device had two ids, the one that went is not asked, if all it did
//! was known); secrets never merge. A secret that both copies were given apart, by one
//! QR code read twice, say, is one device afterwards.

use super::model::{Extra, LOG_LIMIT, LogEntry, Record, Tombstone, Vault, copy_field};
use super::stamp::Field;
use crate::clock::UnixTime;
use crate::device::{Device, DeviceId};
use crate::otp::Method;
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What taking in another copy came to, in devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// That were not here before.
    pub added: usize,
    /// That are called or counted otherwise now.
    pub changed: usize,
    /// That were removed in the other copy.
    pub removed: usize,
    /// Whether the other copy said anything that was not known here.
    pub news: bool,
}

impl Vault {
    /// Takes in what another copy of this vault says, and notes it where that is anything new.
    pub fn take_in(&mut self, other: &Self, now: UnixTime) -> Merged {
        let merged = self.merge(other);
        if merged.same_contents(self) {
            return Merged::default();
        }
        let told = Merged {
            added: merged.devices().filter(|device| self.get(device.id).is_none()).count(),
            changed: self.devices().filter(|old| merged.get(old.id).is_some_and(|new| new != *old)).count(),
            removed: self.devices().filter(|device| !merged.has(device)).count(),
            news: true,
        };
        *self = merged;
        self.note(now, "merge", None, Some((told.added + told.changed + told.removed) as u64));
        told
    }

    /// What both copies say together. Devices whose secrets differ under one id both stay.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        merged.generation = self.generation.max(other.generation);
        merged.tombstones = tombstones(&self.tombstones, &other.tombstones);
        let mut records = records(&self.records, &other.records);
        let mut revived = Tombstones::new();
        records.retain(|id, record| match merged.tombstones.remove_entry(id) {
            Some((id, tombstone)) if !record.stamps.has_news_for(&tombstone.seen) => {
                merged.tombstones.insert(id, tombstone);
                false
            }
            Some((id, tombstone)) => {
                // Whoever removes it the next time knows what the remover knew.
                Arc::make_mut(record).stamps.know(&tombstone.seen);
                revived.insert(id, tombstone);
                true
            }
            None => true,
        });
        let united = self.unite(&mut records);
        // Where one came back only to become part of another one, it stays as gone as it was.
        revived.retain(|id, _| united.contains_key(id));
        merged.tombstones.extend(tombstones(&united, &revived));
        merged.set_records(records.into_values().collect());
        merged.log = log(&self.log, &other.log);
        merged.extra = extra(&self.extra, &other.extra);
        merged.seen = self.seen.max(other.seen);
        merged.count_seen();
        merged
    }

    /// Whether it has this device, perhaps under the id that a merge gave it.
    fn has(&self, device: &Device) -> bool {
        self.get(device.id).is_some() || self.owner_of_secret(&device.secret).is_some()
    }

    /// Makes one device of those that were added apart and make the same codes: a secret belongs to one device. The
    /// others' tombstones are the answer, so that a copy that has one of them does not bring it back.
    fn unite(&self, records: &mut Records) -> Tombstones {
        let mut by_secret: HashMap<u64, Vec<DeviceId>> = HashMap::with_capacity(records.len());
        for (id, record) in &*records {
            by_secret.entry(self.hash(&record.device.secret)).or_default().push(*id);
        }
        let mut gone = Tombstones::new();
        for ids in by_secret.into_values().filter(|ids| ids.len() > 1) {
            let alike = ids.iter().filter_map(|id| records.remove(id)).collect();
            let kept = united(alike, &mut gone);
            records.extend(kept.into_iter().map(|record| (record.device.id, record)));
        }
        gone
    }
}

/// Of devices that make the same codes, the one that was added first takes in what the others say.
fn united(mut alike: Vec<Arc<Record>>, gone: &mut Tombstones) -> Vec<Arc<Record>> {
    alike.sort_by_key(|record| (record.stamps.born, record.device.id));
    let mut kept: Vec<Arc<Record>> = Vec::new();
    for record in alike {
        let Some(first) = kept.iter_mut().find(|first| makes_the_same_codes(&first.device, &record.device))
        else {
            kept.push(record);
            continue;
        };
        let joined = join(first, &record);
        let (stamp, seen) = (record.stamps.latest(), joined.stamps.clone());
        let at = record.device.modified;
        gone.insert(record.device.id, Tombstone { stamp, at, seen, extra: record.extra.clone() });
        *first = Arc::new(joined);
    }
    kept
}

fn makes_the_same_codes(one: &Device, two: &Device) -> bool {
    one.secret == two.secret && one.method.at_counter_of(&two.method) == two.method
}

type Records = BTreeMap<DeviceId, Arc<Record>>;

fn records(ours: &[Arc<Record>], theirs: &[Arc<Record>]) -> Records {
    let mut all = Records::new();
    for record in ours.iter().chain(theirs) {
        add_record(&mut all, Arc::clone(record));
    }
    all
}

fn add_record(all: &mut Records, record: Arc<Record>) {
    let id = record.device.id;
    let Some(here) = all.get(&id) else {
        all.insert(id, record);
        return;
    };
    if Arc::ptr_eq(here, &record) || *here == record {
        return;
    }
    if here.device.secret == record.device.secret {
        let joined = Arc::new(join(here, &record));
        all.insert(id, joined);
        return;
    }
    let (first, second) =
        if goes_first(here, &record) { (Arc::clone(here), record) } else { (record, Arc::clone(here)) };
    all.insert(id, first);
    let mut moved = second.as_ref().clone();
    moved.device.id = id_beside(&moved.device);
    add_record(all, Arc::new(moved));
}

/// Which of two devices with one id and different secrets keeps it: the same for everybody who asks.
fn goes_first(one: &Record, two: &Record) -> bool {
    let secrets = || one.device.secret.expose(|a| two.device.secret.expose(|b| a.cmp(b)));
    one.stamps.born.cmp(&two.stamps.born).then_with(secrets).is_le()
}

/// An id that everybody who meets the same conflict gives to the device that moves.
fn id_beside(device: &Device) -> DeviceId {
    let mut hash = Sha256::new();
    hash.update(b"keyfob conflicting secret");
    hash.update(device.id.0.as_bytes());
    device.secret.expose(|bytes| hash.update(bytes));
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.first_chunk::<16>().unwrap_or(&[0; 16]));
    DeviceId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn join(ours: &Record, theirs: &Record) -> Record {
    let mut joined = ours.clone();
    for field in Field::ALL {
        if takes_theirs(field, ours, theirs) {
            copy_field(field, &theirs.device, &mut joined.device);
        }
    }
    let counters = [ours.device.method.counter(), theirs.device.method.counter()];
    if let Method::Hotp { counter, .. } = &mut joined.device.method {
        *counter = counters.into_iter().flatten().max().unwrap_or(*counter);
    }
    joined.device.created = ours.device.created.min(theirs.device.created);
    joined.device.modified = ours.device.modified.max(theirs.device.modified);
    joined.device.checked = ours.device.checked.max(theirs.device.checked);
    joined.stamps = ours.stamps.join(&theirs.stamps);
    joined.extra = extra(&ours.extra, &theirs.extra);
    joined
}

/// The later write wins. One stamp never has two values unless a file was edited by hand: then the order
/// of their text decides, so that both sides decide alike.
fn takes_theirs(field: Field, ours: &Record, theirs: &Record) -> bool {
    match theirs.stamps.of(field).cmp(&ours.stamps.of(field)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => text_of(field, &theirs.device) > text_of(field, &ours.device),
    }
}

fn text_of(field: Field, device: &Device) -> String {
    match field {
        Field::Issuer => device.issuer.raw().to_owned(),
        Field::Account => device.account.raw().to_owned(),
        Field::Method => {
            let method = device.method;
            let period = method.period().map(crate::otp::Period::get);
            format!("{} {} {} {period:?}", method.kind().as_str(), method.algorithm(), method.digits())
        }
        Field::Serial => device.serial.as_ref().map(|serial| serial.raw().to_owned()).unwrap_or_default(),
        Field::Tags => device.tags.iter().map(Text::raw).collect::<Vec<_>>().join("\n"),
        Field::Note => device.note.raw().to_owned(),
        Field::Favourite => device.favourite.to_string(),
        Field::Drift => device.drift.steps().to_string(),
        Field::Counter | Field::Checked => String::new(),
    }
}

type Tombstones = BTreeMap<DeviceId, Tombstone>;

fn tombstones(ours: &Tombstones, theirs: &Tombstones) -> Tombstones {
    let mut all = ours.clone();
    for (id, theirs) in theirs {
        let Some(ours) = all.get_mut(id) else {
            all.insert(*id, theirs.clone());
            continue;
        };
        ours.stamp = ours.stamp.max(theirs.stamp);
        ours.at = ours.at.max(theirs.at);
        ours.seen = ours.seen.join(&theirs.seen);
        ours.extra = extra(&ours.extra, &theirs.extra);
    }
    all
}

fn log(ours: &[LogEntry], theirs: &[LogEntry]) -> Vec<LogEntry> {
    let all: BTreeMap<_, _> = ours.iter().chain(theirs).map(|entry| (entry.stamp, entry)).collect();
    let surplus = all.len().saturating_sub(LOG_LIMIT);
    all.into_values().skip(surplus).cloned().collect()
}

/// All fields of both; where they differ, the one whose text is later in the alphabet, for everybody alike.
fn extra(ours: &Extra, theirs: &Extra) -> Extra {
    let mut all = ours.clone();
    for (name, value) in theirs {
        let kept = all.entry(name.clone()).or_insert_with(|| value.clone());
        if value.to_string() > kept.to_string() {
            *kept = value.clone();
        }
    }
    all
}

/// The id that no random draw gives: kept for tests of the derivation.
#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn derived_ids_are_no_random_ones() {
        let candidate =
            crate::device::Candidate::bare(crate::otp::Secret::from_bytes(b"0123456789").unwrap());
        let device = candidate.into_device(DeviceId(Uuid::nil()), crate::clock::UnixTime(0));
        assert_eq!(id_beside(&device).0.get_version_num(), 8);
    }
}
