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

    /// As the schema has it.
    pub(super) fn row(self) -> (u64, u64) {
        (self.count, self.writer)
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

/// How many overwritten writes are remembered of a device: one of each process that made any.
const PAST_LIMIT: usize = 16;

/// When each field of a device was last written, and which writes are known besides. Most devices are added and never
/// changed: what was written since takes room only where there is any.
#[derive(Clone, Debug, Default)]
pub(super) struct Stamps {
    /// When the device was added: every field's stamp until it is changed. Never changes itself.
    pub(super) born: Stamp,
    since: Option<Box<Since>>,
}

/// What was written after a device was added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Since {
    /// Fields that were changed.
    pub(super) changed: BTreeMap<Field, Stamp>,
    /// Stamps of fields that only a newer keyfob knows.
    pub(super) foreign: BTreeMap<String, Stamp>,
    /// Writers whose writes were all overwritten, and the count of their last one: who removes a device knew of
    /// these too. The last 16.
    pub(super) past: BTreeMap<u64, u64>,
}

static NOTHING: Since = Since { changed: BTreeMap::new(), foreign: BTreeMap::new(), past: BTreeMap::new() };

impl PartialEq for Stamps {
    fn eq(&self, other: &Self) -> bool {
        self.born == other.born && self.since() == other.since()
    }
}

impl Stamps {
    /// Those of a device that is added now.
    pub(super) fn born_at(born: Stamp) -> Self {
        Self { born, since: None }
    }

    /// What was written since.
    pub(super) fn since(&self) -> &Since {
        self.since.as_deref().unwrap_or(&NOTHING)
    }

    pub(super) fn since_mut(&mut self) -> &mut Since {
        self.since.get_or_insert_default()
    }

    pub(super) fn of(&self, field: Field) -> Stamp {
        self.since().changed.get(&field).copied().unwrap_or(self.born)
    }

    pub(super) fn set(&mut self, field: Field, stamp: Stamp) {
        let before = self.since_mut().changed.insert(field, stamp);
        self.know_of(before);
    }

    pub(super) fn set_all(&mut self, stamp: Stamp) {
        let all = Field::ALL.into_iter().map(|field| (field, stamp)).collect();
        let before = std::mem::replace(&mut self.since_mut().changed, all);
        self.know_of(before.into_values());
    }

    /// The last one.
    pub(super) fn latest(&self) -> Stamp {
        self.all().max().unwrap_or_default()
    }

    /// The highest count in it.
    pub(super) fn highest(&self) -> u64 {
        self.latest().count
    }

