//! What was seen of a vault last: its generation, and the beginning of a hash of its file, which is encrypted.

use crate::vault::Seen;

/// Reads it; none for what is not ours.
pub(super) fn parse(text: &str) -> Option<Seen> {
    let (generation, hash) = text.trim_end().split_once(' ')?;
    Some(Seen { generation: generation.parse().ok()?, hash: u64::from_str_radix(hash, 16).ok()? })
}

pub(super) fn write(seen: Seen) -> String {
    format!("{} {:016x}\n", seen.generation, seen.hash)
}
