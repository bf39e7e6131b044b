//! The command line as a stranger uses it: the built program, a home of its own, and every word it says.

mod asking;
mod checks;
mod codes;
mod completing;
mod configuration;
mod copies;
mod devices;
mod doctor;
mod exits;
mod files;
mod hardware;
pub mod harness;
mod identities;
mod restoring;
mod terminals;
mod usage;
mod vaults;
