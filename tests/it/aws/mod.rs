//! Codes and credentials for AWS.

mod codes;
mod config;
