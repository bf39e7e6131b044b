//! The interface without a terminal: keys in, effects and state out.

mod clock;
mod editing;
mod fields;
mod focus;
mod guarded;
mod help;
mod hiding;
pub mod importing;
mod journeys;
mod keys;
pub mod leaks;
mod listing;
mod looks;
mod paging;
mod palette;
mod pasting;
mod paths;
mod random;
mod rebound;
mod relocking;
mod saving;
mod shots;
pub mod stage;
mod tokens;
mod undoing;
