//! Text from outside, made harmless.

mod cutting;
mod fuzzy;
mod json;
mod safety;

use keyfob::text::{MAX_LINE, MAX_NOTE, Text, TooLong};

/// Strings that do something to a terminal that believes them, or hide something from a reader.
pub(crate) const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;Y21k\u{7}",
    "\u{1b}]52;c;Y21k\u{1b}\\",
    "\u{1b}]8;;http://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}]1337;File=:AAAA\u{7}",
    "\u{1b}]777;notify;a;b\u{7}",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;QQ==\u{7}\u{1b}\\",
    "\u{1b}_Gf=100;AAAA\u{1b}\\",
    "\u{1b}^private\u{1b}\\",
    "\u{1b}Xsos\u{1b}\\",
    "\u{1b}[6n",
    "\u{1b}[21t",
    "\u{1b}[?1049h",
    "\u{1b}c",
    "\u{1b}",
    "\u{9b}31mC1\u{9b}0m",
    "\u{9d}52;c;QQ==\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}next line",
    "good\u{8}\u{8}\u{8}\u{8}evil",
    "one\rtwo",
    "one\ntwo",
    "one\r\ntwo",
    "tab\tstop",
    "ding\u{7}",
    "nul\0nul",
    "del\u{7f}del",
    "shift\u{e}out\u{f}in",
    "\u{202e}gpj.exe",
    "\u{202a}a\u{202b}b\u{202c}c\u{202d}d",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
    "a\u{200e}b\u{200f}c\u{61c}d",
    "zero\u{200b}width\u{200c}non\u{200d}joiner\u{2060}word\u{feff}bom",
    "soft\u{ad}hyphen",
    "\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{17b4}\u{180e}",
    "line\u{2028}paragraph\u{2029}",
    "flag\u{e0041}\u{e0042}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}",
    "\u{fe0f}\u{e0100}\u{e01ef}",
    "\u{e0b0}\u{f8ff}\u{f0000}\u{10fffd}",
    "\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}",
    "\u{fdd0}\u{fffe}\u{ffff}\u{1ffff}\u{10ffff}",
    "\u{1d173}\u{1bca0}\u{13430}",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}algo",
    "\u{300}starts with a mark",
    "\u{301}\u{302}\u{303}\u{304}",
    "1\u{200d}2",
    "👩\u{200d}",
    "👩\u{200d}x",
    "\u{200d}👩",
];

/// Characters that never reach a terminal, wherever they stand.
pub(crate) fn is_forbidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{f0000}'..)
}

#[test]
fn a_text_keeps_what_was_given_and_shows_what_is_safe() {
    let text = Text::line("  a\u{1b}[1mb\n ").unwrap();
    assert_eq!(text.raw(), "a\u{1b}[1mb");
    assert_eq!(text.to_string(), "a␛[1mb");
    assert_eq!(format!("{text:>8}"), "  a␛[1mb");
    assert_eq!(format!("{text:?}"), "\"a␛[1mb\"");
    assert!(!text.is_empty() && Text::line(" \t\n").unwrap().is_empty());
}

#[test]
fn lines_and_notes_have_a_longest_length() {
    assert!(Text::line(&"漢".repeat(300)).is_ok());
    assert!(Text::line(&"x".repeat(MAX_LINE)).is_ok());
    let padded = format!("  {}  ", "x".repeat(MAX_LINE));
    assert!(Text::line(&padded).is_ok());
    let bytes = MAX_LINE + 2;
    assert_eq!(Text::line(&"é".repeat(bytes / 2)), Err(TooLong { bytes, limit: MAX_LINE }));
    assert!(Text::note(&"x\n".repeat(MAX_NOTE / 2)).is_ok());
    assert!(Text::note(&"x".repeat(MAX_NOTE + 1)).is_err());
    assert_eq!(Text::note("one\n  two\n\n").unwrap().raw(), "one\n  two");
}
