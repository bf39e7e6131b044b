//! Codes and credentials for AWS.

mod codes;
mod config;
mod enrolling;
mod moto;
mod server;
mod sessions;
mod signing;
mod stage;
