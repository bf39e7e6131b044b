//! Which key sends which byte or number.

use crate::app::{Key, KeyPress};

/// A byte under 0x80 that is not ESC.
pub(super) fn ascii(byte: u8) -> KeyPress {
    match byte {
        b'\t' => KeyPress::plain(Key::Tab),
        // Raw terminals send CR for Enter; LF comes from scripts that write to a terminal.
        b'\r' | b'\n' => KeyPress::plain(Key::Enter),
        0x08 | 0x7f => KeyPress::plain(Key::Backspace),
        0x00 => KeyPress::ctrl(' '),
        0x01..=0x1a => KeyPress::ctrl(char::from(byte | 0x60)),
        0x1b..=0x1f => KeyPress::ctrl(char::from(byte | 0x40)),
        _ => KeyPress::plain(Key::Char(char::from(byte))),
    }
}

/// The byte after ESC O.
pub(super) fn ss3(byte: u8) -> Option<Key> {
    match byte {
        b'I' => Some(Key::Tab),
        b'M' => Some(Key::Enter),
        _ => letter(byte),
    }
}

/// The last byte of a control sequence that is a letter.
pub(super) fn letter(byte: u8) -> Option<Key> {
    Some(match byte {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'P'..=b'S' => Key::F(byte - b'P' + 1),
        b'Z' => Key::BackTab,
        _ => return None,
    })
}

/// The byte after ESC [ [: the Linux console's F1 to F5.
pub(super) fn console(byte: u8) -> Option<Key> {
    matches!(byte, b'A'..=b'E').then(|| Key::F(byte - b'A' + 1))
}

/// The number before `~`.
pub(super) fn numbered(number: u32) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        2 => Key::Insert,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::F(small(number - 10)),
        17..=21 => Key::F(small(number - 11)),
        23 | 24 => Key::F(small(number - 12)),
        _ => return None,
    })
}

/// A character by its number, as `CSI number ; modifiers u` has it.
pub(super) fn unicode(number: u32) -> Option<Key> {
    Some(match number {
        9 => Key::Tab,
        10 | 13 => Key::Enter,
        27 => Key::Esc,
        8 | 127 => Key::Backspace,
        _ => Key::Char(char::from_u32(number).filter(|letter| !letter.is_control())?),
    })
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
