//! A crash at any moment: whatever the disk was left with, the vault opens and is exactly what was saved before, or
//! exactly what was about to be; once "saved" was said, exactly that.

mod backup;
pub mod disk;
mod mistakes;
pub mod scenarios;
mod states;

use crate::vault::{add, candidate, recipient};
use disk::{Bytes, CrashDisk, Files};
use keyfob::vault::{Store, Unlock, Vault};
use mistakes::Mistake;
use scenarios::{PASSPHRASES, SCENARIOS, Scenario};
use states::{State, after_crashes};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const PATH: &str = "/v/vault.age";
const HISTORY: &str = "vault.age.history";

fn is_generation(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(HISTORY))
        && path.extension().is_some_and(|extension| extension == "age")
}

/// Opens a file of a vault by whatever key fits; what a file holds does not depend on where it is.
#[derive(Default)]
struct Opened {
    vaults: HashMap<Bytes, Option<Arc<Vault>>>,
    /// The same by where the bytes are, which are kept: most files of most states are the same bytes.
    known: HashMap<*const Vec<u8>, (Bytes, Option<Arc<Vault>>)>,
}

impl Opened {
    fn get(&mut self, bytes: &Bytes) -> Option<Arc<Vault>> {
        if let Some((_, vault)) = self.known.get(&Arc::as_ptr(bytes)) {
            return vault.clone();
        }
        let open = || open(bytes).map(Arc::new);
        let vault = self.vaults.entry(Arc::clone(bytes)).or_insert_with(open).clone();
        self.known.insert(Arc::as_ptr(bytes), (Arc::clone(bytes), vault.clone()));
        vault
    }
}

fn open(bytes: &[u8]) -> Option<Vault> {
    let store = store_of(&[(PATH.into(), bytes.to_vec())]);
    session(&store).map(|session| session.vault().clone())
}

fn store_of(files: &[(PathBuf, Vec<u8>)]) -> Store {
    Store::on(Arc::new(CrashDisk::with(files)), PATH.into())
}

pub fn session(store: &Store) -> Option<keyfob::vault::Session> {
    let identities = recipient().0;
    let passphrases = PASSPHRASES.map(crate::vault::passphrase);
    let keys = passphrases.iter().map(Unlock::Passphrase);
    [Unlock::Identities(&identities)]
        .into_iter()
        .chain(keys)
        .find_map(|key| store.read().ok()?.open(key).ok())
}

/// What a run of a scenario left to look at.
struct Looked {
    states: usize,
    distinct: usize,
    faults: BTreeSet<String>,
}

/// Runs a scenario, with a mistake or without, and looks at every state that a crash in it could leave.
fn look_at(scenario: &Scenario, links: bool, mistake: Option<Mistake>) -> Looked {
    let disk = CrashDisk::new(links);
    let store = Store::on(Arc::new(disk.clone()), PATH.into());
    (scenario.prepare)(&store);
    let old = session(&store).map(|session| session.vault().clone());
    disk.record(mistake);
    let mut faults = BTreeSet::new();
    if (scenario.run)(&store, &disk).is_err() {
        // It noticed: nothing was said to be saved that is not.
        faults.insert("the save failed".to_owned());
    }
    let (before, events) = disk.recorded();
    let mut opened = Opened::default();
    let mut seen = BTreeMap::new();
    let states = after_crashes(&before, &events, |state| {
        let fault = examine(&state, &before, old.as_ref(), &mut opened);
        faults.extend(fault.err().map(|fault| format!("{}: {fault}", scenario.name)));
        seen.entry(look_of(&state.files, &mut opened)).or_insert_with(|| files_of(&state.files));
    });
    if faults.is_empty() {
        for files in seen.values() {
            save_again(files, scenario);
        }
    }
    Looked { states, distinct: seen.len(), faults }
}

fn files_of(files: &Files) -> Vec<(PathBuf, Vec<u8>)> {
    files.names.iter().map(|(name, inode)| (name.clone(), files.contents[*inode].to_vec())).collect()
}

