//! The interface without a terminal: keys in, effects and state out.

pub mod stage;
