//! What `~/.aws/config` and `~/.aws/credentials` say, taken together.

use super::ini::{self, LineError, Sections, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `~/.aws/config`, or `AWS_CONFIG_FILE`.
    Config,
    /// `~/.aws/credentials`, or `AWS_SHARED_CREDENTIALS_FILE`.
    Credentials,
}

/// A line that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {error}")]
pub struct ConfigError {
    /// In which file.
    pub which: Which,
    /// From 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: LineError,
}

/// The profiles of both files. There are long-term keys among them: `Debug` shows names alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Config {
    profiles: BTreeMap<String, Settings>,
    services: Sections,
}

impl Config {
    /// Reads the texts of both files; an empty one for a file that is not there. What the credentials file says of a
    /// profile goes before what the config file says.
    pub fn parse(config: &str, credentials: &str) -> Result<Self, ConfigError> {
        let read = |which, text| ini::parse(text).map_err(|(line, error)| ConfigError { which, line, error });
        let mut found = Self::default();
        let sections = read(Which::Config, config)?;
        // `[profile default]` goes before `[default]`.
        let (plain, prefixed): (Vec<_>, Vec<_>) =
            sections.into_iter().partition(|(name, _)| name == "default");
        for (name, settings) in plain.into_iter().chain(prefixed) {
            found.take(&name, settings);
        }
        for (name, settings) in read(Which::Credentials, credentials)? {
            found.profiles.entry(unquoted(&name).to_owned()).or_default().extend(settings);
        }
        Ok(found)
    }

    /// A section of the config file; `sso-session` and whatever else there will be says nothing of profiles.
    fn take(&mut self, section: &str, settings: Settings) {
        match section.split_once(' ') {
            None if section == "default" => drop(self.profiles.insert("default".into(), settings)),
            Some(("profile", name)) => {
                self.profiles.insert(unquoted(name).to_owned(), settings);
            }
            Some(("services", name)) => {
                self.services.insert(unquoted(name).to_owned(), settings);
            }
            _ => {}
        }
    }

    /// The profile of this name.
    pub fn profile(&self, name: &str) -> Option<Profile<'_>> {
        let (name, settings) = self.profiles.get_key_value(name)?;
        Some(Profile { name, settings, config: self })
    }

    /// Every profile, by name.
    pub fn profiles(&self) -> impl Iterator<Item = Profile<'_>> {
        self.profiles.iter().map(|(name, settings)| Profile { name, settings, config: self })
    }

    /// The profile's serial number, or that of the nearest profile whose credentials it uses. None where none has
    /// one, where there is no such profile, and where they use each other in a circle.
    pub fn serial_of(&self, name: &str) -> Option<&str> {
        let mut seen = BTreeSet::new();
        let mut profile = self.profile(name)?;
        loop {
            if let Some(serial) = profile.get("mfa_serial") {
                return Some(serial);
            }
            if !seen.insert(profile.name) {
                return None;
            }
            profile = self.profile(profile.get("source_profile")?)?;
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.profiles.keys()).finish()
    }
}

/// One profile.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    /// Its name.
    pub name: &'a str,
    settings: &'a Settings,
    config: &'a Config,
}

impl<'a> Profile<'a> {
    /// A setting's value; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.settings.get(name).map(|setting| setting.value.as_str()).filter(|value| !value.is_empty())
    }

    /// What its `services` section says of this service's endpoint, else its own `endpoint_url`.
    pub fn endpoint_url(&self, service: &str) -> Option<&'a str> {
        let section = self.get("services").and_then(|name| self.config.services.get(name));
        let of_service = section
            .and_then(|settings| settings.get(service))
            .and_then(|setting| setting.nested.get("endpoint_url"));
        of_service.map(String::as_str).or_else(|| self.get("endpoint_url"))
    }
}

impl fmt::Debug for Profile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Profile({:?})", self.name)
    }
}

/// A name with spaces stands in quotes.
fn unquoted(name: &str) -> &str {
    let inner = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(name)
}
