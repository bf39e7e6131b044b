//! The interface without a terminal: keys in, effects and state out.

mod editing;
mod fields;
mod guarded;
mod hiding;
mod journeys;
mod keys;
pub mod leaks;
mod random;
mod rebound;
mod relocking;
mod saving;
pub mod stage;
mod undoing;
