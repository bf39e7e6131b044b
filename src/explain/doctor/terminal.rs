//! What is said of the terminal and the clipboard.

use super::Finding;
use crate::text::safe;

/// Standard output leads elsewhere.
pub fn none() -> Finding {
    Finding::note("terminal", "standard output is no terminal: what it can show was not looked at")
}

/// A terminal that can show the full screen.
pub fn usable(term: &str, (columns, rows): (u16, u16)) -> Finding {
    Finding::fine("terminal", format!("{}, {columns}x{rows}", safe(term)))
}

/// A terminal that can't move its cursor, or does not say what it is.
pub fn unusable(term: &str) -> Finding {
    let what = if term.is_empty() { "TERM is not set".into() } else { format!("TERM={}", safe(term)) };
    Finding::to_do(
        "terminal",
        format!("{what}: the full screen can't be shown"),
        "TERM with what the terminal is: xterm-256color, say",
    )
}

/// Too small for any screen.
pub fn too_small((columns, rows): (u16, u16)) -> Finding {
    Finding::to_do(
        "terminal",
        format!("{columns}x{rows}: the full screen needs 40x10"),
        "a larger window, or a smaller font",
    )
}

/// Whether there are colours.
pub fn colours(on: bool) -> Finding {
    if on {
        return Finding::fine("colours", "the terminal's own");
    }
    Finding::note("colours", "none, as NO_COLOR says")
}

/// Whether the locale has all characters.
pub fn characters(unicode: bool, variable: Option<&str>) -> Finding {
    match (unicode, variable) {
        (true, _) => Finding::fine("characters", "UTF-8"),
        (false, Some(name)) => {
            Finding::note("characters", format!("only ASCII is drawn: {name} names no UTF-8 locale"))
        }
        (false, None) => Finding::note("characters", "only ASCII is drawn: LANG is not set"),
    }
}

/// Codes go to the machine's own clipboard.
pub fn system_clipboard() -> Finding {
    Finding::fine("clipboard", "this machine's own")
}

/// Codes go to the terminal's clipboard.
pub fn terminal_clipboard(through: Option<&str>) -> Finding {
    let through = through.map(|name| format!(", through {name}")).unwrap_or_default();
    Finding::fine(
        "clipboard",
        format!("the terminal's (OSC 52){through}; whether it takes codes only a try tells"),
    )
}

/// tmux keeps what is sent to itself.
pub fn tmux_keeps(why: &str) -> Finding {
    Finding::to_do(
        "clipboard",
        why,
        "tmux set -g set-clipboard on; the same line without tmux in ~/.tmux.conf for good",
    )
}

/// There is none.
pub fn no_clipboard(why: &str) -> Finding {
    Finding::note("clipboard", why)
}
