//! The interface without a terminal: keys in, effects and state out.

mod fields;
mod journeys;
mod keys;
pub mod leaks;
mod listing;
mod random;
mod rebound;
mod saving;
pub mod stage;
