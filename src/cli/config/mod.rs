//! `config.toml`: what is the same for every run. docs/configuration.md has all of it.

mod entry;
mod keys;
mod near;
mod setting;
mod show;
mod theme;

pub(super) use setting::{Origin, Setting};
pub(super) use show::{Arguments, run};

use super::failure::Failure;
use super::places;
use crate::app::Looks;
use crate::app::keymap::Keymap;
use crate::explain::{BadSetting, FileProblem, Trouble};
use crate::foreign::read_within;
use crate::terminal;
use crate::terminal::clipboard::Choice;
use entry::{Entry, File};
use keys::Keys;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use theme::Theme;
use toml::de::DeTable;

/// The settings outside tables, and the tables.
const NAMES: [&str; 9] = [
    "vault",
    "idle_lock",
    "clipboard",
    "clear_clipboard",
    "hide_codes",
    "blank_unfocused",
    "ascii",
    "theme",
    "keys",
];

/// The largest configuration that is read, in bytes: what TOML nests takes much more once it is read.
const MAX_FILE: u64 = 64 << 10;
/// After how long without a key the vault is locked.
const IDLE_LOCK: Duration = Duration::from_secs(300);
/// How long a code stays on the clipboard.
const CLEAR_CLIPBOARD: Duration = Duration::from_secs(30);

/// What is so for every run: what config.toml says, and what is usual where it says nothing. No value of a
/// kind that can't be is in here.
pub(super) struct Settings {
    /// The vault, where the file names one.
    pub(super) vault: Option<Setting<PathBuf>>,
    /// After how long without a key the screen locks; zero: never.
    pub(super) idle_lock: Setting<Duration>,
    /// Where copied codes go.
    pub(super) clipboard: Setting<Choice>,
    /// After how long a code is taken off the clipboard; zero: never.
    pub(super) clear_clipboard: Setting<Duration>,
    /// Whether codes are hidden when a vault is opened.
    pub(super) hide_codes: Setting<bool>,
    /// Whether nothing is shown while the window has not the focus.
    pub(super) blank_unfocused: Setting<bool>,
    /// Whether only ASCII is drawn, where the file says so; else it is the locale's to say.
    pub(super) ascii: Option<Setting<bool>>,
    theme: Theme,
    keys: Keys,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            vault: None,
            idle_lock: Setting::usual(IDLE_LOCK),
            clipboard: Setting::usual(Choice::Auto),
            clear_clipboard: Setting::usual(CLEAR_CLIPBOARD),
            hide_codes: Setting::usual(false),
            blank_unfocused: Setting::usual(false),
            ascii: None,
            theme: Theme::default(),
            keys: Keys::default(),
        }
    }
}

/// Reads the configuration. No file is no configuration; one that is wrong is an error.
pub(super) fn read() -> Result<Settings, Failure> {
    let path = places::config_file()?;
    let file = match std::fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(Trouble::File(path, FileProblem::System(error)).into()),
    };
    let bytes = read_within(file, &path, MAX_FILE)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => parse(text, &path),
        Err(_) => Err(Trouble::File(path, FileProblem::NotText).into()),
    }
}

pub(super) fn parse(text: &str, path: &Path) -> Result<Settings, Failure> {
    let file = File { path, text };
    let table = DeTable::parse(text).map_err(|error| malformed(file, &error))?;
    let mut settings = Settings::default();
    for entry in file.entries(table.get_ref(), "") {
        settings.take(&entry)?;
    }
    Ok(settings)
}

impl Settings {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Failure> {
        let line = entry.line;
        match entry.key {
            "vault" => self.vault = Some(Setting::from_line(entry.whole_path()?, line)),
            "idle_lock" => self.idle_lock = Setting::from_line(entry.seconds()?, line),
            "clipboard" => self.clipboard = Setting::from_line(clipboard(entry)?, line),
            "clear_clipboard" => self.clear_clipboard = Setting::from_line(entry.seconds()?, line),
            "hide_codes" => self.hide_codes = Setting::from_line(entry.boolean()?, line),
            "blank_unfocused" => self.blank_unfocused = Setting::from_line(entry.boolean()?, line),
            "ascii" => self.ascii = Some(Setting::from_line(entry.boolean()?, line)),
            "theme" => self.theme.read(&entry.table()?)?,
            "keys" => self.keys = Keys::read(&entry.table()?)?,
            _ => return Err(entry.no_such(NAMES.into_iter())),
        }
        Ok(())
    }

    /// Whether only ASCII is drawn.
    pub(super) fn ascii_in_force(&self) -> Setting<bool> {
        let variable = |name: &str| std::env::var(name).ok();
        self.ascii.clone().unwrap_or_else(|| Setting {
            value: !terminal::appearance(variable).unicode,
            origin: terminal::locale_variable(variable).map_or(Origin::Default, Origin::Variable),
        })
    }

    /// How each role looks.
    pub(super) fn looks(&self) -> Looks {
        self.theme.looks()
    }

    /// The keys in force.
    pub(super) fn keymap(&self) -> Keymap {
        self.keys.keymap.clone()
    }
}

fn clipboard(entry: &Entry<'_>) -> Result<Choice, Failure> {
    let words = Choice::ALL.map(|choice| (choice.name(), choice));
    entry.one_of(&words, "\"auto\", \"osc52\", \"system\" or \"off\"")
}

fn malformed(file: File<'_>, error: &toml::de::Error) -> Failure {
    let line = file.line(error.span().map_or(0, |span| span.start));
    let why = error.message().lines().next().unwrap_or_default();
    file.bad(line, BadSetting::Syntax(why.to_owned()))
}
