//! What the terminal can show, as the environment says.

use crate::app::Appearance;

/// What the terminal can show. `variable` looks up an environment variable.
pub fn appearance(variable: impl Fn(&str) -> Option<String>) -> Appearance {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let encoding = locale_variable(&variable).and_then(set).unwrap_or_default().to_ascii_uppercase();
    Appearance {
        colour: set("NO_COLOR").is_none(),
        unicode: encoding.contains("UTF-8") || encoding.contains("UTF8"),
    }
}

/// The variable that says which characters there are (POSIX: the first that is set).
pub fn locale_variable(variable: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set)
}

/// Whether `TERM` says that the cursor can't be moved.
pub fn is_dumb(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
}
