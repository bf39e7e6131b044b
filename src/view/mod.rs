//! Draws the model: ratatui widgets only, never a change.
