//! Hiding codes and showing them.

use super::Effect;
use super::model::Model;
use std::time::Duration;

/// How long codes are shown where they are hidden by default.
const REVEALED_FOR: Duration = Duration::from_secs(30);

impl Model {
    /// Shows the codes, or hides them.
    pub(super) fn hide_or_show(&mut self) -> Vec<Effect> {
        let until = self.hide_codes.then(|| self.moment.uptime + REVEALED_FOR);
        let Some(open) = self.open_mut() else { return Vec::new() };
        if open.hidden {
            open.hidden = false;
            open.revealed_until = until;
        } else {
            self.hide();
        }
        Vec::new()
    }

    /// Hides the codes, the one in the notice too.
    pub(super) fn hide(&mut self) {
        if let Some(open) = self.open_mut() {
            open.hidden = true;
            open.revealed_until = None;
        }
        self.notice.take_if(|notice| notice.shows_code);
    }

    /// Hides them again when they were shown long enough.
    pub(super) fn hide_again(&mut self) {
        let now = self.moment.uptime;
        if self.open().and_then(|open| open.revealed_until).is_some_and(|until| until <= now) {
            self.hide();
        }
    }
}
