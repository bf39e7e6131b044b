//! The interface without a terminal: keys in, effects and state out.

mod fields;
mod journeys;
mod keys;
mod listing;
mod random;
mod saving;
pub mod stage;
