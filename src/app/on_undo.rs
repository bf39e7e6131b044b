//! Taking changes back, and making them again.

use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::{Effect, Why};
use crate::explain::notices;

impl Model {
    /// Takes the last change back, or makes it again. While something is on its way to disk this waits: what
    /// the last change is turns out only then.
    pub(super) fn undo_or_redo(&mut self, why: Why) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        if open.saving > 0 {
            open.history.ask(why);
            return Vec::new();
        }
        if open.unsaved.is_some() {
            let retry = self.key_name(Action::Retry);
            self.say(Tone::Warning, notices::save_before_undo(retry.as_deref()));
            return Vec::new();
        }
        if let Some(change) = open.history.take(why) {
            return self.send(change, why);
        }
        let words = if why == Why::Undone { notices::NOTHING_TO_UNDO } else { notices::NOTHING_TO_REDO };
        self.say(Tone::Plain, words);
        Vec::new()
    }

    /// Does what was asked for meanwhile, once nothing is on its way to disk.
    pub(super) fn go_on_undoing(&mut self) -> Vec<Effect> {
        let Some(open) = self.open_mut().filter(|open| open.saving == 0) else { return Vec::new() };
        match open.history.asked() {
            Some(why) => self.undo_or_redo(why),
            None => Vec::new(),
        }
    }
}
