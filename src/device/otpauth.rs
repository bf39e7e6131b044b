//! otpauth URIs, both ways.
//!
//! Source: the Key URI Format of Google Authenticator's wiki, and what issuers really write.

use super::{Candidate, Device};
use crate::otp::{Base32Error, ParameterError};
use zeroize::Zeroizing;

/// The longest URI that is read, in bytes.
pub const MAX_BYTES: usize = 4096;

/// Why a URI was not taken. No variant holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UriError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    // … the rest is for whoever writes the parser
    /// The secret is not base32.
    #[error(transparent)]
    Secret(#[from] Base32Error),
    /// A number is out of range.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}

/// Reads one `otpauth://` or `steam://` URI.
pub fn parse(uri: &str) -> Result<Candidate, UriError> {
    let _ = uri;
    todo!()
}

/// Writes the URI of a device; [`parse`] reads it back to the same.
pub fn to_uri(device: &Device) -> Zeroizing<String> {
    let _ = device;
    todo!()
}
