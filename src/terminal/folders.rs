//! The thread that reads folders, for the completion of paths. It is not the worker: a folder on a network
//! drive that hangs must not hold up a save.

use super::home::expand;
use super::post::{Event, Post};
use crate::app::{Entry, Folder, Outcome};
use std::fs::{DirEntry, read_dir};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// The most entries of a folder that are looked at.
const MOST: usize = 4096;

/// The thread, as the loop sees it.
pub(super) struct Folders {
    wanted: Sender<String>,
}

impl Folders {
    pub(super) fn start(home: Option<PathBuf>, post: Post) -> Self {
        let (wanted, orders) = channel::<String>();
        std::thread::spawn(move || {
            while let Some(path) = newest(&orders) {
                let entries = read(&path, home.as_deref());
                post.send(Event::Aside(Outcome::Folder(Folder { path, entries })));
            }
        });
        Self { wanted }
    }

    /// Has a folder read, as it was typed.
    pub(super) fn ask(&self, folder: String) {
        // Without the thread there is no completion, and nothing else is missing.
        let _ = self.wanted.send(folder);
    }
}

/// Waits for what was asked for last: nobody waits any more for what was before it.
pub(super) fn newest<T>(orders: &Receiver<T>) -> Option<T> {
    let first = orders.recv().ok()?;
    Some(orders.try_iter().last().unwrap_or(first))
}

/// What is in a folder; nothing where it can't be read. A name that is not UTF-8 can't be typed, and is left out.
fn read(path: &str, home: Option<&Path>) -> Vec<Entry> {
    let folder = if path.is_empty() { PathBuf::from(".") } else { expand(Path::new(path), home) };
    let entry = |entry: DirEntry| {
        let is_folder = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => entry.path().is_dir(),
            Ok(kind) => kind.is_dir(),
            Err(_) => false,
        };
        Some(Entry { name: entry.file_name().into_string().ok()?, is_folder })
    };
    let Ok(entries) = read_dir(folder) else { return Vec::new() };
    entries.take(MOST).filter_map(|found| entry(found.ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &str, home: &Path) -> Vec<(String, bool)> {
        let mut entries = read(path, Some(home));
        entries.sort();
        entries.into_iter().map(|entry| (entry.name, entry.is_folder)).collect()
    }

    #[test]
    fn files_and_folders_are_told_apart_and_links_are_what_they_lead_to() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("a\u{1b}[31m.age"), "").unwrap();
        std::fs::create_dir(home.path().join("folder")).unwrap();
        std::os::unix::fs::symlink("folder", home.path().join("link")).unwrap();
        std::os::unix::fs::symlink("gone", home.path().join("nowhere")).unwrap();
        let found = names("~/", home.path());
        let expected = [("a\u{1b}[31m.age", false), ("folder", true), ("link", true), ("nowhere", false)];
        assert_eq!(found, expected.map(|(name, is_folder)| (name.to_owned(), is_folder)));
        assert!(names("~/missing/", home.path()).is_empty());
        assert!(names("~/a\u{1b}[31m.age/", home.path()).is_empty());
    }

    #[test]
    fn a_huge_folder_is_read_in_part() {
        let home = tempfile::tempdir().unwrap();
        for number in 0..MOST + 10 {
            std::fs::write(home.path().join(number.to_string()), "").unwrap();
        }
        assert_eq!(read("~/", Some(home.path())).len(), MOST);
    }

    #[test]
    fn of_several_that_wait_only_the_newest_is_read() {
        let (wanted, orders) = channel();
        for path in ["a/", "b/", "c/"] {
            wanted.send(path.to_owned()).unwrap();
        }
        assert_eq!(newest(&orders).as_deref(), Some("c/"));
        drop(wanted);
        assert_eq!(newest(&orders), None);
    }
}
