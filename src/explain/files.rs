//! What is wrong with files of other apps, and with single entries of them.

use super::Reason;
use crate::exchange::{FORMATS, MAX_BYTES, MAX_ENTRIES, ReadError, Refusal};
use crate::text::safe;

/// The names of the formats, for a person.
pub(super) fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

impl Reason for ReadError {
    const SUBJECT: &'static str = "file";

    fn reason(&self) -> String {
        match self {
            Self::PasswordNeeded => {
                "it is encrypted, and there is no terminal to ask for its password on".into()
            }
            Self::WrongPassword => "the password does not open it".into(),
            Self::IdentityNeeded => "it is encrypted to age recipients".into(),
            Self::NoIdentityFits => "none of the identities opens it".into(),
            Self::Backup(bad) => bad.reason(),
            Self::UnknownFormat => "it is of no format that is known".into(),
            Self::NotText => "it is not text in UTF-8".into(),
            Self::Empty => "the file is empty".into(),
            Self::WebAddress => "its QR code holds a web address, not a device; it was not opened".into(),
            Self::OtherCode => "its QR code holds something else than a device".into(),
            Self::NoEntry => "there is not one device in it".into(),
            Self::TooLarge => format!("it is larger than {} MiB", MAX_BYTES >> 20),
            Self::TooManyEntries => format!("it has more than {MAX_ENTRIES} entries"),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::PasswordNeeded => Some("--password-file FILE".into()),
            Self::IdentityNeeded | Self::NoIdentityFits => {
                Some("--identity FILE with the key of one of its recipients".into())
            }
            Self::UnknownFormat => Some(format!("--format with one of: {}", format_names())),
            _ => None,
        }
    }
}

impl Reason for Refusal {
    const SUBJECT: &'static str = "entry";

    fn reason(&self) -> String {
        match self {
            Self::Uri(error) => error.reason(),
            Self::NotAUri => "it is no otpauth URI".into(),
            Self::SecretTaken { label } => {
                format!("its secret belongs to {} already, which makes other codes from it", safe(label))
            }
            Self::Change(error) => error.reason(),
        }
    }
}
