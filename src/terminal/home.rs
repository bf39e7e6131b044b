//! Paths as people type them.

use std::path::{Path, PathBuf};

/// `~/` stands for the home folder, as in a shell.
pub(super) fn expand(path: &Path, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_leads_home_only_at_the_start() {
        let home = Some(Path::new("/home/me"));
        assert_eq!(expand(Path::new("~/a/b"), home), Path::new("/home/me/a/b"));
        assert_eq!(expand(Path::new("~you/a"), home), Path::new("~you/a"));
        assert_eq!(expand(Path::new("/a/~/b"), home), Path::new("/a/~/b"));
        assert_eq!(expand(Path::new("~/a"), None), Path::new("~/a"));
    }
}
