//! A text sent to the terminal's clipboard by a command that ends at once.

use super::route::{Choice, Multiplexer, Obstacle, Route};
use super::{osc52, tmux};
use crate::terminal::TerminalError;
use std::fs::{File, OpenOptions};
use std::io::Write;

/// The terminal that this process belongs to, wherever standard output leads.
pub struct Once {
    terminal: File,
    multiplexer: Multiplexer,
}

/// Why a text can't be sent.
#[derive(Debug)]
pub enum NotSent {
    /// There is no clipboard for it.
    Nowhere(Obstacle),
    /// There is no terminal.
    Terminal(TerminalError),
}

impl Once {
    /// Opens the terminal, where the setting and the environment (`variable` looks one up) lead there. To be
    /// done before anything is used up that the text is made of.
    pub fn open(choice: Choice, variable: impl Fn(&str) -> Option<String>) -> Result<Self, NotSent> {
        let multiplexer = match Route::of_command(choice, variable) {
            Route::Terminal(multiplexer) => multiplexer,
            Route::Nowhere(obstacle) => return Err(NotSent::Nowhere(obstacle)),
            Route::Local | Route::OnlyLocal => return Err(NotSent::Nowhere(Obstacle::NoOwner)),
        };
        let terminal = OpenOptions::new().write(true).open("/dev/tty");
        let terminal = terminal.map_err(|error| NotSent::Terminal(error.into()))?;
        Ok(Self { terminal, multiplexer })
    }

    /// Sends the text. Whether the terminal takes it nobody can say; what is known to stand in its way is told.
    pub fn send(&mut self, text: &str) -> Result<Option<String>, TerminalError> {
        let settings = match self.multiplexer {
            Multiplexer::Tmux => tmux::Settings::ask(),
            Multiplexer::None | Multiplexer::Screen => tmux::Settings::default(),
        };
        let (wrap, warning) = self.multiplexer.wrap(settings);
        self.terminal.write_all(&osc52::set(text, wrap))?;
        Ok(warning)
    }
}
