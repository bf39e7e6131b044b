//! What the interface has to know before it starts.

use super::keymap::Keymap;
use super::{Looks, Moment};
use crate::state::Remembered;
use crate::vault::{LockInfo, Rollback, Vault};
use std::time::Duration;

/// What the interface has to know before it starts.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // independent facts, each named where it is set
pub struct Options {
    /// Where the vault is, as people write it: `~` for the home folder.
    pub vault_shown: String,
    /// What there is to start with.
    pub start: Start,
    /// Whether this is a throw-away vault in memory.
    pub demo: bool,
    /// Whether AWS can be asked. Nothing that it makes could be kept in a throw-away vault.
    pub aws: bool,
    /// Whether nothing may be written and no path typed.
    pub read_only: bool,
    /// What the terminal can show.
    pub appearance: Appearance,
    /// How each role looks, where there are colours.
    pub looks: Looks,
    /// The keys in force.
    pub keys: Keymap,
    /// Whether codes are hidden when a vault is opened.
    pub hide_codes: bool,
    /// Whether nothing of the vault is shown while the terminal's window has not the focus.
    pub blank_unfocused: bool,
    /// How long a code stays on the clipboard; zero: until something else is put there.
    pub clear_clipboard: Duration,
    /// How long without a key until the vault is locked.
    pub idle_lock: Duration,
    /// What this machine remembers of the vault, where it is open already.
    pub remembered: Remembered,
    /// An older copy that came back, where the vault is open already.
    pub rollback: Option<Rollback>,
    /// The zone in which times are shown.
    pub time_zone: jiff::tz::TimeZone,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Now.
    pub moment: Moment,
}

/// What there is to start with.
#[derive(Debug)]
pub enum Start {
    /// No vault yet: one is to be made.
    FirstRun,
    /// A vault that is not open.
    Locked(LockInfo),
    /// An open one.
    Open(Box<Vault>),
}

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// Colours; without them only bold, dim, underline and reverse are used.
    pub colour: bool,
    /// Any character; without it only ASCII is drawn.
    pub unicode: bool,
}
