//! The interface without a terminal: keys in, effects and state out.

mod clock;
mod fields;
mod focus;
mod help;
mod journeys;
mod keys;
pub mod leaks;
mod looks;
mod palette;
mod pasting;
mod paths;
mod random;
mod rebound;
mod saving;
pub mod stage;
