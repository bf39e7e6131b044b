//! Why a command ends early.

use crate::explain::{Exit, Explain, Explanation};

/// Why a command ends early: an error that was already put into words, since only its words are left to say.
#[derive(Debug)]
pub(super) struct Failure(Box<Explanation>);

impl Failure {
    pub(super) fn explanation(&self) -> &Explanation {
        &self.0
    }

    /// The same words for another exit code.
    pub(super) fn with_exit(mut self, exit: Exit) -> Self {
        self.0.exit = exit;
        self
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Box::new(error.explain()))
    }
}
