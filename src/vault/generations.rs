//! Earlier states of a vault: which are kept, how they are named, and when they go.

use super::disk::Disk;
use super::error::{Step, VaultError};
use super::write::{MAX_FILE, at, write_temporary};
use crate::clock::UnixTime;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many are kept whatever their age.
const NEWEST: usize = 20;
/// For how many days one a day is kept.
const DAYS: u64 = 30;
const DAY: u64 = 86_400;

/// What a save is for. Generations before the marked ones are kept for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An ordinary change.
    Change,
    /// Many devices at once.
    Import,
    /// A new passphrase or new recipients.
    Lock,
    /// An earlier generation or a backup is brought back.
    Restore,
    /// Another copy is merged in.
    Merge,
}

impl Reason {
    /// How the name of the generation before says it; none for an ordinary change.
    pub(super) fn mark(self) -> Option<&'static str> {
        match self {
            Self::Change => None,
            Self::Import => Some("import"),
            Self::Lock => Some("lock"),
            Self::Restore => Some("restore"),
            Self::Merge => Some("merge"),
        }
    }
}

/// An earlier state of the vault, still encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The file's name in `FILE.history/`; what `restore` takes.
    pub name: String,
    /// Its number.
    pub number: u64,
    /// When it was replaced.
    pub replaced: UnixTime,
    /// What replaced it, when that was more than an ordinary change: `import`, `lock`, `restore`, `merge`.
    pub before: Option<String>,
    /// Bytes.
    pub size: u64,
}

impl Generation {
    /// Reads a name of ours: `NUMBER-HASH-SECONDS[-before-WHAT].age`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".age")?;
        let (stem, before) = match stem.split_once("-before-") {
            Some((stem, before)) => (stem, Some(before.to_owned())),
            None => (stem, None),
        };
        let mut parts = stem.split('-');
        let number = parts.next()?.parse().ok()?;
        let hash = parts.next()?;
        let replaced = UnixTime(parts.next()?.parse().ok()?);
        let ours = hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && parts.next().is_none();
        ours.then(|| Self { name: name.to_owned(), number, replaced, before, size: 0 })
    }
}

/// The folder of a vault's generations.
pub(super) fn folder(vault: &Path) -> PathBuf {
    let mut name = vault.file_name().unwrap_or_default().to_owned();
    name.push(".history");
    vault.with_file_name(name)
}

/// Keeps the vault's file as a generation, durably: a second name for it, or a copy where the file system
/// has no hard links. A generation that a killed save kept already is not kept twice.
pub(super) fn keep(
    disk: &dyn Disk,
    vault: &Path,
    number: u64,
    hash: &[u8; 32],
    reason: Reason,
    now: UnixTime,
) -> Result<(), VaultError> {
    let history = folder(vault);
    if disk.stat(&history).is_err() {
        disk.create_dir(&history).map_err(|error| at(&history, Step::MakeFolder, error))?;
    }
    let [a, b, c, d, ..] = hash;
    let start = format!("{number:08}-{a:02x}{b:02x}{c:02x}{d:02x}-");
    let names = disk.list(&history).map_err(|error| at(&history, Step::Keep, error))?;
    let before = reason.mark().map(|what| format!("-before-{what}")).unwrap_or_default();
    if names.iter().any(|name| name.starts_with(&start) && name.contains(&before)) {
        return Ok(());
    }
    let name = history.join(format!("{start}{now}{before}.age"));
    link_or_copy(disk, vault, &name)?;
    disk.sync_dir(&history).map_err(|error| at(&history, Step::Keep, error))
}

fn link_or_copy(disk: &dyn Disk, vault: &Path, name: &Path) -> Result<(), VaultError> {
    if disk.hard_link(vault, name).is_ok() {
        return Ok(());
    }
    // A copy gets its name once it is whole: a name of ours is never half a vault.
    let unfinished = name.with_file_name(".unfinished");
    let (bytes, _) = disk.read(vault, MAX_FILE).map_err(|error| at(vault, Step::Keep, error))?;
    write_temporary(disk, &unfinished, &bytes)?;
    disk.rename(&unfinished, name).map_err(|error| {
        let _ = disk.remove(&unfinished);
        at(name, Step::Keep, error)
    })
}

