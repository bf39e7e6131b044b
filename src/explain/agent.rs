//! What is said about the agent.

use super::vaults::system_says;
use super::{Exit, Explain, Explanation, counted};
use crate::agent::{AgentError, Entry, LONGEST};
use crate::text::safe;
use std::path::Path;

const START: &str = "keyfob agent, which starts one";

impl Explain for AgentError {
    fn explain(&self) -> Explanation {
        match self {
            Self::None => Explanation::new(Exit::No, "agent: none runs").hint(START),
            Self::Runs => Explanation::new(Exit::System, "agent: one runs already")
                .hint("keyfob agent, which has that one hold the vault"),
            Self::Folder { folder } => {
                let folder = folder.to_string_lossy();
                Explanation::new(
                    Exit::System,
                    format!("{}: it is no folder that only you can enter", safe(&folder)),
                )
                .hint("chmod 700 on it, where it is yours and no link")
            }
            Self::Io { path, error } => {
                let path = path.to_string_lossy();
                Explanation::new(Exit::System, format!("{}: {}", safe(&path), system_says(error)))
            }
            Self::Foreign => {
                Explanation::new(Exit::System, "agent: another user's process listens in its place")
            }
            Self::NotUnderstood => {
                Explanation::new(Exit::System, "agent: it is of another version, or none of keyfob's")
                    .hint("ending it: keyfob agent stop, or kill")
            }
            Self::Full => Explanation::new(Exit::System, "agent: it holds as many vaults as it can")
                .hint("keyfob agent lock, which has it forget all of them"),
        }
    }
}

/// There is no folder for the socket.
pub fn no_runtime_folder() -> Explanation {
    Explanation::new(Exit::System, "agent: XDG_RUNTIME_DIR names no folder for its socket")
        .hint("a login by systemd, or naming a folder that only you can enter")
}

/// The vault has no passphrase, or was opened by a key.
pub fn nothing_to_hold(vault: &Path) -> Explanation {
    let vault = vault.to_string_lossy();
    let message = format!("{}: only a vault that its passphrase opens can be held", safe(&vault));
    Explanation::new(Exit::BadInput, message).hint("-i FILE each time, which costs no scrypt either")
}

/// The agent holds a vault now.
pub fn holds(vault: &Path, seconds: u32) -> String {
    let (vault, longest) = (vault.to_string_lossy(), u32::try_from(LONGEST.as_secs()).unwrap_or(u32::MAX));
    if seconds < longest {
        format!(
            "holds {} until it was not used for {}, {} at most\n",
            safe(&vault),
            time(seconds),
            time(longest)
        )
    } else {
        format!("holds {} for {}\n", safe(&vault), time(seconds))
    }
}

/// After `agent lock`.
pub const LOCKED: &str = "locked: the agent holds no vault any more\n";

/// After `agent stop`.
pub const STOPPED: &str = "stopped: no agent runs any more\n";

/// Beside the point: the system refuses to lock memory.
pub const SWAPPABLE: &str =
    "this system does not let the agent lock memory (ulimit -l): what it holds may be swapped out";

/// What the agent holds.
pub fn held(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "the agent runs, and holds no vault\n".into();
    }
    let line = |entry: &Entry| {
        format!("{}: {} left of {}\n", safe(&entry.name), time(entry.left), time(entry.lifetime))
    };
    entries.iter().map(line).collect()
}

/// `90 seconds`, `15 minutes`, `2 hours`.
fn time(seconds: u32) -> String {
    let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
    match seconds {
        n if n > 0 && n % 3600 == 0 => counted(n / 3600, "hour"),
        n if n > 120 => counted(n.div_ceil(60), "minute"),
        n => counted(n, "second"),
    }
}
