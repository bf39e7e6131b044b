//! Keys as the interface knows them, and how they are written.

use std::str::FromStr;

/// A key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, as the keyboard layout and Shift make it.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// F1 to F12.
    F(u8),
}

/// A key with its modifiers. Shift is part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// Which key.
    pub key: Key,
    /// Ctrl held.
    pub ctrl: bool,
    /// Alt held (or Esc sent first).
    pub alt: bool,
}

impl KeyPress {
    /// A key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// A letter with Ctrl.
    pub const fn ctrl(letter: char) -> Self {
        Self { key: Key::Char(letter), ctrl: true, alt: false }
    }
}

/// How keys are written: what the parser reads, what is shown, and what is shown where only ASCII can be.
const NAMES: &[(Key, &str, &str)] = &[
    (Key::Enter, "enter", "enter"),
    (Key::Esc, "esc", "esc"),
    (Key::Tab, "tab", "tab"),
    (Key::BackTab, "backtab", "shift-tab"),
    (Key::Backspace, "backspace", "backspace"),
    (Key::Delete, "delete", "del"),
    (Key::Insert, "insert", "ins"),
    (Key::Up, "up", "\u{2191}"),
    (Key::Down, "down", "\u{2193}"),
    (Key::Left, "left", "\u{2190}"),
    (Key::Right, "right", "\u{2192}"),
    (Key::PageUp, "pgup", "pgup"),
    (Key::PageDown, "pgdn", "pgdn"),
    (Key::Home, "home", "home"),
    (Key::End, "end", "end"),
    (Key::Char(' '), "space", "space"),
];

/// A text that names no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key")]
pub struct NoSuchKey;

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let named = NAMES.iter().find(|(_, name, _)| *name == text).map(|(key, ..)| *key);
        let single = || text.parse::<char>().ok().map(Self::Char);
        let function = || text.strip_prefix('f')?.parse().ok().filter(|n| (1..=12).contains(n)).map(Self::F);
        named.or_else(single).or_else(function).ok_or(NoSuchKey)
    }
}

impl FromStr for KeyPress {
    type Err = NoSuchKey;

    /// Reads `a`, `enter`, `ctrl-u`, `alt-x`, `f1` and the like.
    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let (ctrl, rest) = text.strip_prefix("ctrl-").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        Ok(Self { key: rest.parse()?, ctrl, alt })
    }
}

impl KeyPress {
    /// The key as people read it; arrows as words where only ASCII can be shown.
    pub fn shown(self, unicode: bool) -> String {
        let key = match NAMES.iter().find(|(key, ..)| *key == self.key) {
            Some((_, name, shown)) => (if unicode || shown.is_ascii() { shown } else { name }).to_string(),
            None => match self.key {
                Key::Char(letter) => letter.to_string(),
                Key::F(number) => format!("f{number}"),
                _ => String::new(),
            },
        };
        let ctrl = if self.ctrl { "ctrl-" } else { "" };
        let alt = if self.alt { "alt-" } else { "" };
        format!("{ctrl}{alt}{key}")
    }
}
