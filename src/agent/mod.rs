//! The agent: holds the identities of unlocked vaults for a while, and unwraps file keys with them.
//!
//! [`Server`] is the process that holds them; [`Agent`] asks it; [`Keyring`] is what it knows, with time as an
//! argument; `wire` is what goes over the socket. An identity goes in, and never comes out again.

mod client;
mod connection;
mod error;
mod keyring;
mod locked;
mod peer;
mod place;
mod server;
mod signals;
mod wire;

pub use client::Agent;
pub use error::AgentError;
pub use keyring::{Keyring, Now};
pub use place::{Listening, Place};
pub use server::Server;
pub use wire::{Answer, Entry, MAX_REQUEST, Request};

use std::time::Duration;

/// How long an identity is held that nobody uses, where nothing else is said.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long one is held at most, however much it is used: a working day. Whoever asks for a longer time gets that.
pub const LONGEST: Duration = Duration::from_secs(12 * 3600);
/// The longest that anybody may ask for.
pub const MAX_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);
