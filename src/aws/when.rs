//! Times as AWS writes them.

use crate::clock::UnixTime;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// `20150830T123600Z`, as signatures have it.
pub(super) fn compact(now: UnixTime) -> String {
    written(now, "%Y%m%dT%H%M%SZ")
}

/// `2015-08-30T12:36:00Z` (ISO 8601), as sessions have it.
pub(super) fn iso(at: UnixTime) -> String {
    written(at, "%Y-%m-%dT%H:%M:%SZ")
}

fn written(at: UnixTime, form: &str) -> String {
    let seconds = i64::try_from(at.0).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or_default().strftime(form).to_string()
}

/// Reads ISO 8601 with its zone; fractions of a second are dropped.
pub(super) fn from_iso(text: &str) -> Option<UnixTime> {
    let at: Timestamp = text.parse().ok()?;
    u64::try_from(at.as_second()).ok().map(UnixTime)
}

/// Reads an HTTP `Date` (RFC 9110 section 5.6.7).
pub(super) fn from_http(text: &str) -> Option<UnixTime> {
    let at = rfc2822::parse(text).ok()?;
    u64::try_from(at.timestamp().as_second()).ok().map(UnixTime)
}
