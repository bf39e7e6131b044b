//! The interface without a terminal: keys in, effects and state out.

mod clock;
mod fields;
mod journeys;
mod keys;
mod pasting;
mod paths;
mod random;
mod rebound;
mod saving;
pub mod stage;
