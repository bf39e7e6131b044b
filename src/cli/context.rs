//! What a command runs in: the global options, the time, and where its words go.

use super::failure::Failure;
use super::global::Global;
use super::output::Output;
use super::places;
use super::prompt::Quiet;
use crate::clock::{Clock, SystemClock, UnixTime};
use crate::explain::Misuse;
use crate::state::State;
use crate::vault::Passphrase;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What a command runs in.
pub(super) struct Context {
    pub(super) global: Global,
    pub(super) out: Output,
    pub(super) time: Arc<dyn Time>,
    pub(super) command: &'static str,
    /// The passphrase of `--passphrase-file`, once it was read: standard input has it only once.
    pub(super) from_file: Option<Passphrase>,
    /// The passphrase that was typed to open the vault: its generations are tried with it before anybody is
    /// asked again.
    pub(super) typed: Option<Passphrase>,
    /// The terminal, once something was asked on it: it stays silent until the program ends.
    pub(super) terminal: Option<Quiet>,
}

/// The time, and how to wait for it.
pub(super) trait Time: Clock {
    /// Lets this much time go by.
    fn sleep(&self, how_long: Duration);
}

impl Time for SystemClock {
    fn sleep(&self, how_long: Duration) {
        std::thread::sleep(how_long);
    }
}

/// In debug builds a test may say what time it is; sleeping then takes no time.
#[cfg(debug_assertions)]
impl Time for crate::clock::FixedClock {
    fn sleep(&self, how_long: Duration) {
        self.advance(how_long.as_secs());
    }
}

fn machine_time() -> Arc<dyn Time> {
    #[cfg(debug_assertions)]
    use crate::clock::Synchronised;
    #[cfg(debug_assertions)]
    if let Some(now) = std::env::var("KEYFOB_NOW").ok().and_then(|now| now.parse().ok()) {
        let alone = std::env::var_os("KEYFOB_UNSYNCHRONISED").is_some();
        let said = if alone { Synchronised::No } else { Synchronised::Unknown };
        return Arc::new(crate::clock::FixedClock::at(now).said_to_be(said));
    }
    Arc::new(SystemClock)
}

impl Context {
    pub(super) fn new(global: Global, command: &'static str) -> Self {
        Self {
            global,
            out: Output::default(),
            time: machine_time(),
            command,
            from_file: None,
            typed: None,
            terminal: None,
        }
    }

    pub(super) fn now(&self) -> UnixTime {
        self.time.now()
    }

    /// What this machine remembers; with `--read-only` nothing more.
    pub(super) fn state(&self) -> Result<State, Failure> {
        let state = State::at(places::state_folder()?);
        Ok(if self.global.read_only { state.read_only() } else { state })
    }

    /// The command line is wrong.
    pub(super) fn misuse(&self, misuse: &Misuse) -> Failure {
        misuse.about(self.command).into()
    }

    /// Refuses a command line that reads standard input for two things: the second would get nothing.
    pub(super) fn one_stdin(&self, readers: &[(&'static str, Option<&Path>)]) -> Result<(), Failure> {
        let passphrase = ("--passphrase-file", self.global.passphrase_file.as_deref());
        let mut claims = std::iter::once(&passphrase)
            .chain(readers)
            .filter(|(_, path)| path.is_some_and(is_stdin))
            .map(|(name, _)| *name);
        match (claims.next(), claims.next()) {
            (Some(one), Some(other)) => Err(self.misuse(&Misuse::StdinTwice(one, other))),
            _ => Ok(()),
        }
    }
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
