//! The floors of `src/lib.rs`, and what breaks them.

use super::imports::{Import, Module};
use std::collections::{BTreeMap, BTreeSet};

/// Which floor each module of the crate's root stands on, from `pub mod NAME; // floor N`; a module
/// without a number stands on the floor of the one above it.
pub fn floors(lib: &str) -> BTreeMap<String, u32> {
    let mut floor = None;
    let mut table = BTreeMap::new();
    for line in lib.lines() {
        let (declared, comment) = line.split_once("//").unwrap_or((line, ""));
        let Some(name) =
            declared.trim().strip_prefix("pub mod ").and_then(|rest| rest.trim().strip_suffix(';'))
        else {
            continue;
        };
        if let Some(number) = comment.trim().strip_prefix("floor ") {
            floor = number.trim().parse().ok();
        }
        if let Some(floor) = floor {
            table.insert(name.to_owned(), floor);
        }
    }
    table
}

/// A sentence for every import that points up, or from or to a module without a floor.
pub fn upward(imports: &[Import], floors: &BTreeMap<String, u32>) -> Vec<String> {
    let mut broken = BTreeSet::new();
    for import in imports {
        let (Some(from), Some(to)) = (import.from.first(), import.to.first()) else { continue };
        let what = match (floors.get(from), floors.get(to)) {
            (Some(here), Some(there)) if here >= there => continue,
            (Some(_), Some(_)) => "imports up",
            _ => "has no floor in src/lib.rs",
        };
        broken.insert(format!("{from} -> {to}: {}:{} {what}", import.file, import.line));
    }
    broken.into_iter().collect()
}

/// A sentence for each circle: among the modules of the root, and among the files of each module.
pub fn circles(imports: &[Import]) -> Vec<String> {
    let root = imports.iter().map(|import| {
        let short = |module: &Module| module.iter().take(1).cloned().collect::<Module>();
        Import { from: short(&import.from), to: short(&import.to), ..import.clone() }
    });
    let mut broken: BTreeSet<String> = circle(&root.filter(|i| i.from != i.to).collect::<Vec<_>>());
    broken.extend(circle(imports));
    broken.into_iter().collect()
}

/// One circle through each import that is part of any, each said once.
fn circle(imports: &[Import]) -> BTreeSet<String> {
    let mut next: BTreeMap<&Module, Vec<&Import>> = BTreeMap::new();
    for import in imports {
        next.entry(&import.from).or_default().push(import);
    }
    imports.iter().filter_map(|first| way_back(first, &next)).map(|way| said(&way)).collect()
}

/// The shortest chain of imports that starts with `first` and leads back to where it starts.
fn way_back<'a>(first: &'a Import, next: &BTreeMap<&Module, Vec<&'a Import>>) -> Option<Vec<&'a Import>> {
    let mut seen = BTreeSet::from([&first.to]);
    let mut ways = std::collections::VecDeque::from([vec![first]]);
    while let Some(way) = ways.pop_front() {
        let last = *way.last()?;
        if last.to == first.from {
            return Some(way);
        }
        for import in next.get(&last.to).into_iter().flatten() {
            if seen.insert(&import.to) || import.to == first.from {
                ways.push_back(way.iter().copied().chain([*import]).collect());
            }
        }
    }
    None
}

/// A circle is the same wherever one starts to read it: from its first name in the alphabet.
fn said(way: &[&Import]) -> String {
    let start = (0..way.len()).min_by_key(|at| &way[*at].from).unwrap_or(0);
    let turned: Vec<&Import> = way[start..].iter().chain(&way[..start]).copied().collect();
    let names: Vec<String> = turned.iter().map(|import| import.from.join("::")).collect();
    let places: Vec<String> =
        turned.iter().map(|import| format!("{}:{}", import.file, import.line)).collect();
    format!("{} -> {}: a circle, by {}", names.join(" -> "), names[0], places.join(", "))
}
