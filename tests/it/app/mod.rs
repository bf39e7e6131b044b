//! The interface without a terminal: keys in, effects and state out.

mod clock;
mod fields;
mod help;
mod journeys;
mod keys;
pub mod leaks;
mod listing;
mod palette;
mod pasting;
mod paths;
mod random;
mod rebound;
mod saving;
pub mod stage;
