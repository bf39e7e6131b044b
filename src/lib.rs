//! keyfob: a full-screen terminal vault for MFA devices.
//!
//! The modules stand on floors: imports point down only (`tests/it/layering.rs` holds them to it).
//! docs/architecture.md has the picture and says where to add what.

pub mod clock; // floor 0
pub mod text;

pub mod otp; // floor 1
pub mod picture;
pub mod qr;

pub mod device; // floor 2

pub mod state; // floor 3
pub mod vault;

pub mod agent; // floor 4
#[cfg(feature = "aws")]
pub mod aws;
pub mod exchange;

pub mod explain; // floor 5

#[cfg(feature = "aws")]
pub mod caller; // floor 6
pub mod foreign;

pub mod app; // floor 7

pub mod view; // floor 8

pub mod terminal; // floor 9

pub mod cli; // floor 10