/// What of a state makes a difference to whoever saves next: not where a file is torn, nor how many generations
/// there are.
fn look_of(files: &Files, opened: &mut Opened) -> Vec<(PathBuf, Option<Bytes>)> {
    let beside = files.names.iter().filter(|(name, _)| !is_generation(name));
    let whole = beside.map(|(name, inode)| {
        let bytes = &files.contents[*inode];
        (name.clone(), opened.get(bytes).map(|_| Arc::clone(bytes)))
    });
    whole.collect()
}

fn examine(
    state: &State<'_>,
    before: &Files,
    old: Option<&Vault>,
    opened: &mut Opened,
) -> Result<(), &'static str> {
    let files = &state.files;
    let was = state.said.or(old);
    let is_new = match files.names.get(Path::new(PATH)) {
        None if was.is_none() => return Ok(()),
        None => return Err("the vault is gone"),
        Some(inode) => {
            let there = opened.get(&files.contents[*inode]).ok_or("the vault does not open")?;
            let same = |other: Option<&Vault>| other.is_some_and(|other| other.same_contents(&there));
            if !same(was) && !same(state.coming) {
                return Err("the vault is neither the old one nor the new one");
            }
            same(state.coming) || state.said.is_some()
        }
    };
    for (name, inode) in &files.names {
        let whole = opened.get(&files.contents[*inode]).is_some();
        let unfinished = name.ends_with(".vault.age.new") || name.ends_with(".unfinished");
        if !whole && !unfinished {
            return Err("a file that is no vault has a vault's name");
        }
        if name != Path::new(PATH) && !unfinished && !is_generation(name) {
            return Err("a file is left that nobody would look for");
        }
    }
    let gone = before.names.keys().any(|name| is_generation(name) && !files.names.contains_key(name));
    if gone && !is_new {
        return Err("a generation is gone before the new vault is there");
    }
    let kept = |vault: &Vault, opened: &mut Opened| {
        files.names.iter().filter(|(name, _)| is_generation(name)).any(|(_, inode)| {
            opened.get(&files.contents[*inode]).is_some_and(|there| there.same_contents(vault))
        })
    };
    match old {
        Some(old) if state.said.is_some() && !kept(old, opened) => Err("the old vault is no generation"),
        _ => Ok(()),
    }
}

/// What a crash left is no hindrance: the next save works, and takes away what was half done.
fn save_again(files: &[(PathBuf, Vec<u8>)], scenario: &Scenario) {
    if !files.iter().any(|(name, _)| name == Path::new(PATH)) {
        return;
    }
    let store = store_of(files);
    let mut session = session(&store).unwrap();
    add(&mut session, candidate(9_999));
    let names = store.disk().list(Path::new("/v")).unwrap();
    assert_eq!(names, ["vault.age"], "left after {}", scenario.name);
}

#[test]
fn every_state_that_a_crash_can_leave_is_the_old_vault_or_the_new_one() {
    let mut states = 0;
    let mut distinct = 0;
    for (scenario, links) in SCENARIOS.iter().flat_map(|scenario| [(scenario, true), (scenario, false)]) {
        let looked = look_at(scenario, links, None);
        assert!(looked.faults.is_empty(), "{:?}", looked.faults);
        assert!(looked.states > 15, "{}: only {} states", scenario.name, looked.states);
        states += looked.states;
        distinct += looked.distinct;
    }
    let scenarios = SCENARIOS.len();
    crate::harness::say(&format!(
        "{states} states in {scenarios} scenarios; saved again from {distinct} of them"
    ));
    assert!(states >= 20_000, "only {states} states");
}

#[test]
fn every_planted_mistake_is_seen() {
    for mistake in Mistake::ALL {
        let seen = SCENARIOS.iter().any(|scenario| !look_at(scenario, true, Some(mistake)).faults.is_empty());
        assert!(seen, "{mistake:?} was not seen");
    }
}