    fn current(&self) -> impl Iterator<Item = Stamp> + '_ {
        let Since { changed, foreign, .. } = self.since();
        let changed = changed.values().chain(foreign.values()).copied();
        changed.chain([self.born])
    }

    fn all(&self) -> impl Iterator<Item = Stamp> + '_ {
        self.current().chain(self.past())
    }

    fn past(&self) -> impl Iterator<Item = Stamp> + '_ {
        self.since().past.iter().map(|(writer, count)| Stamp { count: *count, writer: *writer })
    }

    /// Whether there was any write that `seen` does not know of, be it overwritten since. What is older than the oldest
    /// that is remembered counts as known, unless it stands where an even older one is known.
    pub(super) fn has_news_for(&self, seen: &Self) -> bool {
        let known = |name: &String| seen.since().foreign.get(name).copied().unwrap_or(seen.born);
        let foreign = |(name, stamp): (&String, &Stamp)| *stamp > known(name);
        let later = Field::ALL.into_iter().any(|field| self.of(field) > seen.of(field))
            || self.since().foreign.iter().any(foreign);
        self.all().any(|stamp| !seen.knows(stamp) && (later || !seen.forgets(stamp)))
    }

    /// A writer's writes come one after the other, so that its last one says it of all.
    fn knows(&self, stamp: Stamp) -> bool {
        self.all().any(|known| known.writer == stamp.writer && known.count >= stamp.count)
    }

    fn forgets(&self, stamp: Stamp) -> bool {
        let oldest = self.past().min();
        self.since().past.len() >= PAST_LIMIT && oldest.is_some_and(|oldest| stamp < oldest)
    }

    /// Remembers all that the other knows of. What is written where stays.
    pub(super) fn know(&mut self, other: &Self) {
        self.know_of(other.all());
    }

    fn know_of(&mut self, stamps: impl IntoIterator<Item = Stamp>) {
        let mut past =
            self.since.as_deref_mut().map(|since| std::mem::take(&mut since.past)).unwrap_or_default();
        for stamp in stamps {
            let last = past.entry(stamp.writer).or_default();
            *last = stamp.count.max(*last);
        }
        // A writer that still stands somewhere with a later write needs no second place.
        past.retain(|writer, count| !self.current().any(|s| s.writer == *writer && s.count >= *count));
        while past.len() > PAST_LIMIT {
            let oldest = past.iter().map(|(writer, count)| (*count, *writer)).min();
            oldest.and_then(|(_, writer)| past.remove(&writer));
        }
        if !past.is_empty() {
            self.since_mut().past = past;
        }
    }

    /// The later stamp of every field.
    pub(super) fn join(&self, other: &Self) -> Self {
        let born = self.born.min(other.born);
        let later = |field| self.of(field).max(other.of(field));
        let changed: BTreeMap<_, _> =
            Field::ALL.into_iter().map(|f| (f, later(f))).filter(|(_, stamp)| *stamp != born).collect();
        let mut foreign = self.since().foreign.clone();
        for (name, stamp) in &other.since().foreign {
            let kept = foreign.entry(name.clone()).or_insert(*stamp);
            *kept = (*kept).max(*stamp);
        }
        let mut joined = Self::born_at(born);
        if !changed.is_empty() || !foreign.is_empty() {
            joined.since = Some(Box::new(Since { changed, foreign, past: BTreeMap::new() }));
        }
        joined.know_of(self.all().chain(other.all()));
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(count: u64, writer: u64) -> Stamp {
        Stamp { count, writer }
    }

    #[test]
    fn a_write_is_known_by_its_writers_last_one() {
        let mut stamps = Stamps::born_at(at(1, 1));
        stamps.set(Field::Note, at(5, 2));
        for (stamp, known) in
            [(at(1, 1), true), (at(2, 1), false), (at(4, 2), true), (at(5, 2), true), (at(6, 2), false)]
        {
            assert_eq!(stamps.knows(stamp), known, "{stamp:?}");
        }
        assert_eq!((stamps.of(Field::Note), stamps.of(Field::Tags)), (at(5, 2), at(1, 1)));
        assert_eq!(stamps.highest(), 5);
    }

    #[test]
    fn an_overwritten_write_is_remembered_once_and_the_last_sixteen_writers_alone() {
        let mut stamps = Stamps::born_at(at(1, 1));
        for count in 2..=18 {
            stamps.set(Field::Note, at(count, count));
        }
        // 18 stands; of the 16 others none is forgotten, nor is one that still stands remembered twice.
        assert_eq!(stamps.since().past.keys().copied().collect::<Vec<_>>(), (2..=17).collect::<Vec<_>>());
        assert!(stamps.forgets(at(1, 9)) && !stamps.forgets(at(2, 2)) && !stamps.forgets(at(3, 9)));
        stamps.set(Field::Note, at(19, 19));
        assert_eq!(stamps.since().past.keys().copied().collect::<Vec<_>>(), (3..=18).collect::<Vec<_>>());
        stamps.set(Field::Note, at(20, 18));
        assert!(!stamps.since().past.contains_key(&18), "its writer stands with a later one");
        stamps.since_mut().past.clear();
        assert!(!stamps.forgets(at(0, 0)), "nothing is forgotten before there were sixteen");
    }

    #[test]
    fn fields_of_a_newer_program_are_joined_by_their_later_stamp_and_are_news() {
        let of = |count| {
            let mut stamps = Stamps::born_at(at(1, 1));
            stamps.since_mut().foreign.insert("colour".to_owned(), at(count, 2));
            stamps
        };
        for (one, two) in [(3, 7), (7, 3)] {
            assert_eq!(of(one).join(&of(two)).since().foreign.get("colour"), Some(&at(7, 2)));
        }
        let plain = Stamps::born_at(at(1, 1));
        let mut emptied = plain.clone();
        emptied.since_mut();
        assert!(emptied == plain && of(3) != plain, "where nothing was written since, no room says so");
        assert_eq!(plain.join(&of(3)).since().foreign.get("colour"), Some(&at(3, 2)));
        assert!(of(3).has_news_for(&plain) && !plain.has_news_for(&of(3)));
        assert!(of(7).has_news_for(&of(3)) && !of(3).has_news_for(&of(7)) && !of(3).has_news_for(&of(3)));
        assert_eq!(Field::ALL.map(|field| Field::from_name(field.name())), Field::ALL.map(Some));
        assert_eq!(Field::from_name("colour"), None);
        assert_eq!(Stamp::next(u64::MAX, WriterId(1)).count, u64::MAX);
        assert!(WriterId::random().0 < 1 << 48);
    }
}
