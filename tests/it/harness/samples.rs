//! Sample files of other apps, where they are at hand: in the folder that `KEYFOB_TEST_DATA` names.

use std::path::PathBuf;

/// The folder of samples of one kind; says that the test passes over when there is none.
pub fn samples(kind: &str) -> Option<PathBuf> {
    let all = std::env::var_os("KEYFOB_TEST_DATA").map(PathBuf::from);
    if let Some(folder) = all.map(|all| all.join(kind)).filter(|folder| folder.is_dir()) {
        return Some(folder);
    }
    super::say(&format!("passed over: no samples of {kind}"));
    None
}
