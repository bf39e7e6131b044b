//! Sample files of other apps, where they are at hand: `KEYFOB_TEST_DATA`, or beside the checkout.

use std::path::PathBuf;

/// The folder of samples of one kind; says that the test passes over when there is none.
pub fn samples(kind: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("KEYFOB_TEST_DATA").map_or_else(beside, PathBuf::from).join(kind);
    if folder.is_dir() {
        return Some(folder);
    }
    super::say(&format!("passed over: no samples of {kind}"));
    None
}
