//! `config.toml`: what is the same for every run.

use super::failure::Failure;
use super::places;
use crate::explain::{FileProblem, Trouble};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::{Table, Value};

const KEYS: &[&str] = &["vault", "idle_lock"];

/// What the configuration says; nothing of it has to be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// The vault.
    pub(super) vault: Option<PathBuf>,
    /// After how long without a key the screen locks; zero: never.
    pub(super) idle_lock: Option<Duration>,
}

/// Reads the configuration. No file is no configuration; one that is wrong is an error.
pub(super) fn read() -> Result<Config, Failure> {
    let path = places::config_file()?;
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text, &path),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Config::default()),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(Trouble::File(path, FileProblem::NotText).into())
        }
        Err(error) => Err(Trouble::File(path, FileProblem::System(error)).into()),
    }
}

fn parse(text: &str, path: &Path) -> Result<Config, Failure> {
    let table: Table = text.parse().map_err(|error| malformed(text, path, &error))?;
    let mut config = Config::default();
    for (key, value) in table {
        match (key.as_str(), value) {
            ("vault", Value::String(vault)) => config.vault = Some(whole_path(&vault, path)?),
            ("vault", _) => return Err(wrong(path, "vault is a path in quotes")),
            ("idle_lock", Value::Integer(seconds)) if seconds >= 0 => {
                config.idle_lock = Some(Duration::from_secs(seconds.unsigned_abs()));
            }
            ("idle_lock", _) => return Err(wrong(path, "idle_lock is a number of seconds")),
            (other, _) => return Err(unknown(path, other)),
        }
    }
    Ok(config)
}

fn whole_path(vault: &str, path: &Path) -> Result<PathBuf, Failure> {
    let vault = places::led_home(Path::new(vault))?;
    // A path that depends on the current folder would open another vault in every folder.
    if vault.is_absolute() { Ok(vault) } else { Err(wrong(path, "vault is a whole path, from / or ~/ on")) }
}

fn wrong(path: &Path, why: &str) -> Failure {
    Trouble::Config { path: path.into(), why: why.into(), meant: None }.into()
}

fn unknown(path: &Path, key: &str) -> Failure {
    let meant = KEYS.iter().copied().min_by_key(|known| distance(known, key));
    Trouble::Config { path: path.into(), why: format!("there is no setting {key}"), meant }.into()
}

fn malformed(text: &str, path: &Path, error: &toml::de::Error) -> Failure {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let why = error.message().lines().next().unwrap_or_default();
    wrong(path, &format!("line {line}: {why}"))
}

/// How many letters have to be put in, left out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_slips() {
        for (one, other, slips) in [
            ("vault", "vault", 0),
            ("vault", "vualt", 2),
            ("", "abc", 3),
            ("idle_lock", "idlelock", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), slips, "{one} {other}");
            assert_eq!(distance(other, one), slips, "{other} {one}");
        }
    }
}
