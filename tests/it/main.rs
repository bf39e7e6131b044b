//! One integration binary: a module for each concern.

mod app;
mod cli;
mod codes;
mod enrolment;
mod faults;
mod harness;
mod layering;
mod pty;
mod recovery;
mod rfc;
mod screens;
mod ssh;
mod text;
mod uris;
mod vault;
mod wire;
