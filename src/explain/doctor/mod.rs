//! What `doctor` finds, in words: a file for each family of checks.

#[cfg(feature = "aws")]
pub mod aws;
pub mod machine;
pub mod terminal;
pub mod vault;

use super::Explanation;

/// Whether something needs doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All is well.
    Fine,
    /// Good to know, and nobody's fault: it could not be looked at, say.
    Note,
    /// Something needs doing.
    ToDo,
}

impl State {
    /// As text and JSON have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Note => "note",
            Self::ToDo => "to-do",
        }
    }
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check, in a word or two with hyphens.
    pub check: &'static str,
    /// Whether something needs doing.
    pub state: State,
    /// What was found, one line, safe to show, without a secret.
    pub message: String,
    /// What to do, one line.
    pub hint: Option<String>,
}

impl Finding {
    pub(super) fn fine(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, state: State::Fine, message: message.into(), hint: None }
    }

    pub(super) fn note(check: &'static str, message: impl Into<String>) -> Self {
        Self { state: State::Note, ..Self::fine(check, message) }
    }

    pub(super) fn to_do(check: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { state: State::ToDo, hint: Some(hint.into()), ..Self::fine(check, message) }
    }

    /// What stopped the check is what needs doing.
    pub fn stopped(check: &'static str, why: &Explanation) -> Self {
        Self { state: State::ToDo, hint: why.hint.clone(), ..Self::fine(check, why.message.clone()) }
    }

    /// What kept the check from being made, where that is no fault.
    pub fn skipped(check: &'static str, why: &Explanation) -> Self {
        Self { state: State::Note, ..Self::stopped(check, why) }
    }

    /// As text: the state, the check and the message in columns, and below it what to do.
    pub fn told(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!("{:19}try: {hint}\n", "")).unwrap_or_default();
        format!("{:<7}{:<12}{}\n{hint}", self.state.as_str(), self.check, self.message)
    }
}

/// The last line: how much needs doing.
pub fn summary(to_do: usize) -> String {
    match to_do {
        0 => "nothing needs doing\n".into(),
        1 => "1 thing needs doing\n".into(),
        n => format!("{n} things need doing\n"),
    }
}