/// Removes the generations that nobody needs any more. What can't be removed stays for the next time: the
/// save itself is done.
pub(super) fn prune(disk: &dyn Disk, vault: &Path, now: UnixTime) {
    let history = folder(vault);
    let Ok(names) = disk.list(&history) else { return };
    let mut all: Vec<Generation> = names.iter().filter_map(|name| Generation::from_name(name)).collect();
    all.sort_by(|a, b| (b.number, &b.name).cmp(&(a.number, &a.name)));
    for generation in surplus(&all, now) {
        let _ = disk.remove(&history.join(&generation.name));
    }
}

/// Which of them (newest first) go: all but the newest 20, the last of each of the last 30 days, and those
/// before an import, a new lock, a restore or a merge.
fn surplus(newest_first: &[Generation], now: UnixTime) -> Vec<&Generation> {
    let mut days = BTreeSet::new();
    let stays = |index: usize, generation: &Generation, days: &mut BTreeSet<u64>| {
        let day = generation.replaced.0 / DAY;
        let last_of_day = days.insert(day) && now.since(generation.replaced) < DAYS * DAY;
        index < NEWEST || last_of_day || generation.before.is_some()
    };
    let all = newest_first.iter().enumerate();
    all.filter(|(index, generation)| !stays(*index, generation, &mut days))
        .map(|(_, generation)| generation)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generation(number: u64, replaced: u64, before: Option<&str>) -> Generation {
        let before = before.map(|what| format!("-before-{what}")).unwrap_or_default();
        Generation::from_name(&format!("{number:08}-0a1b2c3d-{replaced}{before}.age")).unwrap()
    }

    #[test]
    fn names_are_read_back_and_foreign_ones_are_not_ours() {
        let read = generation(12, 1_764_000_000, Some("import"));
        assert_eq!(
            (read.number, read.replaced.0, read.before.as_deref()),
            (12, 1_764_000_000, Some("import"))
        );
        for foreign in [
            "notes.txt",
            "12.age",
            "00000012-zzzzzzzz-5.age",
            "00000012-0a1b2c3d-5-6.age",
            "x-0a1b2c3d-5.age",
        ] {
            assert_eq!(Generation::from_name(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn the_newest_the_daily_and_the_marked_stay() {
        let now = UnixTime(100 * DAY);
        let mut all: Vec<Generation> =
            (0..25).map(|i| generation(1000 - i, 100 * DAY - i * 60, None)).collect();
        all.extend((1..40).map(|day| generation(900 - day, (100 - day) * DAY + 10, None)));
        all.push(generation(5, 10, Some("lock")));
        all.push(generation(4, 9, None));
        let gone: Vec<u64> = surplus(&all, now).iter().map(|generation| generation.number).collect();
        // Of today's 25 minutes 20 stay, and one of yesterday (the last minutes before midnight) is its day's last.
        let today_gone: Vec<u64> = (976..=980).rev().collect();
        assert_eq!(gone.iter().filter(|n| **n > 950).copied().collect::<Vec<_>>(), today_gone);
        assert!(gone.contains(&4) && !gone.contains(&5), "{gone:?}");
        assert_eq!(gone.iter().filter(|n| **n < 900 && **n > 5).count(), 39 - 30 + 1);
    }

    #[test]
    fn the_twentieth_stays_and_so_does_a_day_until_it_is_thirty_days_old() {
        let now = UnixTime(100 * DAY);
        let today =
            |count| (0..count).map(|i| generation(1000 - i, 100 * DAY - 1 - i, None)).collect::<Vec<_>>();
        assert_eq!(surplus(&today(20), now), [] as [&Generation; 0]);
        assert_eq!(surplus(&today(21), now).len(), 1);
        for (age, gone) in [(30 * DAY - 1, false), (30 * DAY, true), (31 * DAY, true)] {
            let mut all = today(20);
            all.push(generation(7, now.0 - age, None));
            assert_eq!(surplus(&all, now).len(), usize::from(gone), "{age}");
        }
        for reason in [Reason::Import, Reason::Lock, Reason::Restore, Reason::Merge] {
            let mut all = today(20);
            all.push(generation(7, 5, reason.mark()));
            assert!(surplus(&all, now).is_empty(), "{reason:?}");
        }
        assert_eq!(Reason::Change.mark(), None);
        let marks = [Reason::Import, Reason::Lock, Reason::Restore, Reason::Merge].map(Reason::mark);
        assert_eq!(marks, [Some("import"), Some("lock"), Some("restore"), Some("merge")]);
    }
}
