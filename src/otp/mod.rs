//! One-time codes: HOTP (RFC 4226), TOTP (RFC 6238) and Steam's, and what a code says about a clock.

mod base32;
mod code;
mod drift;
mod hotp;
mod method;
mod parameters;
mod secret;

pub use base32::Base32Error;
pub use code::{Code, CodeError};
pub use drift::{Drift, Step, find_steps};
pub use method::{Kind, Method};
pub use parameters::{Algorithm, Digits, ParameterError, Period};
pub use secret::{Secret, SecretError};
