//! What the mouse does on the list: a click selects, a double one copies, the wheel scrolls.

use super::layout::Pane;
use super::model::Model;
use super::{Effect, Mouse};
use std::time::Duration;

/// The longest time between the two presses of a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);
/// How many rows the wheel scrolls at once.
const WHEEL_ROWS: isize = 3;

impl Model {
    pub(super) fn on_mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        self.touched = self.moment.uptime;
        if self.help.is_some() {
            self.scroll_help(match mouse {
                Mouse::WheelUp => -WHEEL_ROWS,
                Mouse::WheelDown => WHEEL_ROWS,
                Mouse::Press { .. } => 0,
            });
            return Vec::new();
        }
        let layout = self.layout();
        let asked = self.question.is_some();
        let Some(open) = self.open_mut().filter(|open| open.dialog.is_none() && !asked) else {
            return Vec::new();
        };
        let Some(pane) = layout.list.map(|pane| pane.inside(layout.framed)) else { return Vec::new() };
        match mouse {
            Mouse::WheelUp => open.list.wheel(-WHEEL_ROWS, layout.list_rows()),
            Mouse::WheelDown => open.list.wheel(WHEEL_ROWS, layout.list_rows()),
            Mouse::Press { column, row, at } => return self.on_press(pane, (column, row), at),
        }
        Vec::new()
    }

    fn on_press(&mut self, pane: Pane, (column, row): (u16, u16), at: Duration) -> Vec<Effect> {
        let before = self.clicked.take();
        let Some(open) = self.open_mut() else { return Vec::new() };
        let shown = usize::from(row.saturating_sub(pane.y));
        if !pane.contains(column, row) || !open.list.select_shown(shown) {
            return Vec::new();
        }
        if open.list.heading().is_some() {
            return self.toggle_group();
        }
        let Some(spot) = open.list.spot() else { return Vec::new() };
        // A stray click must not use up a counter device's code: that takes a key.
        let counted = open.selected().is_some_and(|device| device.method.counter().is_some());
        let double =
            before.is_some_and(|(same, then)| same == spot && at.saturating_sub(then) <= DOUBLE_CLICK);
        if double && !counted {
            return self.copy();
        }
        self.clicked = Some((spot, at));
        Vec::new()
    }
}
