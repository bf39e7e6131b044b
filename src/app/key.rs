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
        let lower = text.to_lowercase();
        let named = NAMES.iter().find(|(_, name, shown)| [*name, *shown].contains(&lower.as_str()));
        let single = || text.parse().ok().filter(|letter: &char| !letter.is_control()).map(Self::Char);
        let function = || lower.strip_prefix('f')?.parse().ok().filter(|n| (1..=12).contains(n)).map(Self::F);
        named.map(|(key, ..)| *key).or_else(single).or_else(function).ok_or(NoSuchKey)
    }
}

impl FromStr for KeyPress {
    type Err = NoSuchKey;

    /// Reads `a`, `enter`, `ctrl-u`, `alt-x`, `f1` and the like. Only in a character alone does case matter.
    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let (ctrl, rest) = without(text, "ctrl-");
        let (alt, rest) = without(rest, "alt-");
        let key = match rest.parse()? {
            Key::Char(letter) if ctrl => Key::Char(letter.to_ascii_lowercase()),
            key => key,
        };
        Ok(Self { key, ctrl, alt })
    }
}

/// Whether a text begins with a modifier, and what comes after it.
fn without<'a>(text: &'a str, modifier: &str) -> (bool, &'a str) {
    match text.split_at_checked(modifier.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(modifier) => (true, rest),
        _ => (false, text),
    }
}

impl KeyPress {
    /// Whether it types a character into a field.
    pub const fn types(self) -> bool {
        matches!(self, Self { key: Key::Char(_), ctrl: false, alt: false })
    }

    /// Whether every terminal sends it as a key of its own: Ctrl-I, say, is the byte of Tab.
    pub fn is_sent(self) -> bool {
        match self.key {
            Key::Char(' ' | '\\' | ']' | '^' | '_') => true,
            Key::Char(letter) if self.ctrl => {
                letter.is_ascii_lowercase() && !matches!(letter, 'h' | 'i' | 'j' | 'm')
            }
            Key::Char('[' | 'O') => !self.alt,
            Key::Esc | Key::Tab | Key::BackTab => !self.ctrl && !self.alt,
            Key::Enter | Key::Backspace => !self.ctrl,
            _ => true,
        }
    }
}

impl KeyPress {
    /// The names of the keys that are no characters, as they are written.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, name, _)| *name)
    }

    /// The key as it is written where it is read again.
    pub fn written(self) -> String {
        let name = NAMES.iter().find(|(key, ..)| *key == self.key).map(|(_, name, _)| *name);
        match name {
            Some(name) => format!("{}{name}", self.modifiers()),
            None => self.shown(false),
        }
    }

    fn modifiers(self) -> String {
        format!("{}{}", if self.ctrl { "ctrl-" } else { "" }, if self.alt { "alt-" } else { "" })
    }

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
        format!("{}{key}", self.modifiers())
    }
}
