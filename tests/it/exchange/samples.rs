//! Every sample that is at hand, against what it has to give.

use super::{devices, opened, passphrase, refusals};
use crate::harness::samples::samples;
use crate::uris::samples::is_expected;
use keyfob::exchange::{Contents, File, Keys, ReadError};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold no other apps' files.
const OTHER: &[&str] = &["uris", "vectors", "qr", "age-testkit", "bad"];

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What stands in a file, or in all files of a folder.
fn read_sample(path: &Path, password: Option<&str>) -> Result<Contents, ReadError> {
    let password = password.map(passphrase);
    let companion = fs::read(path.with_file_name("manifest.json")).ok();
    let keys =
        Keys { password: password.as_ref(), companion: companion.as_deref(), dear: true, ..Keys::default() };
    let mut all = Contents::default();
    for file in files(path) {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let file = File::new(&name, &bytes);
        let is_tree = path.is_dir();
        match opened(&if is_tree { file.in_folder() } else { file }, keys) {
            Ok((_, contents)) => {
                all.entries.extend(contents.entries);
                all.parts.extend(contents.parts);
            }
            Err(ReadError::UnknownFormat) if is_tree => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.into()];
    }
    let mut inside: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    inside.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
    inside.sort();
    inside.iter().flat_map(|path| files(path)).collect()
}

/// What is wrong with a sample; empty when nothing is.
fn complaint(path: &Path, expected: &[Value], password: Option<&str>) -> Option<String> {
    let contents = match read_sample(path, password) {
        Ok(contents) => contents,
        Err(error) => return Some(format!("{}: {error}", path.display())),
    };
    let (supported, foreign): (Vec<_>, Vec<_>) =
        expected.iter().partition(|entry| entry["supported"] != false);
    let found = devices(&contents);
    let missing: Vec<_> =
        supported.iter().filter(|entry| !found.iter().any(|device| may_be(device, entry))).collect();
    let wrong = !missing.is_empty()
        || found.len() != supported.len() && !path.display().to_string().contains("repeat")
        || refusals(&contents).len() < foreign.len();
    wrong.then(|| {
        format!(
            "{}: missing {missing:?}, found {:?}, refused {:?}",
            path.display(),
            found,
            refusals(&contents)
        )
    })
}

/// The expected entry, with its other counter and kind.
fn may_be(device: &keyfob::device::Candidate, entry: &Value) -> bool {
    let mut other = entry.clone();
    for (name, alternative) in [("counter", "alt_counter"), ("kind", "alt_kind")] {
        if !entry[alternative].is_null() {
            other[name] = entry[alternative].clone();
        }
    }
    is_expected(device, entry) || is_expected(device, &other)
}

#[test]
fn every_sample_gives_what_it_has_to() {
    let Some(root) = samples(".") else { return };
    let passwords = json(&root.join("manifest.json"));
    let passwords = passwords.as_array().unwrap();
    let mut complaints = Vec::new();
    let mut count = 0;
    for expected in expected_files(&root) {
        let path = PathBuf::from(expected.to_str().unwrap().strip_suffix(".expected.json").unwrap());
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let is_picture = path.extension().is_some_and(|end| end == "png");
        // A store has to be decrypted by the user's own gpg first, and a profile is no device.
        if name.ends_with("store_dev") || name.contains("config/") || is_picture || !path.exists() {
            continue;
        }
        let password = passwords.iter().find(|sample| sample["file"] == name.as_str());
        let password = password.and_then(|sample| sample["password"].as_str());
        complaints.extend(complaint(&path, json(&expected).as_array().unwrap(), password));
        count += 1;
    }
    assert!(count > 50, "only {count} samples were found");
    assert!(complaints.is_empty(), "{} of {count}:\n{}", complaints.len(), complaints.join("\n"));
}

fn expected_files(root: &Path) -> Vec<PathBuf> {
    let is_other = |path: &PathBuf| OTHER.contains(&&*path.file_name().unwrap().to_string_lossy());
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir() && !is_other(path));
    folders
        .flat_map(|folder| files(&folder))
        .filter(|path| path.display().to_string().ends_with(".expected.json"))
        .collect()
}
