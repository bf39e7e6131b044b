//! A value, and where it comes from.

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Origin {
    /// Nobody said anything else.
    Default,
    /// This line of config.toml.
    Line(usize),
    /// An environment variable.
    Variable(&'static str),
    /// An option of the command line.
    Option(&'static str),
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Setting<T> {
    pub(in crate::cli) value: T,
    pub(in crate::cli) origin: Origin,
}

impl<T> Setting<T> {
    /// What is so where nobody says anything else.
    pub(in crate::cli) fn usual(value: T) -> Self {
        Self { value, origin: Origin::Default }
    }

    /// What this line of config.toml says.
    pub(super) fn from_line(value: T, line: usize) -> Self {
        Self { value, origin: Origin::Line(line) }
    }

    /// Another value from the same place.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Setting<U> {
        Setting { value: change(self.value), origin: self.origin }
    }
}
