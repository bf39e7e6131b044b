//! What takes changes back, and what makes them again.

use crate::vault::Change;
use std::collections::VecDeque;

/// How many changes can be taken back.
const MAX_STEPS: usize = 50;

/// Why a change is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody did it.
    Done,
    /// It takes another one back.
    Undone,
    /// It makes one again that was taken back.
    Redone,
}

/// The changes that can be taken back or made again, each as the change that does it: the inverse that the
/// vault returned. What is on its way to disk is in neither list.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// What was asked for while something was on its way to disk.
    asked: VecDeque<Why>,
}

impl History {
    /// Takes in that a change is on disk, and what takes it back. A new change can't be followed by those
    /// that were taken back before it.
    pub fn on_changed(&mut self, why: Why, inverse: Option<&Change>) {
        let Some(inverse) = inverse.cloned() else { return };
        match why {
            Why::Undone => self.redo.push(inverse),
            Why::Done | Why::Redone => self.undo.push(inverse),
        }
        if why == Why::Done {
            self.redo.clear();
        }
        let surplus = self.undo.len().saturating_sub(MAX_STEPS);
        self.undo.drain(..surplus);
    }

    /// The change that takes the last one back, or makes it again; it leaves the list.
    pub fn take(&mut self, why: Why) -> Option<Change> {
        match why {
            Why::Done => None,
            Why::Undone => self.undo.pop(),
            Why::Redone => self.redo.pop(),
        }
    }

    /// Remembers what was asked for, until it can be done: before that nobody knows what the last change is.
    pub fn ask(&mut self, why: Why) {
        if self.asked.len() < MAX_STEPS {
            self.asked.push_back(why);
        }
    }

    /// What was asked for first.
    pub fn asked(&mut self) -> Option<Why> {
        self.asked.pop_front()
    }

    /// Forgets what was asked for: what it was meant for did not come about.
    pub fn forget_asked(&mut self) {
        self.asked.clear();
    }
}
