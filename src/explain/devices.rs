//! What is wrong with secrets, codes, URIs and the names of devices.

use super::{Exit, Explain, Explanation, Reason, counted};
use crate::device::DeviceId;
use crate::device::query::QueryError;
use crate::otp::{Base32Error, CodeError, ParameterError, SecretError};
use crate::text::{TooLong, safe};
use crate::vault::ChangeError;

/// The most candidates that are named.
const NAMED: usize = 12;
/// The most characters of what was typed that are said again.
const ECHOED: usize = 40;

impl Reason for Base32Error {
    const SUBJECT: &'static str = "secret";

    fn reason(&self) -> String {
        match self {
            Self::Character { position, hint: None } => format!("character {position} is not base32"),
            Self::Character { position, hint: Some(meant) } => {
                format!("character {position} is not base32; a letter {meant} is often meant there")
            }
            Self::Padding { position } => {
                format!("character {position} is an '=' that does not stand at the end")
            }
            Self::Length { length } => format!("{length} characters can't be base32: some are missing"),
            Self::DanglingBits { position } => {
                format!("character {position}, the last one, can't end base32")
            }
        }
    }
}

impl Reason for SecretError {
    const SUBJECT: &'static str = "secret";

    fn reason(&self) -> String {
        match self {
            Self::Empty => "it is empty".into(),
            Self::TooLong => "it is longer than any secret is".into(),
            Self::Base32(error) => error.reason(),
        }
    }
}

impl Reason for ParameterError {
    const SUBJECT: &'static str = "device";

    fn reason(&self) -> String {
        match self {
            Self::Digits => "a code has 6 to 10 digits",
            Self::Period => "a period is 1 to 300 seconds",
            Self::Algorithm => "the algorithm is SHA1, SHA256 or SHA512",
        }
        .into()
    }
}

impl Reason for CodeError {
    const SUBJECT: &'static str = "code";

    fn reason(&self) -> String {
        match self {
            Self::Empty => "it is empty".into(),
            Self::Character { position } => format!("character {position} stands in no code"),
            Self::Length { length, expected } => {
                format!("{}, where this device's codes have {expected}", counted(*length, "character"))
            }
        }
    }
}

impl Reason for TooLong {
    const SUBJECT: &'static str = "text";

    fn reason(&self) -> String {
        format!("{} bytes, where at most {} fit", self.bytes, self.limit)
    }
}

/// A query that did not pick one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpicked {
    /// As it was typed.
    pub query: String,
    /// Why not.
    pub error: QueryError,
}

impl Explain for Unpicked {
    fn explain(&self) -> Explanation {
        let query: String = self.query.chars().take(ECHOED).collect();
        let query = safe(&query);
        match &self.error {
            QueryError::NoMatch => Explanation::new(Exit::No, format!("{query}: no device fits"))
                .hint("keyfob list, which shows the devices there are"),
            QueryError::Ambiguous { candidates } => {
                let fit = counted(candidates.len(), "device");
                Explanation::new(Exit::No, format!("{query}: {fit} fit: {}", named(candidates)))
                    .hint("more of the name, or the id")
            }
        }
    }
}

fn named(candidates: &[(DeviceId, String)]) -> String {
    let names = candidates.iter().take(NAMED).map(|(id, label)| format!("{} ({})", safe(label), short(*id)));
    let more = candidates.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("and {more} more"));
    names.chain(rest).collect::<Vec<_>>().join(", ")
}

/// The first characters of an id: enough to name it.
pub fn short(id: DeviceId) -> String {
    id.to_string().chars().take(8).collect()
}

impl Reason for ChangeError {
    const SUBJECT: &'static str = "device";

    fn reason(&self) -> String {
        match self {
            Self::SecretTaken { label, .. } => {
                format!("its secret belongs to {} already", safe(label))
            }
            Self::NoSuchDevice => "it is not in the vault any more".into(),
            Self::TokenSerial => {
                "a token is its serial number: add the other one, and remove this one".into()
            }
            Self::NotHotp => "its codes do not come from a counter".into(),
            Self::CounterExhausted => "its counter is used up".into(),
            Self::CounterAtStart => "its counter is 0 and can't go back".into(),
            Self::CounterMoved { counter } => format!("its counter is {counter} by now"),
            Self::ChangedElsewhere { field } => {
                format!("its {} was changed elsewhere meanwhile", field_in_words(field))
            }
            Self::IsThere => "it is in the vault again".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoSuchDevice => Exit::No,
            _ => Exit::BadInput,
        }
    }
}

/// A field of a device, as people call what the vault's format names so.
pub fn field_in_words(field: &str) -> &str {
    match field {
        "method" => "way of making codes",
        "drift" => "clock",
        other => other,
    }
}
