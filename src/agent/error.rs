//! Why there is no agent, or no answer.

use std::io;
use std::path::PathBuf;

/// Why there is no agent, or no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgentError {
    /// None runs.
    #[error("no agent")]
    None,
    /// One runs already.
    #[error("an agent runs already")]
    Runs,
    /// The folder for its socket is not ours alone.
    #[error("{folder}: not ours alone")]
    Folder {
        /// Which folder.
        folder: PathBuf,
    },
    /// Its socket or folder can't be made or reached.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Somebody else's process listens there.
    #[error("another user's agent")]
    Foreign,
    /// It did not understand, or what it said was not understood: another version, say.
    #[error("not understood")]
    NotUnderstood,
    /// It holds as many identities as it can.
    #[error("full")]
    Full,
}
