//! The fuzz targets, each over its corpus: what once made one fail is in there, too.

mod seeds;
mod targets;

use crate::harness::say;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most bytes of all corpora.
const MOST: usize = 300_000;

fn corpora() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    // It is no part of the published crate.
    if folder.parent().is_some_and(Path::is_dir) {
        return Some(folder);
    }
    say("passed over: tests/fuzz is not here");
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// `KEYFOB_SEEDS=write` writes those that are not there yet.
#[test]
fn every_target_has_the_seeds_that_are_made_here() {
    let Some(corpora) = corpora() else { return };
    let write = std::env::var_os("KEYFOB_SEEDS").is_some();
    for seed in seeds::all() {
        let file = corpora.join(&seed.target).join(&seed.name);
        if write && !file.exists() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &seed.bytes).unwrap();
        }
        let there = fs::read(&file).unwrap_or_else(|_| panic!("{} is not there", file.display()));
        assert!(seed.is_random || there == seed.bytes, "{} is not what is made here", file.display());
    }
}

#[test]
fn a_corpus_is_a_targets_and_a_target_has_a_corpus() {
    let Some(corpora) = corpora() else { return };
    let targets: BTreeSet<String> = targets::all().map(targets::Target::name).collect();
    let folders: BTreeSet<String> = files(&corpora).iter().map(|path| name(path)).collect();
    assert_eq!(folders, targets);
    let mut size = 0;
    for target in targets::all() {
        let seeds = files(&corpora.join(target.name()));
        assert!(!seeds.is_empty(), "{} has no seed", target.name());
        for seed in seeds {
            let length = usize::try_from(fs::metadata(&seed).unwrap().len()).unwrap();
            assert!(length <= target.longest, "{} is longer than what is tried", seed.display());
            size += length;
        }
    }
    assert!(size <= MOST, "{size} bytes");
}

#[test]
fn every_target_holds_for_its_corpus_and_for_what_is_cut_off() {
    let Some(corpora) = corpora() else { return };
    for target in targets::all() {
        for seed in files(&corpora.join(target.name())) {
            let bytes = fs::read(&seed).unwrap();
            let held = std::panic::catch_unwind(|| {
                target.run(&bytes);
                target.run(bytes.get(..bytes.len() / 2).unwrap());
            });
            assert!(held.is_ok(), "{} does not hold", seed.display());
        }
        target.run(b"");
    }
}
