//! A text sent to the terminal's clipboard by a command that ends at once.
//!
//! The machine's own clipboard would not do: on X11 and Wayland a text is gone when its owner's process ends.

use super::route::Multiplexer;
use super::{osc52, tmux};
use crate::terminal::TerminalError;
use std::fs::{File, OpenOptions};
use std::io::Write;

/// The terminal that this process belongs to, wherever standard output leads.
pub struct Once(File);

impl Once {
    /// Opens the terminal. To be done before anything is used up that the text is made of.
    pub fn open() -> Result<Self, TerminalError> {
        Ok(Self(OpenOptions::new().write(true).open("/dev/tty")?))
    }

    /// Sends the text. Whether the terminal takes it nobody can say; what is known to stand in its way is told.
    pub fn send(
        &mut self,
        text: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<String>, TerminalError> {
        let multiplexer = Multiplexer::of(variable);
        let settings = match multiplexer {
            Multiplexer::Tmux => tmux::Settings::ask(),
            Multiplexer::None | Multiplexer::Screen => tmux::Settings::default(),
        };
        let (wrap, warning) = multiplexer.wrap(settings);
        self.0.write_all(&osc52::set(text, wrap))?;
        Ok(warning)
    }
}
