//! Breaking words into rows.

use super::width;

/// Breaks words into lines of so many cells, at spaces; an indent is kept on each. A word that is wider
/// stands alone on its line, to be cut where it is drawn.
pub fn wrap(words: &str, cells: usize) -> Vec<String> {
    let text = words.trim_start_matches(' ');
    let (indent, _) = words.split_at_checked(words.len() - text.len()).unwrap_or_default();
    let mut lines = Vec::new();
    let mut line = indent.to_owned();
    for word in text.split(' ') {
        let has_words = line.len() > indent.len();
        if has_words && width(&line) + 1 + width(word) > cells {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        } else if has_words {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
