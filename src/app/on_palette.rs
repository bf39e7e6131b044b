//! What the keys of the palette do.

use super::keymap::{Action, Context};
use super::model::Model;
use super::open::Dialog;
use super::palette::Palette;
use super::{Effect, KeyPress};

impl Model {
    pub(super) fn open_palette(&mut self) {
        let facts = self.facts();
        let rows = self.keys.rows(Context::List).chain(self.keys.rows(Context::Everywhere));
        let palette = Palette::new(rows.filter(|row| row.works(facts)));
        if let Some(open) = self.open_mut() {
            open.dialog = Some(Dialog::Palette(Box::new(palette)));
        }
    }

    pub(super) fn on_palette_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let action = self.action(&[Context::Palette], press);
        let page = isize::try_from(self.layout().inside_dialog().height).unwrap_or(1).max(2) - 1;
        let Some(Dialog::Palette(palette)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        match action {
            Some(Action::Up) => palette.go(-1),
            Some(Action::Down) => palette.go(1),
            Some(Action::PageUp) => palette.go(-page),
            Some(Action::PageDown) => palette.go(page),
            Some(Action::Cancel) => return self.close_dialog(),
            Some(Action::Submit) => return self.do_selected(),
            _ => {
                let typed = palette.on_key(press);
                self.tell_full(typed);
            }
        }
        Vec::new()
    }

    /// Does the selected command, just as its key would on the list.
    fn do_selected(&mut self) -> Vec<Effect> {
        let Some(Dialog::Palette(palette)) = self.open().and_then(|open| open.dialog.as_ref()) else {
            return Vec::new();
        };
        let Some((context, action)) = palette.selected().map(|row| (row.context, row.action)) else {
            return Vec::new();
        };
        let mut effects = self.close_dialog();
        effects.extend(match context {
            Context::Everywhere => self.on_everywhere(action),
            _ => self.on_list(action),
        });
        effects
    }
}
