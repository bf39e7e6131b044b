//! Samples that lie beside the checkout: read when they are there, passed over when not.

use std::path::{Path, PathBuf};

/// The folder of the samples: `KEYFOB_TEST_DATA`, else `../shared/data`.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("KEYFOB_TEST_DATA").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    Some(named.unwrap_or_else(beside)).filter(|folder| folder.is_dir())
}

/// A sample as JSON.
pub(crate) fn json(name: &str) -> Option<serde_json::Value> {
    let Some(folder) = folder() else {
        println!("passed over: {name} is not here (set KEYFOB_TEST_DATA)");
        return None;
    };
    let content = std::fs::read_to_string(folder.join(name)).unwrap();
    Some(serde_json::from_str(&content).unwrap())
}
