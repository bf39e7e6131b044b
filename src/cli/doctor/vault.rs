//! The vault as it lies there: can it be read, by whom, and what does it cost to guess its passphrase?

use crate::cli::context::Context;
use crate::clock::UnixTime;
use crate::explain::doctor::{Finding, vault as words};
use crate::explain::{Explain as _, Explanation};
use crate::vault::disk::{Disk as _, RealDisk};
use crate::vault::{FileStamp, LockInfo, Sealed, Store, VaultError, WorkFactor};
use rustix::process::geteuid;
use std::path::{Path, PathBuf};

/// The permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;
/// Those with which others could put another file in the place of one.
const OTHERS_WRITE: u32 = 0o022;
/// The bit of a folder in which only the owner of a file removes it, such as `/tmp`.
const STICKY: u32 = 0o1000;

/// A file or folder that has to be its owner's alone.
#[derive(Clone, Debug)]
pub(super) struct Owned {
    pub(super) path: PathBuf,
    pub(super) stamp: FileStamp,
    /// What others may not do with it.
    pub(super) forbidden: u32,
}

/// What is known of the vault without opening it.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    pub(super) lock: LockInfo,
    /// The file, its folder and its history, those that are there.
    pub(super) owned: Vec<Owned>,
    /// How many earlier generations there are, and when the newest was replaced.
    pub(super) generations: Result<(usize, Option<UnixTime>), Explanation>,
    /// Who asks.
    pub(super) user: u32,
}

/// Looks at the vault; the facts, or why it can't be read, and the vault, ready to be opened.
pub(super) fn gather(context: &Context) -> (Result<Facts, Explanation>, Option<Sealed>) {
    let store = match context.store() {
        Ok(store) => store,
        Err(failure) => return (Err(failure.explanation().clone()), None),
    };
    match store.read() {
        Ok(sealed) => (Ok(of(&store, &sealed)), Some(sealed)),
        Err(error) => (Err(error.explain()), None),
    }
}

fn of(store: &Store, sealed: &Sealed) -> Facts {
    let path = store.path().to_owned();
    let owned = |path: &Path, forbidden| {
        let stamp = RealDisk.stat(path).ok()?;
        Some(Owned { path: path.to_owned(), stamp, forbidden })
    };
    let folder = std::path::absolute(&path).ok().and_then(|whole| Some(whole.parent()?.to_owned()));
    let count = |generations: Vec<crate::vault::Generation>| {
        (generations.len(), generations.first().map(|newest| newest.replaced))
    };
    Facts {
        bytes: sealed.bytes().len() as u64,
        lock: sealed.lock().clone(),
        owned: [
            owned(&path, OTHERS),
            folder.and_then(|folder| owned(&folder, OTHERS_WRITE)),
            owned(&store.history(), OTHERS),
        ]
        .into_iter()
        .flatten()
        .collect(),
        generations: store.generations().map(count).map_err(|error: VaultError| error.explain()),
        user: geteuid().as_raw(),
        path,
    }
}

pub(super) fn findings(facts: &Result<Facts, Explanation>) -> Vec<Finding> {
    let facts = match facts {
        Ok(facts) => facts,
        Err(why) => return vec![Finding::stopped("vault", why)],
    };
    let mut found = vec![words::readable(&facts.path, facts.bytes)];
    found.extend(permissions(&facts.owned, facts.user));
    found.push(lock(&facts.lock));
    found.push(history(&facts.generations));
    found
}

fn permissions(owned: &[Owned], user: u32) -> Vec<Finding> {
    let found: Vec<Finding> = owned.iter().filter_map(|one| permission(one, user)).collect();
    if found.is_empty() { vec![words::private()] } else { found }
}

fn permission(Owned { path, stamp, forbidden }: &Owned, user: u32) -> Option<Finding> {
    let is_sticky = stamp.mode & STICKY != 0;
    if is_sticky && *forbidden == OTHERS_WRITE {
        return None;
    }
    if stamp.owner != user {
        return Some(words::foreign(path, stamp.owner));
    }
    let mode = stamp.mode & 0o7777;
    (mode & forbidden != 0).then(|| words::open_to_others(path, mode, mode & !forbidden))
}

fn lock(lock: &LockInfo) -> Finding {
    match lock {
        LockInfo::Passphrase { work_factor } | LockInfo::Backup { work_factor }
            if *work_factor < WorkFactor::DEFAULT =>
        {
            words::cheap(*work_factor)
        }
        LockInfo::Passphrase { work_factor } | LockInfo::Backup { work_factor } => {
            words::passphrase(*work_factor)
        }
        LockInfo::Recipients { .. } => words::recipients(),
    }
}

fn history(generations: &Result<(usize, Option<UnixTime>), Explanation>) -> Finding {
    match generations {
        Ok((count, newest)) => words::history(*count, *newest),
        Err(why) => Finding::stopped("history", why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::doctor::State;

    fn owned(mode: u32, owner: u32, forbidden: u32) -> Owned {
        let stamp = FileStamp { inode: 1, size: 1, modified: (0, 0), mode, owner };
        Owned { path: "/v".into(), stamp, forbidden }
    }

    fn state(owned: &Owned) -> Option<State> {
        permission(owned, 1000).map(|finding| finding.state)
    }

    #[test]
    fn a_file_is_its_owners_alone_and_a_folder_nobody_elses_to_write() {
        assert_eq!(state(&owned(0o100_600, 1000, OTHERS)), None);
        assert_eq!(state(&owned(0o100_640, 1000, OTHERS)), Some(State::ToDo));
        assert_eq!(state(&owned(0o100_600, 0, OTHERS)), Some(State::ToDo));
        assert_eq!(state(&owned(0o040_755, 1000, OTHERS_WRITE)), None);
        assert_eq!(state(&owned(0o040_775, 1000, OTHERS_WRITE)), Some(State::ToDo));
        assert_eq!(state(&owned(0o041_777, 0, OTHERS_WRITE)), None, "/tmp");
    }

    #[test]
    fn a_passphrase_that_is_cheap_to_try_needs_a_new_lock() {
        let told =
            |factor| lock(&LockInfo::Passphrase { work_factor: WorkFactor::new(factor).unwrap() }).state;
        assert_eq!((told(16), told(17), told(20)), (State::ToDo, State::Fine, State::Fine));
        assert_eq!(lock(&LockInfo::Recipients { stanzas: 2 }).state, State::Fine);
    }
}
