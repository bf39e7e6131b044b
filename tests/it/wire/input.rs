//! Bytes that terminals send, and what they mean.

use keyfob::app::{Key, KeyPress, Message, Mouse};
use keyfob::terminal::input::Parser;
use proptest::prelude::*;
use std::time::Duration;

/// What the bytes mean when they come in these pieces, and nothing after them.
fn read(pieces: &[&[u8]]) -> Vec<String> {
    let mut parser = Parser::default();
    let mut messages = Vec::new();
    for piece in pieces {
        parser.feed(piece, &mut |message| messages.push(shown(message)));
    }
    if parser.patience().is_some() {
        parser.silence(&mut |message| messages.push(shown(message)));
    }
    assert_eq!(parser.patience(), None, "after silence nothing is awaited");
    messages
}

fn shown(message: Message) -> String {
    match message {
        Message::Key(KeyPress { key, ctrl, alt }) => {
            let modifiers = [(ctrl, "ctrl-"), (alt, "alt-")];
            let modifiers: String =
                modifiers.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
            match key {
                Key::Char(letter) => format!("{modifiers}{letter}"),
                key => format!("{modifiers}{key:?}"),
            }
        }
        Message::Paste(text) => format!("paste {:?}", *text),
        Message::Focus(focus) => format!("focus {focus}"),
        Message::Mouse(Mouse::Press { column, row, .. }) => format!("press {column} {row}"),
        Message::Mouse(wheel) => format!("{wheel:?}"),
        other => panic!("{other:?}"),
    }
}

fn check(table: &[(&str, &[&str])]) {
    for (bytes, meaning) in table {
        assert_eq!(&read(&[bytes.as_bytes()]), meaning, "{bytes:?}");
    }
}

#[test]
fn keys() {
    check(&[
        ("q", &["q"]),
        ("Q", &["Q"]),
        (" ", &[" "]),
        ("\r", &["Enter"]),
        ("\n", &["Enter"]),
        ("\t", &["Tab"]),
        ("\x7f", &["Backspace"]),
        ("\x08", &["Backspace"]),
        ("\x03", &["ctrl-c"]),
        ("\x0c", &["ctrl-l"]),
        ("\x15", &["ctrl-u"]),
        ("\x1a", &["ctrl-z"]),
        ("\x00", &["ctrl- "]),
        ("\x1c", &["ctrl-\\"]),
        ("é日🔑", &["é", "日", "🔑"]),
        ("\x1b[A\x1b[B\x1b[C\x1b[D", &["Up", "Down", "Right", "Left"]),
        ("\x1bOA\x1bOB\x1bOC\x1bOD", &["Up", "Down", "Right", "Left"]),
        (
            "\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
            &["Home", "End", "Home", "End", "Home", "End", "Home", "End"],
        ),
        ("\x1b[2~\x1b[3~\x1b[5~\x1b[6~", &["Insert", "Delete", "PageUp", "PageDown"]),
        ("\x1b[Z\x1b[9;2u", &["BackTab", "BackTab"]),
        ("\x1bOP\x1bOQ\x1bOR\x1bOS", &["F(1)", "F(2)", "F(3)", "F(4)"]),
        ("\x1b[[A\x1b[[E", &["F(1)", "F(5)"]),
        (
            "\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~",
            &["F(1)", "F(5)", "F(6)", "F(10)", "F(11)", "F(12)"],
        ),
    ]);
}

#[test]
fn keys_with_modifiers() {
    check(&[
        ("\x1b[1;5A\x1b[1;3D\x1b[1;2B\x1b[1;7H", &["ctrl-Up", "alt-Left", "Down", "ctrl-alt-Home"]),
        ("\x1b[3;5~\x1b[5;9~", &["ctrl-Delete", "alt-PageUp"]),
        ("\x1b[97;5u\x1b[13u\x1b[27;5;99~\x1b[97:65;3:1u", &["ctrl-a", "Enter", "ctrl-c", "alt-a"]),
        ("\x1b\x7f\x1b\x08", &["alt-Backspace", "alt-Backspace"]),
        ("\x1b\r\x1b\n", &["alt-Enter", "alt-Enter"]),
    ]);
}

#[test]
fn escape_is_a_key_unless_a_sequence_follows() {
    check(&[
        ("\x1b", &["Esc"]),
        ("\x1b\x1b", &["Esc", "Esc"]),
        ("\x1b\x1b[A", &["Esc", "Up"]),
        ("\x1b[", &["Esc", "["]),
        ("\x1bO", &["Esc", "O"]),
        ("\x1b]", &["Esc", "]"]),
        ("\x1bP", &["Esc", "P"]),
        // Typed one after the other, and come in one packet.
        ("\x1bq\x1bé\x1b\x03", &["Esc", "q", "Esc", "é", "Esc", "ctrl-c"]),
    ]);
}

#[test]
fn escape_waits_a_moment_and_a_sequence_longer() {
    let after = |bytes: &[u8]| {
        let mut parser = Parser::default();
        parser.feed(bytes, &mut |_| {});
        parser.patience()
    };
    assert_eq!(after(b"x"), None);
    assert_eq!(after(b"\x1b"), Some(Duration::from_millis(40)));
    assert!(after(b"\x1b[1;") > after(b"\x1b"));
    assert!(after(b"\x1b[200~abc") > after(b"\x1b[1;"));
}

