//! What the terminal can show, as the environment says.

use crate::app::Appearance;

/// What the terminal can show. `variable` looks up an environment variable.
pub fn appearance(variable: impl Fn(&str) -> Option<String>) -> Appearance {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let encoding = locale.to_ascii_uppercase();
    Appearance {
        colour: set("NO_COLOR").is_none(),
        unicode: encoding.contains("UTF-8") || encoding.contains("UTF8"),
    }
}

/// Whether `TERM` says that the cursor can't be moved.
pub(super) fn is_dumb(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
}
