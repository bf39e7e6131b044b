//! What a call can come to but an answer.

use super::endpoint::EndpointError;
use super::xml::Element;
use crate::clock::UnixTime;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is no endpoint.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The service could not be reached.
    #[error("{host} can't be reached: {why}")]
    Unreachable {
        /// Its host.
        host: String,
        /// What the system said.
        why: String,
        /// Whether the request may have got there all the same.
        sent: bool,
    },
    /// The service said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The answer can't be read.
    #[error("{action}: the answer can't be read")]
    Unreadable {
        /// What was asked.
        action: &'static str,
    },
}

/// What the service says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action}: {code}: {message}")]
pub struct Refusal {
    /// What was asked.
    pub action: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The service's word for it.
    pub code: String,
    /// The service's sentence.
    pub message: String,
    /// What it comes down to.
    pub why: Why,
    /// How many seconds the service's clock is ahead of ours (negative: behind), where it says.
    pub ahead: Option<i64>,
}

/// What a refusal comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The code is wrong, old, or was used before: AWS says the same of all three.
    Code,
    /// The serial number is no device of the user whose keys sign.
    Serial,
    /// The clocks are too far apart for a signature.
    Clock,
    /// The user may not do this.
    Denied,
    /// The keys are unknown or wrong.
    Keys,
    /// The keys are those of a session that is over.
    Over,
    /// There is a device of this name.
    Exists,
    /// There is no such user or device.
    Missing,
    /// The user has as many devices as there may be.
    Limit,
    /// Too much is asked at once, or the service is not well: later it may work.
    Busy,
    /// Something else.
    Other,
}

/// A code's time step is half as long as this: clocks that are farther apart make different codes.
const APART: u64 = 60;

impl Refusal {
    pub(super) fn read(
        action: &'static str,
        status: u16,
        body: Option<&Element>,
        date: Option<UnixTime>,
        now: UnixTime,
    ) -> Self {
        let text = |name| body.and_then(|body| body.text(&["Error", name])).unwrap_or_default().to_owned();
        let (code, message) = (text("Code"), text("Message"));
        let ahead = date.and_then(|date| i64::try_from(date.0).ok()?.checked_sub(i64::try_from(now.0).ok()?));
        let why = why(status, &code, &message);
        // A code of another time is refused as any wrong one.
        let is_apart = ahead.is_some_and(|seconds| seconds.unsigned_abs() >= APART);
        let why = if why == Why::Code && is_apart { Why::Clock } else { why };
        Self { action, status, code, message, why, ahead }
    }
}

fn why(status: u16, code: &str, message: &str) -> Why {
    match code {
        "InvalidAuthenticationCode" => Why::Code,
        "AccessDenied" | "AccessDeniedException" => denied(message),
        "RequestTimeTooSkewed" | "RequestExpired" => Why::Clock,
        "SignatureDoesNotMatch" if message.contains("expired") || message.contains("not yet current") => {
            Why::Clock
        }
        "InvalidClientTokenId" | "SignatureDoesNotMatch" | "UnrecognizedClientException" => Why::Keys,
        "ExpiredToken" | "ExpiredTokenException" => Why::Over,
        "EntityAlreadyExists" => Why::Exists,
        "NoSuchEntity" => Why::Missing,
        "LimitExceeded" => Why::Limit,
        "Throttling"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "EntityTemporarilyUnmodifiable"
        | "ConcurrentModification"
        | "ServiceUnavailable"
        | "ServiceFailure" => Why::Busy,
        _ if matches!(status, 429 | 502..=504) => Why::Busy,
        _ => Why::Other,
    }
}

/// STS says what is wrong with a code or a serial number in its sentence alone.
fn denied(message: &str) -> Why {
    let message = message.to_ascii_lowercase();
    if message.contains("one time pass code") {
        Why::Code
    } else if message.contains("unable to validate mfa") || message.contains("mfa serial number") {
        Why::Serial
    } else {
        Why::Denied
    }
}
