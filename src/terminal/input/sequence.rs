//! What a complete control sequence means (ECMA-48's CSI; xterm's parameters).

use super::keys;
use crate::app::{Key, KeyPress, Message, Mouse};
use std::time::Duration;

/// What a sequence means.
pub(super) enum Meaning {
    /// This happened.
    Message(Message),
    /// A bracketed paste begins.
    Paste,
}

/// The meaning of `CSI parameters last`; none for what is no business of ours, such as a reply.
pub(super) fn message(parameters: &[u8], last: u8) -> Option<Meaning> {
    if let Some(report) = parameters.strip_prefix(b"<") {
        return mouse(report, last).map(|mouse| Meaning::Message(Message::Mouse(mouse)));
    }
    let [first, second, third] = numbers(parameters)?;
    let key = match last {
        b'I' => return parameters.is_empty().then_some(Meaning::Message(Message::Focus(true))),
        b'O' => return parameters.is_empty().then_some(Meaning::Message(Message::Focus(false))),
        b'~' if first == Some(200) => return Some(Meaning::Paste),
        // xterm's modifyOtherKeys: 27 ; modifiers ; character.
        b'~' if first == Some(27) => keys::unicode(third?)?,
        b'~' => keys::numbered(first?)?,
        b'u' => keys::unicode(first?)?,
        // The place of the cursor, which ends in R as F3 does, would be another number.
        _ => keys::letter(last).filter(|_| matches!(first, None | Some(1)))?,
    };
    Some(Meaning::Message(Message::Key(modified(key, second.unwrap_or(1)))))
}

/// xterm's modifiers: 1 + Shift 1 + Alt 2 + Ctrl 4 + Meta 8.
fn modified(key: Key, modifiers: u32) -> KeyPress {
    let bits = modifiers.saturating_sub(1);
    let shift = bits & 1 != 0;
    let key = if shift && key == Key::Tab { Key::BackTab } else { key };
    KeyPress { key, ctrl: bits & 4 != 0, alt: bits & (2 | 8) != 0 }
}

/// xterm's SGR mouse report: button ; column ; row, counted from 1; `M` went down, `m` came up.
fn mouse(report: &[u8], last: u8) -> Option<Mouse> {
    let [button, column, row] = numbers(report)?;
    match (button?, last) {
        (0, b'M') => {
            Some(Mouse::Press { column: from_one(column?)?, row: from_one(row?)?, at: Duration::ZERO })
        }
        (64, b'M') => Some(Mouse::WheelUp),
        (65, b'M') => Some(Mouse::WheelDown),
        _ => None,
    }
}

fn from_one(number: u32) -> Option<u16> {
    u16::try_from(number).ok()?.checked_sub(1)
}

/// Up to three numbers, separated by `;`; what follows a `:` refines a number and is left out. None where
/// there is anything else: a reply, or a sequence that nobody has told us of.
fn numbers(parameters: &[u8]) -> Option<[Option<u32>; 3]> {
    let mut numbers = [None; 3];
    for (slot, part) in numbers.iter_mut().zip(parameters.split(|&byte| byte == b';')) {
        let digits = part.split(|&byte| byte == b':').next().unwrap_or_default();
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        *slot = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    }
    Some(numbers)
}
