//! Draws the model: ratatui cells only, never a change.

use crate::app::Model;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the whole screen into `buffer`, and says where the cursor is to be seen, if anywhere.
pub fn draw(model: &Model, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let _ = (model, area, buffer);
    None
}
