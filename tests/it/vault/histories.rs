//! Histories of three copies, changed apart and merged in any order, held against what everybody knew when.
//!
//! Beside each copy stands the set of events that it knows of: what it did itself, and what came by merging. That is
//! what stamps stand for, kept exactly; so it can be said which device has to be there, and which must not.

use super::*;
use keyfob::device::Device;
use keyfob::vault::{BackupLock, Edit, VaultId, WriterId, open_backup, seal_backup};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How many histories are tried; `KEYFOB_HISTORIES` says otherwise.
fn cases() -> u32 {
    std::env::var("KEYFOB_HISTORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

/// What a copy does next; numbers pick a device, or another copy.
#[derive(Clone, Copy, Debug)]
enum Act {
    Add,
    /// One of a few secrets that any copy may be given: a QR code that two people read.
    AddShared(usize),
    AddToken(usize),
    Edit(usize, usize),
    Remove(usize),
    RemoveTwo(usize),
    Advance(usize),
    StepBack(usize),
    Check(usize),
    /// Takes its own last change back.
    Undo,
    /// Goes back to what it was so many changes ago.
    Restore(usize),
    /// Is written as a file and read again.
    Write,
    Merge(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Add),
        2 => (0..3usize).prop_map(Act::AddShared),
        1 => (0..2usize).prop_map(Act::AddToken),
        6 => (0..8usize, 0..5usize).prop_map(|(device, field)| Act::Edit(device, field)),
        3 => (0..8usize).prop_map(Act::Remove),
        1 => (0..8usize).prop_map(Act::RemoveTwo),
        3 => (0..8usize).prop_map(Act::Advance),
        1 => (0..8usize).prop_map(Act::StepBack),
        1 => (0..8usize).prop_map(Act::Check),
        3 => Just(Act::Undo),
        1 => (1..6usize).prop_map(Act::Restore),
        1 => Just(Act::Write),
        5 => (0..3usize).prop_map(Act::Merge),
    ]
}

fn history() -> impl Strategy<Value = Vec<(usize, Act)>> {
    prop::collection::vec((0..3usize, act()), 1..40)
}

/// What makes a device one, whatever its id: its secret, or a token's serial number.
type Key = Vec<u8>;

fn key(device: &Device) -> Key {
    device.secret.expose(<[u8]>::to_vec)
}

/// Something that happened to a device.
#[derive(Debug)]
struct Event {
    key: Key,
    /// Of a removal, the events that it knew of; of anything else none.
    removes: Option<BTreeSet<usize>>,
}

struct Copy {
    vault: Vault,
    knows: BTreeSet<usize>,
    inverses: Vec<Change>,
    earlier: Vec<Vault>,
}

struct World {
    copies: Vec<Copy>,
    events: Vec<Event>,
    now: u64,
}

impl World {
    fn new() -> Self {
        let empty = |writer| Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(writer));
        let copy = |writer| Copy {
            vault: empty(writer),
            knows: BTreeSet::new(),
            inverses: Vec::new(),
            earlier: Vec::new(),
        };
        let mut world = Self { copies: vec![copy(1), copy(2), copy(3)], events: Vec::new(), now: NOW.0 };
        // They begin as copies of one vault of three devices: by time, by counter, and a token.
        let token = Candidate::token(Text::line("GAHT00000000").unwrap()).unwrap();
        for candidate in [candidate(9001), hotp(9002, 5), token] {
            world.change(0, &Change::Add(Box::new(candidate)));
        }
        world.merge(1, 0);
        world.merge(2, 0);
        world
    }

    fn act(&mut self, at: usize, act: Act) {
        let id = |nth: usize| {
            let ids: Vec<DeviceId> = self.copies[at].vault.devices().map(|device| device.id).collect();
            ids.get(nth % ids.len().max(1)).copied()
        };
        let one = |nth: usize, change: fn(DeviceId) -> Change| id(nth).map(change);
        let added = |candidate: Candidate| Some(Change::Add(Box::new(candidate)));
        let number = u32::try_from(self.events.len()).unwrap();
        let change = match act {
            Act::Add if number.is_multiple_of(2) => added(hotp(number, 3)),
            Act::Add => added(candidate(number)),
            Act::AddShared(0) => added(hotp(8000, u64::from(number))),
            Act::AddShared(which) => added(candidate(8000 + u32::try_from(which).unwrap())),
            Act::AddToken(which) => {
                added(Candidate::token(Text::line(&format!("TOKEN{which}")).unwrap()).unwrap())
            }
            Act::Edit(nth, field) => {
                id(nth).map(|id| Change::Edit { id, edit: Box::new(edit(field, number)) })
            }
            Act::Remove(nth) => one(nth, Change::Remove),
            Act::RemoveTwo(nth) => id(nth).zip(id(nth + 1)).map(|(a, b)| Change::RemoveAll(vec![a, b])),
            Act::Advance(nth) => one(nth, Change::Advance),
            Act::StepBack(nth) => id(nth).map(|id| {
                let counter = self.copies[at].vault.get(id).and_then(|device| device.method.counter());
                Change::StepBack { id, from: counter.unwrap_or(0) }
            }),
            Act::Check(nth) => one(nth, Change::Checked),
            Act::Undo => self.copies[at].inverses.pop(),
            Act::Restore(back) => return self.restore(at, back),
            Act::Write => return self.write(at),
            Act::Merge(from) => return self.merge(at, from),
        };
        if let Some(change) = change {
            self.change(at, &change);
        }
    }

    /// Makes a change, if the vault takes it. Taking it back must give what was there before.
    fn change(&mut self, at: usize, change: &Change) {
        self.now += 1;
        let now = UnixTime(self.now);
        let copy = &mut self.copies[at];
        let before = copy.vault.clone();
        let Ok(applied) = copy.vault.apply(change, now) else {
            assert!(same_devices(&copy.vault, &before), "a change that was refused changed something");
            return;
        };
        if let Some(inverse) = applied.inverse {
            let mut back = copy.vault.clone();
            back.apply(&inverse, now).unwrap();
            assert!(same_devices(&back, &before), "{change:?} taken back by {inverse:?}");
            copy.inverses.push(inverse);
        }
        copy.earlier.push(before.clone());
        self.happened(at, &before);
    }

    fn restore(&mut self, at: usize, back: usize) {
        self.now += 1;
        let copy = &mut self.copies[at];
        let Some(earlier) = copy.earlier.iter().rev().nth(back).cloned() else { return };
        let before = copy.vault.clone();
        copy.vault.replace_with(&earlier, UnixTime(self.now));
        for wanted in earlier.devices() {
            assert!(copy.vault.get(wanted.id).is_some_and(|device| device.secret == wanted.secret));
        }
        copy.inverses.clear();
        self.happened(at, &before);
    }

    /// Notes what became of which device.
    fn happened(&mut self, at: usize, before: &Vault) {
        let copy = &mut self.copies[at];
        let mut new = Vec::new();
        for old in before.devices().filter(|old| copy.vault.get(old.id).is_none()) {
            let known = copy.knows.iter().copied().filter(|event| self.events[*event].key == key(old));
            new.push(Event { key: key(old), removes: Some(known.collect()) });
        }
        for device in copy.vault.devices().filter(|device| before.get(device.id) != Some(device)) {
            new.push(Event { key: key(device), removes: None });
        }
        for event in new {
            copy.knows.insert(self.events.len());
            self.events.push(event);
        }
    }

    fn write(&mut self, at: usize) {
        let (identities, to) = recipient();
        let vault = &self.copies[at].vault;
        let sealed = seal_backup(vault, None, &BackupLock::Recipients(vec![to])).unwrap();
        let read = open_backup(sealed.bytes(), Unlock::Identities(&identities)).unwrap();
        assert!(read.same_contents(vault), "what was written is read otherwise");
    }

    fn merge(&mut self, at: usize, from: usize) {
        let other = &self.copies[from];
        let (theirs, known) = (other.vault.clone(), other.knows.clone());
        let ours = &self.copies[at];
        let merged = ours.vault.merge(&theirs);
        assert!(merged.same_contents(&theirs.merge(&ours.vault)), "not commutative");
        assert!(merged.same_contents(&merged.merge(&theirs)), "not idempotent: theirs");
        assert!(merged.same_contents(&merged.merge(&ours.vault)), "not idempotent: ours");
        let removed = |key: &Key| {
            let mut known = ours.knows.union(&known).map(|event| &self.events[*event]);
            known.any(|event| event.key == *key && event.removes.is_some())
        };
        for (vault, knows, others) in [(&ours.vault, &ours.knows, &known), (&theirs, &known, &ours.knows)] {
            for old in vault.devices() {
                let new = merged.devices().find(|new| new.secret == old.secret);
                let later = new.is_some_and(|new| new.method.counter() >= old.method.counter());
                // Whoever stepped it back knew how far it was here.
                let of_key = |event: &&usize| self.events[**event].key == key(old);
                let meant = knows.iter().filter(of_key).all(|event| others.contains(event));
                assert!(later || removed(&key(old)) || meant, "a counter went back: {}", old.label());
            }
        }
        let copy = &mut self.copies[at];
        copy.vault = merged;
        copy.knows.extend(known);
        self.check(at);
    }

    /// Whether everything is there that has to be, once, and nothing that must not be.
    fn check(&self, at: usize) {
        let Copy { vault, knows, .. } = &self.copies[at];
        let mut have: BTreeMap<Key, usize> = BTreeMap::new();
        for device in vault.devices() {
            *have.entry(key(device)).or_default() += 1;
        }
        let ids: BTreeSet<DeviceId> = vault.devices().map(|device| device.id).collect();
        assert_eq!(ids.len(), vault.devices().len(), "an id twice");
        for (key, count) in &have {
            assert_eq!(*count, 1, "{} is there twice", name(key));
        }
        let known = || knows.iter().map(|event| (*event, &self.events[*event]));
        let removals = || known().filter_map(|(_, event)| Some((&event.key, event.removes.as_ref()?)));
        for (number, event) in known().filter(|(_, event)| event.removes.is_none()) {
            let removed = removals().any(|(key, removed)| *key == event.key && removed.contains(&number));
            assert!(removed || have.contains_key(&event.key), "{} is lost", name(&event.key));
        }
        for (key, removed) in removals() {
            let all = known().filter(|(_, event)| event.key == *key && event.removes.is_none());
            let of_all = all.map(|(number, _)| number).all(|number| removed.contains(&number));
            assert!(!of_all || !have.contains_key(key), "{} is back", name(key));
        }
    }
}

