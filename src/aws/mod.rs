//! AWS: its configuration files, signed calls, and what sessions and MFA devices there are.
//!
//! Nothing here opens a file, asks the time or waits on its own: [`Config`] is made of texts, and a [`Client`] is told
//! what sends, what knows the time and what lets it go by.

mod call;
mod config;
mod devices;
mod endpoint;
mod error;
mod http;
mod ini;
mod keys;
mod plan;
mod sessions;
mod sign;
mod when;
mod xml;

pub use call::{Answer, Call, Client, NoAnswer, Wire};
pub use config::{Config, ConfigError, Profile, Which};
pub use devices::{Created, Iam, Listed, Owned};
pub use endpoint::{Endpoint, EndpointError, Hints, Service};
pub use error::{CallError, Refusal, Why};
pub use http::Http;
pub use ini::LineError;
pub use keys::Keys;
pub use plan::{Base, DURATIONS, Plan, PlanError, Role};
pub use sessions::{Begin, Credentials, Mfa};
pub use sign::{Request, Scope};
pub use xml::Element;
