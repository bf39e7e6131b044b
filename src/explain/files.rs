//! What is wrong with files of other apps, and with single entries of them.

use super::Reason;
use crate::device::otpauth::Part;
use crate::exchange::{
    FORMATS, ForeignKind, Format, MAX_BYTES, MAX_ENTRIES, MigrationError, ReadError, Refusal, SealError,
};
use crate::text::safe;

const NOT_DECRYPTED: &str =
    "gpg did not decrypt it: its key is missing or locked; `gpg --decrypt` on it says which";

/// The names of these formats, for a person: the table has them in the order in which they are asked.
pub(super) fn names_of(wanted: impl Fn(&Format) -> bool) -> String {
    let mut names: Vec<_> =
        FORMATS.iter().filter(|format| wanted(format)).map(|format| format.name).collect();
    names.sort_unstable();
    names.join(", ")
}

/// The names of all formats.
pub(super) fn format_names() -> String {
    names_of(|_| true)
}

impl Reason for ReadError {
    const SUBJECT: &'static str = "file";

    fn reason(&self) -> String {
        match self {
            Self::PasswordNeeded | Self::KeyNeeded { with_file: false } => {
                "it is encrypted, and there is no terminal to ask for its password on".into()
            }
            Self::KeyNeeded { with_file: true } => {
                "the key file alone does not open it, and there is no terminal to ask for its password on"
                    .into()
            }
            Self::WrongPassword | Self::WrongKey { with_file: false } => {
                "the password does not open it".into()
            }
            Self::WrongKey { with_file: true } => "the password and the key file do not open it".into(),
            Self::BadKeyFile => "the key file is damaged".into(),
            Self::NotDecrypted => NOT_DECRYPTED.into(),
            Self::IdentityNeeded => "it is encrypted to age recipients".into(),
            Self::NoIdentityFits => "none of the identities opens it".into(),
            Self::Backup(bad) => bad.reason(),
            Self::Dear { mebibytes } => format!("opening it takes {mebibytes} MiB of memory"),
            Self::TooDear => "opening it would cost more memory or time than any app asks for".into(),
            Self::CompanionNeeded { name } => {
                format!("it is encrypted, and {name}, which says how, is not beside it")
            }
            Self::UnknownFormat => "it is of no format that is known".into(),
            Self::WebPage => "it is a web page, and no app's file".into(),
            Self::NotThis => "it is not of this format".into(),
            Self::NotText => "it is not text in UTF-8".into(),
            Self::Broken { syntax, line: 0, .. } => format!("it is no good {syntax}"),
            Self::Broken { syntax, line, column: 0 } => format!("it is no good {syntax} from line {line} on"),
            Self::Broken { syntax, line, column } => {
                format!("it is no good {syntax} from line {line}, character {column} on")
            }
            Self::Lacks(what) => format!("{what} is not in it, or is no good"),
            Self::Damaged => "it is damaged".into(),
            Self::Unsupported(what) => format!("{what} is not read"),
            Self::Empty => "the file is empty".into(),
            Self::WebAddress => "its QR code holds a web address, not a device; it was not opened".into(),
            Self::OtherCode => "its QR code holds something else than a device".into(),
            Self::NoEntry => "there is not one device in it".into(),
            Self::TooLarge => format!("it is larger than {} MiB, or unpacks to too much", MAX_BYTES >> 20),
            Self::TooManyEntries => format!("it has more than {MAX_ENTRIES} entries"),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::PasswordNeeded | Self::KeyNeeded { with_file: true } => Some("--password-file FILE".into()),
            Self::KeyNeeded { with_file: false } => {
                Some("--password-file FILE, --key-file FILE, or both".into())
            }
            Self::WrongKey { with_file: false } => {
                Some("where it has a key file as well: --key-file FILE".into())
            }
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
            Self::Migration(error) => error.reason(),
            Self::PartMissing => "it is missing: the batch is not whole".into(),
            Self::Kind(kind) => foreign_kind(*kind).into(),
            Self::NoSecret => "it has no secret".into(),
            Self::Encoding(encoding) => format!("its secret is no {encoding}"),
            Self::Secret(error) => format!("its secret is no good: {}", error.reason()),
            Self::SecretEncrypted => "its secret is still encrypted".into(),
            Self::NotDecrypted => NOT_DECRYPTED.into(),
            Self::Parameter(error) => error.reason(),
            Self::Number(part) => format!("its {part} is not a whole number, or too large"),
            Self::Text { part, too_long } => {
                format!("its {} is too long: {}", name(*part), too_long.reason())
            }
            Self::ShortRow => "the row is too short".into(),
            Self::Malformed => "it is no entry as this format has them".into(),
            Self::SecretTaken { label } => {
                format!("its secret belongs to {} already, which makes other codes from it", safe(label))
            }
            Self::Change(error) => error.reason(),
        }
    }
}

/// What a part of a URI is called where there is no URI.
fn name(part: Part) -> String {
    match part {
        Part::Label => "account".into(),
        Part::Name => "tag".into(),
        part => part.to_string(),
    }
}

fn foreign_kind(kind: ForeignKind) -> &'static str {
    match kind {
        ForeignKind::Motp => "it is of Mobile-OTP's kind, which keyfob does not compute",
        ForeignKind::Yandex => "it is of Yandex.Key's own kind, which keyfob does not compute",
        ForeignKind::Md5 => "its codes come from MD5, which keyfob does not compute",
        ForeignKind::BattleNet => "it is of Battle.net's own kind, which keyfob does not compute",
        ForeignKind::Other => "it is of a kind that keyfob does not compute",
    }
}

impl Reason for MigrationError {
    const SUBJECT: &'static str = "migration URI";

    fn reason(&self) -> String {
        match self {
            Self::NotOffline => "it does not start with otpauth-migration://offline?",
            Self::TooLong => "it is longer than a migration URI can be",
            Self::NoData => "it has no data",
            Self::NotBase64 => "its data is no base64",
            Self::NotAPayload => "its data is no list of accounts, or is cut short",
        }
        .into()
    }
}

impl Reason for SealError {
    const SUBJECT: &'static str = "file";

    fn reason(&self) -> String {
        match self {
            Self::NoRandom => "the system has no random numbers".into(),
            Self::NotSealed => "it could not be encrypted".into(),
        }
    }
}
