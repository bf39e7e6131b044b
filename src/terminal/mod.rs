//! The real terminal: entering and leaving it, input, clipboard, the loop, and the world behind effects.

pub mod wipe;
