//! Text for terminals whose locale knows ASCII alone.

use super::safe;

/// The text, made [`safe`], in ASCII: the usual signs as what comes nearest, any other character as `?`.
/// The result is never wider than the text, since every character becomes one cell at most
/// and what combines with the one before it becomes nothing.
pub fn ascii(raw: &str) -> String {
    safe(raw).chars().filter_map(nearest).collect()
}

fn nearest(character: char) -> Option<char> {
    Some(match character {
        ' '..='~' => character,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '…' => '~',
        '‐'..='―' | '−' | '─' => '-',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '·' | '•' | '●' | '★' => '*',
        '→' | '›' | '▶' => '>',
        '←' | '‹' | '◀' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' => 'v',
        '×' => 'x',
        '│' => '|',
        _ if unicode_width::UnicodeWidthChar::width(character) == Some(0) => return None,
        _ => '?',
    })
}
