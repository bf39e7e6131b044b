//! Batches: which of their parts are missing.

use super::entry::{Entry, Names, Part, Place, Refusal};
use std::collections::{BTreeMap, BTreeSet};

/// An entry for each part that is in none of the files of an import, batch by batch.
pub fn missing(parts: &[Part]) -> Vec<Entry> {
    let mut batches: BTreeMap<(i64, u32), BTreeSet<u32>> = BTreeMap::new();
    for part in parts {
        batches.entry((part.batch, part.of)).or_default().insert(part.number);
    }
    let gone = batches.iter().flat_map(|((_, of), there)| {
        (1..=*of).filter(|number| !there.contains(number)).map(|number| Place::Part { number, of: *of })
    });
    gone.map(|place| Entry { place, found: Err((Names::default(), Refusal::PartMissing)) }).collect()
}
