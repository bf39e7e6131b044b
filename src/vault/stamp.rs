//! Revision stamps: who wrote a value, and in which order. Not wall time, since clocks lie.

use super::random::fill_random;
use std::collections::BTreeMap;

/// Who wrote: a number drawn at random by each process that opens a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterId(pub u64);

impl WriterId {
    /// A new one, from the system's random numbers.
    pub fn random() -> Self {
        let mut bytes = [0; 8];
        fill_random(&mut bytes);
        // 48 bits are plenty, and keep a stamp short.
        Self(u64::from_le_bytes(bytes) >> 16)
    }
}

/// A revision: a Lamport count (one more than every count that the writer had seen), then the writer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stamp {
    pub(super) count: u64,
    pub(super) writer: u64,
}

impl Stamp {
    pub(super) fn next(seen: u64, writer: WriterId) -> Self {
        Self { count: seen.saturating_add(1), writer: writer.0 }
    }
}

/// A field of a device that can be changed, as the schema names it. HOTP's counter and the time of the last
/// check merge by maximum; their stamps tell a removal elsewhere that the device was used meanwhile. The
/// secret is not here: it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Issuer,
    Account,
    Method,
    Serial,
    Tags,
    Note,
    Favourite,
    Drift,
    Counter,
    Checked,
}

impl Field {
    pub(super) const ALL: [Self; 10] = [
        Self::Issuer,
        Self::Account,
        Self::Method,
        Self::Serial,
        Self::Tags,
        Self::Note,
        Self::Favourite,
        Self::Drift,
        Self::Counter,
        Self::Checked,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Account => "account",
            Self::Method => "method",
            Self::Serial => "serial",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Favourite => "favourite",
            Self::Drift => "drift",
            Self::Counter => "counter",
            Self::Checked => "checked",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// When each field of a device was last written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    /// When the device was added: every field's stamp until it is changed. Never changes itself.
    pub(super) born: Stamp,
    /// Fields that were changed since.
    pub(super) changed: BTreeMap<Field, Stamp>,
    /// Stamps of fields that only a newer keyfob knows.
    pub(super) foreign: BTreeMap<String, Stamp>,
}

impl Stamps {
    pub(super) fn of(&self, field: Field) -> Stamp {
        self.changed.get(&field).copied().unwrap_or(self.born)
    }

    pub(super) fn set(&mut self, field: Field, stamp: Stamp) {
        self.changed.insert(field, stamp);
    }

    pub(super) fn set_all(&mut self, stamp: Stamp) {
        self.changed = Field::ALL.into_iter().map(|field| (field, stamp)).collect();
    }

    /// The highest count in it.
    pub(super) fn highest(&self) -> u64 {
        let stamps = self.changed.values().chain(self.foreign.values());
        stamps.map(|stamp| stamp.count).max().unwrap_or(0).max(self.born.count)
    }

    /// Whether any field was written after, or beside, what `seen` knows of.
    pub(super) fn has_news_for(&self, seen: &Self) -> bool {
        let foreign =
            |(name, stamp): (&String, &Stamp)| *stamp > seen.foreign.get(name).copied().unwrap_or(seen.born);
        Field::ALL.into_iter().any(|field| self.of(field) > seen.of(field))
            || self.foreign.iter().any(foreign)
    }

    /// The later stamp of every field.
    pub(super) fn join(&self, other: &Self) -> Self {
        let born = self.born.min(other.born);
        let later = |field| self.of(field).max(other.of(field));
        let changed =
            Field::ALL.into_iter().map(|f| (f, later(f))).filter(|(_, stamp)| *stamp != born).collect();
        let mut foreign = self.foreign.clone();
        for (name, stamp) in &other.foreign {
            let kept = foreign.entry(name.clone()).or_insert(*stamp);
            *kept = (*kept).max(*stamp);
        }
        Self { born, changed, foreign }
    }
}
