//! The judge of what is sent to a terminal: a strict parser that knows our own sequences, and nothing else.

use unicode_width::UnicodeWidthChar as _;

/// Who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer<'a> {
    /// The full screen: its own sequences, and these texts alone on the clipboard, in base64.
    Screen(&'a [String]),
    /// A command: lines of text, and nothing that moves, colours or asks.
    Command,
}

/// The modes that the full screen sets and takes back.
const MODES: [&str; 7] = ["25", "1000", "1004", "1006", "1049", "2004", "2026"];

/// What is wrong with the bytes, and where.
pub fn fault(bytes: &[u8], writer: Writer<'_>) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return Some(format!("no UTF-8 at {at}: {:?}", around(bytes, at)));
        }
    };
    let mut marks = 0;
    let mut before = '\0';
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        let rest = &text[at..];
        let wrong = |what: &str| Some(format!("{what} at {at}: {:?}", around(bytes, at)));
        if let ('\u{1b}', Writer::Screen(copied)) = (character, writer) {
            let Some(length) = own_sequence(rest, copied) else {
                return wrong("a sequence that is not ours");
            };
            characters = text.char_indices();
            characters.nth(text[..at + length].chars().count() - 1);
            before = '\0';
            continue;
        }
        let line_end = match writer {
            Writer::Command => character == '\n',
            Writer::Screen(_) => matches!(character, '\n' | '\r'),
        };
        if !line_end && (character.is_control() || is_unseen(character)) {
            return wrong("a character that does something");
        }
        let joined =
            character == '\u{200d}' && (!is_picture(before) || !rest.chars().nth(1).is_some_and(is_picture));
        marks = if character.width() == Some(0) && !line_end { marks + 1 } else { 0 };
        if joined || marks > 3 {
            return wrong("marks that smear or join");
        }
        before = character;
    }
    None
}

/// The length of one of our own sequences at the start of this text.
fn own_sequence(text: &str, copied: &[String]) -> Option<usize> {
    if let Some(body) = text.strip_prefix("\u{1b}[") {
        let end = body.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
        let parameters = &body[..end];
        let known = match (parameters.strip_prefix('?'), body[end..].chars().next()?) {
            (Some(mode), 'h' | 'l') => MODES.contains(&mode),
            (None, 'm') => parameters.len() < 64,
            (None, 'H') => parameters.split(';').count() <= 2,
            (None, 'A' | 'B' | 'C' | 'D' | 'X') => !parameters.contains(';'),
            (None, 'J') => parameters == "2",
            (None, 'K') => parameters.is_empty(),
            _ => false,
        };
        return known.then_some("\u{1b}[".len() + end + 1);
    }
    let clipboard = |text: &str| {
        let (texts, rest) = text.strip_prefix("\u{1b}]52;c;")?.split_once('\u{7}')?;
        (texts.is_empty() || copied.iter().any(|copied| copied == texts)).then(|| text.len() - rest.len())
    };
    clipboard(text)
}

/// What no terminal draws, or draws elsewhere than it stands.
fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0e}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..)
}

/// What a joiner may stand between.
fn is_picture(character: char) -> bool {
    matches!(character, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn around(bytes: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&bytes[at.saturating_sub(40)..bytes.len().min(at + 40)]).into_owned()
}

/// What our own writer sends passes, and each of the strings, written as it is, does not.
#[test]
fn the_judge_tells_our_own_from_all_others() {
    let copied = ["MTIzNDU2".to_owned()];
    let screen = Writer::Screen(&copied);
    let own = b"\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J\x1b[3;1H\x1b[1;38;5;208mx\x1b[m\r\n\x1b[4C\x1b[K\x1b]52;c;MTIzNDU2\x07\x1b]52;c;\x07";
    assert_eq!(fault(own, screen), None);
    assert_eq!(fault("eins\nzwei é 👩\u{200d}💻 漢\n".as_bytes(), Writer::Command), None);
    for bad in [
        "\x1b[6n",
        "\x1b[31m\x1b[2;5r",
        "\x1b]52;c;QQ==\x07",
        "\x1b]0;x\x07",
        "\x1bc",
        "\x1b[?1003h",
        "\t",
        "\x1b",
    ] {
        assert!(fault(bad.as_bytes(), screen).is_some(), "{bad:?}");
    }
    assert!(fault(b"\x1b[m", Writer::Command).is_some() && fault(b"a\rb", Writer::Command).is_some());
    let harmless = |text: &String| fault(text.as_bytes(), Writer::Command).is_none();
    let let_through: Vec<String> = super::strings::strings().into_iter().filter(harmless).collect();
    // What is only words, unusual letters, or a line end as commands write them.
    assert!(let_through.len() < 40, "{let_through:?}");
    for text in super::strings::strings() {
        let raw = fault(text.as_bytes(), Writer::Command).is_some();
        let acts = text.chars().any(|c| c.is_control() && c != '\n');
        assert!(raw || !acts, "{text:?}");
    }
    assert!(super::strings::bytes().iter().all(|bytes| fault(bytes, Writer::Command).is_some()));
}
