//! The state of the interface, and the one door to it.

use super::{Effect, Message, Options};

/// The state of the interface.
#[derive(Debug)]
pub struct Model {
    options: Options,
}

impl Model {
    /// The first state, and what is to be done at once.
    pub fn new(options: Options) -> (Self, Vec<Effect>) {
        (Self { options }, Vec::new())
    }

    /// Takes in what happened. The only way in which the model changes; it does no I/O and asks no clock.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        if let Message::Resized(columns, rows) = message {
            self.options.size = (columns, rows);
        }
        Vec::new()
    }
}
