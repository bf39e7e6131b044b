//! Which clipboard a code goes to.

use super::osc52::Wrap;
use super::tmux::Settings;
use crate::explain::terminal as words;

/// Which clipboard codes shall go to: the setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The one that the environment speaks for.
    #[default]
    Auto,
    /// The terminal's, by OSC 52.
    Osc52,
    /// The one of the machine we run on.
    System,
    /// None.
    Off,
}

/// Which clipboard a code goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The one of the machine we run on; the terminal's where that does not take it.
    Local,
    /// The one of the machine we run on, or none.
    OnlyLocal,
    /// The terminal's.
    Terminal(Multiplexer),
    /// None.
    Nowhere(Obstacle),
}

/// Why there is no clipboard to send anything to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The user wants none.
    Off,
    /// The machine's clipboard is wanted, and it has no display.
    NoDisplay,
    /// The machine's clipboard is wanted by a command that ends at once, and would go with it.
    NoOwner,
    /// The program was built without it.
    LeftOut,
    /// Linux's own console has none.
    Console,
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

impl Choice {
    /// All of them, the usual one first.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Osc52, Self::System, Self::Off];

    /// Its name in config.toml.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Osc52 => "osc52",
            Self::System => "system",
            Self::Off => "off",
        }
    }
}

impl Route {
    /// As the setting and the environment say; `variable` looks one up.
    pub fn of(choice: Choice, variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let remote = set("SSH_TTY") || set("SSH_CONNECTION");
        // Of the systems that we run on only macOS has a clipboard without either.
        let display = set("DISPLAY") || set("WAYLAND_DISPLAY") || cfg!(target_os = "macos");
        let built_in = cfg!(feature = "system-clipboard");
        match choice {
            Choice::Off => Self::Nowhere(Obstacle::Off),
            Choice::System if !built_in => Self::Nowhere(Obstacle::LeftOut),
            Choice::System if !display => Self::Nowhere(Obstacle::NoDisplay),
            Choice::System => Self::OnlyLocal,
            Choice::Auto if built_in && !remote && display => Self::Local,
            Choice::Auto if variable("TERM").is_some_and(|term| term == "linux") => {
                Self::Nowhere(Obstacle::Console)
            }
            Choice::Auto | Choice::Osc52 => Self::Terminal(Multiplexer::of(variable)),
        }
    }

    /// The same for a command that ends at once. On X11 and Wayland a text is gone when its owner's process
    /// ends, so that the machine's own clipboard would not do.
    pub fn of_command(choice: Choice, variable: impl Fn(&str) -> Option<String>) -> Self {
        match Self::of(choice, &variable) {
            Self::Local => Self::Terminal(Multiplexer::of(variable)),
            Self::OnlyLocal => Self::Nowhere(Obstacle::NoOwner),
            route => route,
        }
    }
}

impl Obstacle {
    /// In words.
    pub fn why(self) -> &'static str {
        match self {
            Self::Off => words::CLIPBOARD_OFF,
            Self::NoDisplay => words::NO_DISPLAY,
            Self::NoOwner => words::NO_OWNER,
            Self::LeftOut => words::NO_SYSTEM_CLIPBOARD,
            Self::Console => words::CONSOLE,
        }
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