#[test]
fn pastes_come_as_one() {
    check(&[
        ("\x1b[200~otpauth://totp/a\x1b[201~q", &["paste \"otpauth://totp/a\"", "q"]),
        ("\x1b[200~\x1b[201~", &["paste \"\""]),
        ("\x1b[200~a\rb\r\nc\nd\x1b[201~", &["paste \"a\\nb\\nc\\nd\""]),
        ("\x1b[200~\x1b[A\x1b[20\x1b\x1b[201~", &["paste \"\\u{1b}[A\\u{1b}[20\\u{1b}\""]),
        // Its end never comes: what came so far counts, and the keyboard works again.
        ("\x1b[200~abc", &["paste \"abc\""]),
        ("\x1b[201~", &[]),
    ]);
    assert_eq!(read(&[b"\x1b[200~a\xff\xc3(\x1b[201~"]), ["paste \"a\u{fffd}\u{fffd}(\""]);
}

#[test]
fn long_pastes_are_cut() {
    let paste = [b"\x1b[200~".as_slice(), &vec![b'x'; 70_000], b"\x1b[201~y"].concat();
    let messages = read(&[&paste]);
    assert_eq!(messages[0].len(), "paste \"\"".len() + (64 << 10));
    assert_eq!(messages[1..], ["y"]);
}

#[test]
fn focus_and_mouse() {
    check(&[
        ("\x1b[I\x1b[O", &["focus true", "focus false"]),
        ("\x1b[<0;10;5M\x1b[<0;10;5m", &["press 9 4"]),
        ("\x1b[<64;1;1M\x1b[<65;1;1M", &["WheelUp", "WheelDown"]),
        ("\x1b[<2;1;1M\x1b[<35;1;1M\x1b[<0;0;0M\x1b[<0;99999;1M\x1b[<;;M", &[]),
        ("\x1b[M !!q", &["q"]),
    ]);
}

#[test]
fn what_nobody_asked_for_is_swallowed_whole() {
    check(&[
        ("\x1b]11;rgb:0000/0000/0000\x1b\\q", &["q"]),
        ("\x1b]52;c;YWJj\x07q", &["q"]),
        ("\x1bP1$r0m\x1b\\q", &["q"]),
        ("\x1b_Gi=1;OK\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\q", &["q"]),
        ("\x1b[?62;22c\x1b[24;80R\x1b[>1;10;0c\x1b[?2026;2$yq", &["q"]),
        ("\x1b[99~\x1b[1;2;3;4;5X\x1bOzq", &["q"]),
        ("\u{85}\u{9b}q", &["q"]),
    ]);
}

#[test]
fn after_garbage_keys_count_again() {
    let long = format!("\x1b[{}Aq", "1;".repeat(500));
    assert_eq!(read(&[long.as_bytes()]), ["q"]);
    assert_eq!(read(&[b"\x1b[12\x18q"]), ["q"]);
    assert_eq!(read(&[b"\x1b[12\x03"]), ["ctrl-c"]);
    assert_eq!(read(&[b"\x1b[12\x1b[A"]), ["Up"]);
    assert_eq!(read(&[b"\x1b]0;title\x1b[Aq"]), ["Up", "q"]);
    assert_eq!(read(&[b"\xff\xfeq\xc3q\xe2\x82q\xf0\x9f\x94"]), ["q", "q", "q"]);
    assert_eq!(read(&[b"\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80q"]), ["q"]);
}

/// Bytes that are likely to get into each other's way.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        prop::sample::select(vec![
            "\x1b",
            "\x1b[",
            "\x1bO",
            "\x1b]",
            "\x1bP",
            "\x1b\\",
            "\x07",
            "\x1b[A",
            "\x1b[200~",
            "\x1b[201~",
            "1;5",
            "~",
            "é",
            "日",
            "\x1b[<0;1",
            ";2M",
            "abc",
            "\x18",
            "\x1b[[",
            "\x1b[M",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn pieces_mean_the_same_as_the_whole(bytes in bytes(), cuts in prop::collection::vec(0usize..200, 0..12)) {
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts {
            pieces.push(&bytes[from..cut]);
            from = cut;
        }
        pieces.push(&bytes[from..]);
        prop_assert_eq!(read(&pieces), read(&[&bytes]));
    }

    /// Whatever came, once it is over a key is a key.
    #[test]
    fn silence_ends_whatever_was_begun(bytes in bytes()) {
        let mut parser = Parser::default();
        parser.feed(&bytes, &mut |_| {});
        parser.silence(&mut |_| {});
        let mut after = Vec::new();
        parser.feed(b"q", &mut |message| after.push(shown(message)));
        prop_assert_eq!(after, ["q"]);
    }

    #[test]
    fn text_is_its_letters(text in "[ -~é-ÿ日本語🔑]{0,20}") {
        let letters: Vec<_> = text.chars().map(String::from).collect();
        prop_assert_eq!(read(&[text.as_bytes()]), letters);
    }
}
