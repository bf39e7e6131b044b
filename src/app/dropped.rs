//! Files that are dropped on a terminal: it types their paths.

use std::path::PathBuf;

/// The path that a text is, as it was typed, or dropped on the terminal: some put it in quotes, some escape its spaces.
pub(super) fn dropped_path(text: &str) -> PathBuf {
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    match quoted('\'').or_else(|| quoted('"')) {
        Some(inner) => inner.into(),
        None => text.replace("\\ ", " ").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_dropped_path_is_what_the_file_is_called() {
        let cases = [
            ("/tmp/a.png", "/tmp/a.png"),
            ("'/tmp/a b.png'", "/tmp/a b.png"),
            ("\"/tmp/a b.png\"", "/tmp/a b.png"),
            ("/tmp/a\\ b.png", "/tmp/a b.png"),
            ("'/tmp/a.png", "'/tmp/a.png"),
        ];
        for (typed, path) in cases {
            assert_eq!(dropped_path(typed), Path::new(path), "{typed}");
        }
    }
}
