//! The help over whatever is there: it opens and closes, and nothing under it changes by that.

use super::keymap::{Action, Context};
use super::model::Model;
use super::{Effect, KeyPress};

impl Model {
    /// Opens the help, or closes it.
    pub(super) fn toggle_help(&mut self) {
        self.help = if self.help.is_some() { None } else { Some(0) };
    }

    pub(super) fn on_help_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let page = self.help_rows().saturating_sub(1).max(1);
        match self.action(&[Context::Told], press) {
            Some(Action::Up) => self.scroll_help(-1),
            Some(Action::Down) => self.scroll_help(1),
            Some(Action::PageUp) => self.scroll_help(-page.cast_signed()),
            Some(Action::PageDown) => self.scroll_help(page.cast_signed()),
            Some(_) => self.help = None,
            None => {}
        }
        Vec::new()
    }

    /// Moves the help by so many rows, as far as there is more.
    pub(super) fn scroll_help(&mut self, by: isize) {
        let inside = self.layout().inside_dialog();
        let last = self.help_page(inside).rows().saturating_sub(inside.height.into());
        self.help = self.help.map(|top| top.min(last).saturating_add_signed(by).min(last));
    }

    /// How many rows of the help are seen at once.
    fn help_rows(&self) -> usize {
        self.layout().inside_dialog().height.into()
    }
}
