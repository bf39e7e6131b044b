//! Files that are dropped on a terminal: it types their paths.

use std::path::PathBuf;

/// What some terminals put around a path.
pub(super) const QUOTES: [char; 2] = ['\'', '"'];
/// How the names of pictures end.
const PICTURES: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"];

/// Whether a text is called as pictures are.
pub(super) fn is_picture(text: &str) -> bool {
    let text = text.trim_matches(QUOTES).to_ascii_lowercase();
    PICTURES.iter().any(|end| text.len() > end.len() && text.ends_with(end))
}

/// The path that a text is, as it was typed, or dropped on the terminal: some put it in quotes, some escape its spaces.
pub(super) fn dropped_path(text: &str) -> PathBuf {
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    match QUOTES.into_iter().find_map(quoted) {
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
