//! AWS: its configuration files, signed calls, and what sessions and MFA devices there are.
//!
//! Nothing here opens a file or asks the time; [`Config`] is made of texts.

mod config;
mod ini;
mod keys;
mod plan;

pub use config::{Config, ConfigError, Profile, Which};
pub use ini::LineError;
pub use keys::Keys;
pub use plan::{Base, DURATIONS, Plan, PlanError, Role};
