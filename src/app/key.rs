//! Keys as the interface knows them.

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
    pub fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// A letter with Ctrl.
    pub fn ctrl(letter: char) -> Self {
        Self { key: Key::Char(letter), ctrl: true, alt: false }
    }
}
