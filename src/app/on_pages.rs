//! Turning the pages of a group's QR codes.

use super::keymap::{Action, Context};
use super::layout;
use super::model::Model;
use super::on_prove::QR_FOR;
use super::open::Dialog;
use super::pages::CodeRoom;
use super::{Effect, KeyPress};
use crate::qr::Ink;

/// The most rows of words beside a code.
const MAX_ROWS: usize = 1000;

impl Model {
    pub(super) fn on_pages_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let action = self.action(&[Context::Pages, Context::Told], press);
        let until = self.moment.uptime + QR_FOR;
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Pages(shown)) = &mut open.dialog else { return Vec::new() };
        match action {
            Some(Action::Cancel | Action::Submit) => return self.close_dialog(),
            Some(Action::Help) => self.toggle_help(),
            Some(Action::Up) => shown.top = shown.top.saturating_sub(1),
            Some(Action::Down) => shown.top = (shown.top + 1).min(MAX_ROWS),
            Some(Action::PageUp | Action::PageDown) => {
                shown.turn(if action == Some(Action::PageUp) { -1 } else { 1 }, &open.vault);
                // Somebody is there, and scans this one now.
                shown.until = until;
            }
            _ => {}
        }
        Vec::new()
    }

    /// The screen has another size: other pages.
    pub(super) fn lay_out_pages(&mut self) {
        let room = self.code_room();
        let Some(open) = self.open_mut() else { return };
        if let Some(Dialog::Pages(shown)) = &mut open.dialog {
            shown.lay_out(room, &open.vault);
        }
    }

    pub(super) fn code_room(&self) -> CodeRoom {
        let ink = Ink::new(self.appearance.colour, self.appearance.unicode);
        CodeRoom::of(ink, layout::beside_words(self.size))
    }
}
