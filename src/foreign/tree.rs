//! The files of a folder.

use super::bytes::trouble;
use crate::explain::{FileProblem, Trouble};
use std::fs;
use std::path::{Path, PathBuf};

/// How deep folders are gone into.
const MAX_DEPTH: usize = 16;
/// The most files of a folder.
const MAX_FILES: usize = 10_000;

/// The files in a folder and in its folders, in the order of their names. What starts with a dot is left out, and
/// no link is followed: it may lead anywhere.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    collect(folder, 0, &mut found)?;
    Ok(found)
}

/// A file's way from the folder, with `/` between.
pub(super) fn way(folder: &Path, file: &Path) -> String {
    let way = file.strip_prefix(folder).unwrap_or(file);
    way.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let trouble = |error| trouble(folder, error);
    let mut entries =
        fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(trouble)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(trouble)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth < MAX_DEPTH {
            collect(&entry.path(), depth + 1, found)?;
        } else if kind.is_file() {
            found.push(entry.path());
        }
        if found.len() > MAX_FILES {
            return Err(Trouble::File(folder.into(), FileProblem::TooMany { limit: MAX_FILES }));
        }
    }
    Ok(())
}
