//! Which clipboard a code goes to.

use super::osc52::Wrap;
use super::tmux::Settings;
use crate::explain::terminal as words;

/// Which clipboard a code goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The one of the machine we run on.
    Local,
    /// The terminal's.
    Terminal(Multiplexer),
}

/// What we run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing that matters.
    None,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Route {
    /// As the environment says; `variable` looks one up.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let remote = set("SSH_TTY") || set("SSH_CONNECTION");
        // Of the systems that we run on only macOS has a clipboard without either.
        let display = set("DISPLAY") || set("WAYLAND_DISPLAY") || cfg!(target_os = "macos");
        if cfg!(feature = "system-clipboard") && !remote && display {
            return Self::Local;
        }
        Self::Terminal(Multiplexer::of(variable))
    }
}

impl Multiplexer {
    /// As the environment says.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        match (set("TMUX"), set("STY")) {
            (true, _) => Self::Tmux,
            (false, true) => Self::Screen,
            (false, false) => Self::None,
        }
    }

    /// How to get through it, and what to change where that is not possible.
    pub fn wrap(self, tmux: Settings) -> (Wrap, Option<String>) {
        match self {
            Self::None => (Wrap::Plain, None),
            Self::Screen => (Wrap::Screen, None),
            // Wrapped first: what tmux takes in itself stays in one of its buffers.
            Self::Tmux if tmux.passthrough => (Wrap::Tmux, None),
            Self::Tmux if tmux.clipboard => (Wrap::Plain, None),
            Self::Tmux => (Wrap::Plain, Some(words::tmux_keeps_clipboards())),
        }
    }
}
