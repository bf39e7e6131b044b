//! A path that is typed: the names that go on from there, and the first of them after the cursor.

use super::field::{Full, TextField};

/// The longest path, in bytes.
const MAX_PATH: usize = 4096;

/// What stands in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The folder as it was typed, with `/` at its end; empty: the one that the program runs in.
    pub path: String,
    /// What is in it; empty where it can't be read.
    pub entries: Vec<Entry>,
}

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name, raw.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A field for a path.
#[derive(Debug)]
pub struct PathField {
    /// What is typed.
    pub field: TextField,
    /// The folder that was asked for last.
    asked: Option<String>,
    /// What is in it, once that is known, sorted.
    entries: Vec<Entry>,
}

impl PathField {
    /// A field with a path proposed.
    pub fn filled(proposed: &str) -> Self {
        Self { field: TextField::proposing(MAX_PATH, proposed), asked: None, entries: Vec::new() }
    }

    /// The folder that has to be read for what is typed now, if it was not asked for yet.
    pub fn wants(&mut self) -> Option<String> {
        let (folder, _) = self.split();
        if self.asked.as_deref() == Some(folder) {
            return None;
        }
        let folder = folder.to_owned();
        self.entries.clear();
        self.asked = Some(folder.clone());
        Some(folder)
    }

    /// Takes in what is in a folder, unless another one is typed by now.
    pub fn take_in(&mut self, folder: Folder) {
        if self.asked.as_deref() == Some(folder.path.as_str()) {
            self.entries = folder.entries;
            self.entries.sort();
        }
    }

    /// The names that go on from what is typed. Hidden ones have to be asked for by their dot. A name with
    /// white space at an end is none: a path is taken without it.
    pub fn fitting(&self) -> impl Iterator<Item = &Entry> {
        let (folder, start) = self.split();
        let known = self.asked.as_deref() == Some(folder);
        self.entries.iter().filter(move |entry| {
            let name = entry.name.as_str();
            known
                && name.starts_with(start)
                && (start.starts_with('.') || !name.starts_with('.'))
                && name.trim() == name
        })
    }

    /// What is missing to the first name that fits, raw; empty where nothing is typed of one yet, or where
    /// the cursor is not at the end.
    pub fn ghost(&self) -> String {
        let text = self.field.text();
        let (_, start) = self.split();
        if self.field.cursor() < text.len() || start.is_empty() {
            return String::new();
        }
        if text == "~" {
            return "/".to_owned();
        }
        let rest = |entry: &Entry| {
            let slash = if entry.is_folder { "/" } else { "" };
            Some(format!("{}{slash}", entry.name.get(start.len()..)?))
        };
        self.fitting().filter_map(rest).find(|rest| !rest.is_empty()).unwrap_or_default()
    }

    /// Takes what is shown after the cursor.
    pub fn complete(&mut self) -> Result<(), Full> {
        let ghost = self.ghost();
        self.field.append_raw(&ghost)
    }

    /// The folder, and the start of a name in it.
    fn split(&self) -> (&str, &str) {
        let text = self.field.text().trim_start();
        let at = text.rfind('/').map_or(0, |slash| slash + 1);
        text.split_at_checked(at).unwrap_or((text, ""))
    }
}
