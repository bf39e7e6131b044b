//! Codes and credentials for AWS.

mod codes;
mod config;
mod enrolling;
mod moto;
mod recorded;
mod screen;
mod server;
mod sessions;
mod signing;
mod stage;
