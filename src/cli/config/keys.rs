//! `[keys]`: other keys for what has a name.

use super::entry::Entry;
use super::near::nearest;
use super::setting::Origin;
use crate::app::KeyPress;
use crate::app::keymap::{Action, BadKeys, Keymap};
use crate::cli::failure::Failure;
use crate::explain::BadSetting;
use toml::de::DeValue;

const TAKES: &str = "a key in quotes, or a list of keys";

/// The keys in force, and the lines of those that were given.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) keymap: Keymap,
    lines: Vec<(Action, usize)>,
}

impl Keys {
    /// Takes in the table.
    pub(super) fn read(entries: &[Entry<'_>]) -> Result<Self, Failure> {
        let mut given = Vec::new();
        for entry in entries {
            let action = Action::named(entry.key).ok_or_else(|| entry.no_such(Action::names()))?;
            given.push((action, presses(entry)?));
        }
        let lines =
            given.iter().map(|(action, _)| *action).zip(entries.iter().map(|entry| entry.line)).collect();
        let keymap = Keymap::with(&given).map_err(|bad| refused(entries, bad))?;
        Ok(Self { keymap, lines })
    }

    /// Where an action's keys come from.
    pub(super) fn origin(&self, action: Action) -> Origin {
        let given = self.lines.iter().find(|(known, _)| *known == action);
        given.map_or(Origin::Default, |(_, line)| Origin::Line(*line))
    }
}

fn presses(entry: &Entry<'_>) -> Result<Vec<KeyPress>, Failure> {
    match entry.value {
        DeValue::String(key) => Ok(vec![press(entry, key)?]),
        DeValue::Array(keys) => {
            let one = |key: &DeValue<'_>| press(entry, key.as_str().ok_or_else(|| entry.takes(TAKES))?);
            keys.iter().map(|key| one(key.get_ref())).collect()
        }
        _ => Err(entry.takes(TAKES)),
    }
}

fn press(entry: &Entry<'_>, written: &str) -> Result<KeyPress, Failure> {
    let name = || entry.name.clone();
    let press: KeyPress = written.parse().map_err(|_| {
        let (modifiers, key) = written
            .rsplit_once('-')
            .map_or(("", written), |(_, key)| written.split_at(written.len() - key.len()));
        let meant = nearest(key, KeyPress::names()).map(|key| format!("{modifiers}{key}"));
        let meant = meant.filter(|meant| meant.parse::<KeyPress>().is_ok());
        entry.bad(BadSetting::NoKey { name: name(), key: written.to_owned(), meant })
    })?;
    if press.is_sent() {
        return Ok(press);
    }
    Err(entry.bad(BadSetting::NeverSent { name: name(), key: press.shown(false) }))
}

/// Says which entry it is that can't be.
fn refused(entries: &[Entry<'_>], bad: BadKeys) -> Failure {
    let name = |action: Action| format!("keys.{}", action.name().unwrap_or_default());
    let key = |key: KeyPress| key.shown(false);
    let (action, what) = match bad {
        BadKeys::Both(action, other, press) => {
            (action, BadSetting::Both { one: name(action), other: name(other), key: key(press) })
        }
        BadKeys::Fixed(action, press) => (action, BadSetting::Fixed { name: name(action), key: key(press) }),
        BadKeys::Types(action, press) | BadKeys::Edits(action, press) => {
            (action, BadSetting::Typed { name: name(action), key: key(press) })
        }
        BadKeys::NoQuit => (Action::Quit, BadSetting::NoQuit { name: name(Action::Quit) }),
    };
    let entry = entries.iter().find(|entry| Action::named(entry.key) == Some(action)).or(entries.first());
    match entry {
        Some(entry) => entry.bad(what),
        None => crate::explain::BadSettings { path: "config.toml".into(), line: 1, what }.into(),
    }
}
