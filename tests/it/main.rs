//! One integration binary: a module for each concern.
// clippy takes only what stands in a #[test] for a test: this is for the helpers around them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agent;
mod app;
#[cfg(feature = "aws")]
mod aws;
mod cli;
mod codes;
mod crash;
mod enrolment;
mod exchange;
mod faults;
mod fuzzing;
mod harm;
mod harness;
mod kernel;
mod layering;
mod memory;
mod pictures;
mod pty;
mod recovery;
mod rfc;
mod screens;
mod ssh;
mod state;
mod text;
mod uris;
mod vault;
mod wire;
