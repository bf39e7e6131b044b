//! What is wrong with config.toml.

use super::{Exit, Explain, Explanation};
use crate::text::safe;
use std::path::PathBuf;

/// A configuration file that can't be used. Its settings hold no secrets: what stands there is said again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSettings {
    /// Which file.
    pub path: PathBuf,
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: BadSetting,
}

/// What is wrong with a setting. Names are whole ones: `keys.add`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSetting {
    /// It is no TOML: why, in a word from the parser.
    Syntax(String),
    /// There is none of this name; perhaps that one was meant.
    NoSuch {
        /// As it was written.
        name: String,
        /// The nearest one.
        meant: Option<String>,
    },
    /// A value that the setting does not take.
    Takes {
        /// Which setting.
        name: String,
        /// What it takes.
        takes: &'static str,
        /// What to write, where that can be told.
        meant: Option<String>,
    },
    /// A word that says nothing about how a text looks.
    NoLook {
        /// Which setting.
        name: String,
        /// As it was written.
        word: String,
        /// The nearest one.
        meant: Option<String>,
    },
    /// What names no key.
    NoKey {
        /// Which setting.
        name: String,
        /// As it was written.
        key: String,
        /// The nearest one.
        meant: Option<String>,
    },
    /// A key that terminals send as another one, or not at all.
    NeverSent {
        /// Which setting.
        name: String,
        /// Which key.
        key: String,
    },
    /// Two commands with one key.
    Both {
        /// One setting.
        one: String,
        /// The other.
        other: String,
        /// Their key.
        key: String,
    },
    /// A key whose meaning stays.
    Fixed {
        /// Which setting.
        name: String,
        /// Which key.
        key: String,
    },
    /// A key that types or edits a text, for what works while a text is typed.
    Typed {
        /// Which setting.
        name: String,
        /// Which key.
        key: String,
    },
    /// Nothing quits from every place.
    NoQuit {
        /// Which setting.
        name: String,
    },
}

impl Explain for BadSettings {
    fn explain(&self) -> Explanation {
        let place = safe(&self.path.to_string_lossy()).into_owned();
        let told = Explanation::new(
            Exit::BadInput,
            format!("{place}: line {}: {}", self.line, safe(&self.what.why())),
        );
        match self.what.next() {
            Some(next) => told.hint(safe(&next)),
            None => told,
        }
    }
}

impl BadSetting {
    fn why(&self) -> String {
        match self {
            Self::Syntax(why) => why.clone(),
            Self::NoSuch { name, .. } => format!("there is no setting {name}"),
            Self::Takes { name, takes, .. } => format!("{name} takes {takes}"),
            Self::NoLook { name, word, .. } => format!("{name}: \"{word}\" is no colour and no attribute"),
            Self::NoKey { name, key, .. } => format!("{name}: \"{key}\" is no key"),
            Self::NeverSent { name, key } => format!("{name}: terminals send no {key} of its own"),
            Self::Both { one, other, key } => format!("{one} and {other} are both {key}"),
            Self::Fixed { name, key } => format!("{name}: what {key} means there can't be changed"),
            Self::Typed { name, key } => {
                format!("{name}: it works while a text is typed, and {key} is for the text")
            }
            Self::NoQuit { name } => format!("{name}: no key would quit while a text is typed"),
        }
    }

    fn next(&self) -> Option<String> {
        match self {
            Self::NoSuch { meant, .. } | Self::Takes { meant, .. } => meant.clone(),
            Self::NoLook { meant, .. } => Some(
                meant.clone().unwrap_or_else(|| "cyan, 208, #ff8700; bold, dim, underline, reverse".into()),
            ),
            Self::NoKey { meant, .. } => {
                Some(meant.clone().unwrap_or_else(|| "a, enter, f5, ctrl-x, alt-x".into()))
            }
            Self::NeverSent { .. } | Self::Fixed { .. } => Some("another key".into()),
            Self::Both { .. } => Some("another key for one of them".into()),
            Self::Typed { .. } => Some("a key with ctrl-, or one of f1 to f12".into()),
            Self::NoQuit { name } => {
                let key = name.rsplit('.').next().unwrap_or_default();
                Some(format!("{key} = [\"q\", \"ctrl-c\"]"))
            }
            Self::Syntax(_) => None,
        }
    }
}
