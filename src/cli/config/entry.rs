//! One `name = value` of config.toml, and the values that are ordinary.

use super::near::nearest;
use crate::cli::failure::Failure;
use crate::cli::places;
use crate::explain::{BadSetting, BadSettings};
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::de::{DeTable, DeValue};

/// The file: its text is there to count lines.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

/// One `name = value`.
pub(super) struct Entry<'a> {
    file: File<'a>,
    /// Its whole name: `keys.add`.
    pub(super) name: String,
    /// Its last part.
    pub(super) key: &'a str,
    pub(super) line: usize,
    pub(super) value: &'a DeValue<'a>,
}

impl<'a> File<'a> {
    pub(super) fn bad(self, line: usize, what: BadSetting) -> Failure {
        BadSettings { path: self.path.into(), line, what }.into()
    }

    /// The line of a place in the text, counted from 1.
    pub(super) fn line(self, place: usize) -> usize {
        self.text.get(..place).unwrap_or_default().matches('\n').count() + 1
    }

    /// The entries of a table, in the order of the file; `above` is the table's name.
    pub(super) fn entries(self, table: &'a DeTable<'a>, above: &str) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = table
            .iter()
            .map(|(key, value)| Entry {
                file: self,
                name: if above.is_empty() {
                    key.get_ref().to_string()
                } else {
                    format!("{above}.{}", key.get_ref())
                },
                key: key.get_ref(),
                line: self.line(key.span().start),
                value: value.get_ref(),
            })
            .collect();
        entries.sort_by_key(|entry| entry.line);
        entries
    }
}

impl Entry<'_> {
    pub(super) fn bad(&self, what: BadSetting) -> Failure {
        self.file.bad(self.line, what)
    }

    pub(super) fn takes(&self, takes: &'static str) -> Failure {
        self.bad(BadSetting::Takes { name: self.name.clone(), takes, meant: None })
    }

    /// There is no setting of this name, but of these.
    pub(super) fn no_such<'b>(&self, names: impl Iterator<Item = &'b str>) -> Failure {
        let above = self.name.strip_suffix(self.key).unwrap_or_default();
        let meant = nearest(self.key, names).map(|name| format!("{above}{name}"));
        self.bad(BadSetting::NoSuch { name: self.name.clone(), meant })
    }

    /// The entries of a table.
    pub(super) fn table(&self) -> Result<Vec<Self>, Failure> {
        let table = self.value.as_table().ok_or_else(|| self.takes("a table of settings"))?;
        Ok(self.file.entries(table, &self.name))
    }

    pub(super) fn boolean(&self) -> Result<bool, Failure> {
        self.value.as_bool().ok_or_else(|| self.takes("true or false"))
    }

    /// Whole seconds, from none on.
    pub(super) fn seconds(&self) -> Result<Duration, Failure> {
        let seconds = self.number().ok_or_else(|| self.takes("a number of seconds, 0 for never"))?;
        Ok(Duration::from_secs(seconds.into()))
    }

    /// A whole number as it is written without a base of its own.
    pub(super) fn number(&self) -> Option<u32> {
        let number = self.value.as_integer().filter(|number| number.radix() == 10)?;
        number.as_str().parse().ok()
    }

    /// One of these words.
    pub(super) fn one_of<T: Copy>(
        &self,
        words: &[(&'static str, T)],
        takes: &'static str,
    ) -> Result<T, Failure> {
        let written = self.value.as_str().ok_or_else(|| self.takes(takes))?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
            return Ok(*value);
        }
        let meant = nearest(written, words.iter().map(|(word, _)| *word));
        let meant = meant.map(|word| format!("{} = \"{word}\"", self.key));
        Err(self.bad(BadSetting::Takes { name: self.name.clone(), takes, meant }))
    }

    /// A path that means the same in every folder.
    pub(super) fn whole_path(&self) -> Result<PathBuf, Failure> {
        let written = self.value.as_str().ok_or_else(|| self.takes("a path in quotes"))?;
        let path = places::led_home(Path::new(written))?;
        if path.is_absolute() { Ok(path) } else { Err(self.takes("a whole path, from / or ~/ on")) }
    }
}
