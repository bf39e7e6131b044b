//! The shape of the project, held by a test: imports point down only, without circles, and what
//! docs/architecture.md calls absent is absent.

mod absences;
mod floors;
mod imports;
mod planted;
mod tokens;

use absences::{RULES, TEST_RULES, broken_rules, broken_texts, lines_of_code};
use imports::{File, imports};
use std::fs;
use std::path::Path;

/// The most lines that a file of `src/` may have, tests left out.
const MOST_LINES: usize = 400;

fn none(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

/// The text files below these folders and files of the project; what is no text is left out.
fn files(places: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut todo: Vec<_> = places.iter().map(|place| root.join(place)).collect();
    let mut found = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder of the project");
            todo.extend(entries.map(|entry| entry.expect("an entry of it").path()));
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root).expect("a file below the project").display().to_string();
            found.push(File { path, text });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn is_rust(file: &File) -> bool {
    Path::new(&file.path).extension().is_some_and(|extension| extension == "rs")
}

fn sources() -> Vec<File> {
    // The binary stands above all floors, and is another crate.
    files(&["src"]).into_iter().filter(|file| is_rust(file) && file.path != "src/main.rs").collect()
}

#[test]
fn imports_point_down_only() {
    let sources = sources();
    let lib = sources.iter().find(|file| file.path == "src/lib.rs").expect("src/lib.rs");
    let table = floors::floors(&lib.text);
    assert!(table.len() >= 10, "the floors of src/lib.rs could not be read: {table:?}");
    none(&floors::upward(&imports(&sources), &table));
}

#[test]
fn no_imports_run_in_a_circle() {
    let imports = imports(&sources());
    assert!(imports.len() > 20, "only {} imports were seen", imports.len());
    none(&floors::circles(&imports));
}

#[test]
fn what_the_code_must_not_hold_is_absent() {
    let mut broken: Vec<String> = sources().iter().flat_map(|file| broken_rules(file, RULES)).collect();
    broken.extend(files(&["tests"]).iter().flat_map(|file| broken_rules(file, TEST_RULES)));
    none(&broken);
}

#[test]
fn nothing_is_marked_unfinished() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    none(&files(&["src", "tests"]).iter().flat_map(|file| broken_texts(file, &marks)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    let long = sources().into_iter().map(|file| (lines_of_code(&file.text), file.path));
    none(
        &long
            .filter(|(n, _)| *n > MOST_LINES)
            .map(|(n, path)| format!("{path}: {n} lines"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_place_of_a_machine_is_written_down() {
    let everywhere =
        ["src", "tests", "docs", ".ci", "Cargo.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    let machines =
        [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("/tmp/", "wt")];
    let beside = [concat!("../", "shared")];
    let mut broken = Vec::new();
    for file in files(&everywhere) {
        broken.extend(broken_texts(&file, &machines));
        if !matches!(file.path.as_str(), ".ci/run" | "tests/it/harness/samples.rs") {
            broken.extend(broken_texts(&file, &beside));
        }
    }
    none(&broken);
}
