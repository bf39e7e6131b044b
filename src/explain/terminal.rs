//! Words about the terminal, the clipboard, and work in the background.

use super::vaults::system_says;
use super::{Exit, Explanation};
use crate::text::safe;
use std::io;

/// How far an effect is: the backup is encrypted.
pub const ENCRYPTING: &str = "encrypting the backup";
/// How far an effect is: the backup is read back.
pub const PROVING: &str = "reading the backup back";

fn system(message: impl Into<String>, hint: Option<&str>) -> Explanation {
    Explanation { message: message.into(), hint: hint.map(Into::into), exit: Exit::System }
}

/// Standard input or output is no terminal.
pub fn not_a_terminal() -> Explanation {
    system(
        "the full screen can't be shown: standard input and output have to be a terminal",
        Some("keyfob list, keyfob code QUERY; over SSH: ssh -t HOST keyfob"),
    )
}

/// `TERM=dumb`.
pub fn dumb() -> Explanation {
    system(
        "the full screen can't be shown: TERM=dumb says that this terminal can't move its cursor",
        Some("keyfob list, keyfob code QUERY; or set TERM to what the terminal is"),
    )
}

/// The terminal can't be opened, read or set.
pub fn unusable(error: &io::Error) -> Explanation {
    system(format!("the terminal can't be used: {error}"), None)
}

/// The thread that does the slow work is gone.
pub fn worker_gone() -> Explanation {
    system(
        "a fault in keyfob ended the work in the background: what was on disk is unchanged",
        Some("start keyfob again, and report what you did"),
    )
}

/// A panic, without its message: that may hold a secret.
pub fn panicked(file: &str, line: u32) -> String {
    format!(
        "keyfob: a fault in keyfob ended it: {file}, line {line}\n  try: start it again, and report what you did\n"
    )
}

/// The setting says so.
pub const CLIPBOARD_OFF: &str = "the clipboard is off (clipboard in config.toml)";
/// The machine's clipboard is wanted, and it has no display.
pub const NO_DISPLAY: &str = "there is no display whose clipboard could be used";
/// The machine's clipboard is wanted, and it does not take the text.
pub const DISPLAY_REFUSES: &str = "the display does not take it";
/// The machine's clipboard is wanted by a command that ends at once.
pub const NO_OWNER: &str = "the system's clipboard forgets what a program put there when it ends";
/// The program was built without the machine's clipboard.
pub const NO_SYSTEM_CLIPBOARD: &str = "keyfob was built without the system's clipboard";
/// Linux's own console.
pub const CONSOLE: &str = "the console has no clipboard";

/// Neither of tmux's settings lets a clipboard through.
pub fn tmux_keeps_clipboards() -> String {
    "tmux needs allow-passthrough or set-clipboard on".into()
}

/// There is no vault open that a change could be made to.
pub fn nothing_open() -> Explanation {
    system("the vault is locked: nothing was changed", Some("unlock it"))
}

/// An identity file can't be read.
pub fn identity_unreadable(path: &str, error: &io::Error) -> Explanation {
    system(format!("{}: the identity file can't be read: {}", safe(path), system_says(error)), None)
}
