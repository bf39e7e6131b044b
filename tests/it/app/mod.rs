//! The interface without a terminal: keys in, effects and state out.

mod journeys;
mod random;
pub mod stage;