fn same_devices(one: &Vault, two: &Vault) -> bool {
    let still = |device: &Device| Device { modified: NOW, checked: None, ..device.clone() };
    one.devices().map(still).eq(two.devices().map(still))
}

fn name(key: &Key) -> String {
    String::from_utf8_lossy(key).into_owned()
}

fn edit(field: usize, number: u32) -> Edit {
    let text = Text::line(&format!("text{number}")).unwrap();
    match field {
        0 => Edit { issuer: Some(text), ..Edit::default() },
        1 => Edit { account: Some(text), ..Edit::default() },
        2 => Edit { tags: Some(vec![text]), ..Edit::default() },
        3 => Edit { favourite: Some(number.is_multiple_of(2)), ..Edit::default() },
        _ => Edit { note: Some(text), ..Edit::default() },
    }
}

/// All know all in the end, and have the same devices. It takes two rounds: a counter that was stepped back comes forward
/// where a copy that does not know of that is met, and who meets it first depends on the way.
fn all_agree_after(history: Vec<(usize, Act)>) -> bool {
    let mut world = World::new();
    for (at, act) in history {
        world.act(at, act);
    }
    for (at, from) in [(0, 1), (0, 2), (1, 0), (2, 0), (1, 2)].into_iter().cycle().take(10) {
        world.merge(at, from);
    }
    let [first, second, third] = [0, 1, 2].map(|at| &world.copies[at].vault);
    first.same_contents(second) && second.same_contents(third)
}

/// A counter device that two were given is one; the copy that stepped it back knew all of one of the two.
#[test]
fn a_counter_of_two_that_became_one_may_have_been_stepped_back() {
    let both = [(0, Act::Remove(0)), (2, Act::Merge(0)), (0, Act::AddShared(0)), (2, Act::AddShared(0))];
    let back = [(1, Act::Remove(4)), (1, Act::Merge(2)), (1, Act::StepBack(1))];
    assert!(all_agree_after([&both[..], &back].concat()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_three_copies_do_nothing_is_lost_and_nothing_is_doubled(history in history()) {
        prop_assert!(all_agree_after(history));
    }
}
