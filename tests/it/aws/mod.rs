//! Codes and credentials for AWS.

mod codes;
mod config;
mod server;
mod sessions;
mod signing;
mod stage;
