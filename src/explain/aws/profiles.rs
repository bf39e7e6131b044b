//! What is wrong with AWS's files, with profiles, and with what they call a serial number.

use crate::aws::{ConfigError, LineError, PlanError};
use crate::device::ArnKind;
use crate::explain::{Exit, Explain, Explanation};
use crate::text::safe;
use std::path::PathBuf;

/// A file of the AWS CLI's that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAwsFile {
    /// Which file.
    pub path: PathBuf,
    /// Where in it, and why.
    pub error: ConfigError,
}

impl Explain for BadAwsFile {
    fn explain(&self) -> Explanation {
        let why = match self.error.error {
            LineError::Unclosed => "a section that is not closed by ]",
            LineError::NoName => "a section without a name",
            LineError::NoEquals => "neither [section] nor name = value",
            LineError::NoSection => "it stands before the first [section]",
        };
        let (path, line) = (self.path.to_string_lossy(), self.error.line);
        Explanation::new(Exit::BadInput, format!("{}, line {line}: {why}", safe(&path)))
    }
}

impl Explain for PlanError {
    fn explain(&self) -> Explanation {
        match self {
            Self::NoProfile { name, named_by } => {
                let named_by =
                    named_by.as_ref().map(|other| format!(", which profile {} names", safe(other)));
                let why = format!("there is no such profile{}", named_by.unwrap_or_default());
                about_profile(Exit::No, name, &why)
                    .hint("aws configure list-profiles, which shows those there are")
            }
            Self::Circle { names } => {
                let circle = names.iter().map(|name| safe(name)).collect::<Vec<_>>().join(" -> ");
                Explanation::new(Exit::BadInput, format!("source_profile: it goes in a circle: {circle}"))
            }
            Self::NoCredentials { name } => about_profile(Exit::BadInput, name, "it has no credentials")
                .hint("aws configure --profile NAME, which asks for the long-term keys"),
            Self::Ourselves { name } => about_profile(
                Exit::BadInput,
                name,
                "its credential_process is keyfob, which would ask itself",
            )
            .hint("the profile that this credential_process names, or one with the long-term keys"),
            Self::Duration { name } => {
                about_profile(Exit::BadInput, name, "duration_seconds is 900 to 129600")
            }
            Self::NoSource { name } => about_profile(
                Exit::BadInput,
                name,
                "it has a role_arn, and neither source_profile nor credential_source",
            ),
        }
    }
}

fn about_profile(exit: Exit, name: &str, why: &str) -> Explanation {
    Explanation::new(exit, format!("profile {}: {why}", safe(name)))
}

/// Why no code can be had for a profile, or for an ARN that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAwsCode {
    /// Neither the profile nor those that it uses have an `mfa_serial`.
    NoSerial {
        /// The profile.
        profile: String,
    },
    /// What is called a serial number names no device that makes codes.
    NotMfa {
        /// As it stands there.
        serial: String,
        /// The profile where it stands; none where it was typed.
        profile: Option<String>,
        /// What it names.
        kind: ArnKind,
    },
    /// No device of the vault has this serial number.
    NoDevice {
        /// As it stands there.
        serial: String,
    },
    /// Neither a profile nor a device is called so.
    Unknown {
        /// As it was typed.
        target: String,
    },
    /// The device has no MFA ARN as its serial number.
    NoSerialHere {
        /// Its label.
        label: String,
    },
    /// There is no certificate in the file of `AWS_CA_BUNDLE`.
    NoCertificate {
        /// Which file.
        path: PathBuf,
    },
    /// The device is not one of AWS's: its codes come from a counter.
    Counter {
        /// Its label.
        label: String,
    },
}

impl Explain for NoAwsCode {
    fn explain(&self) -> Explanation {
        match self {
            Self::NoSerial { profile } => about_profile(Exit::No, profile, "it has no mfa_serial")
                .hint("mfa_serial = arn:aws:iam::ACCOUNT:mfa/NAME in the profile"),
            Self::NotMfa { serial, profile, kind } => {
                let place = profile.as_ref().map(|name| format!("profile {}: ", safe(name)));
                let message = format!("{}{}: {}", place.unwrap_or_default(), safe(serial), not_mfa(kind));
                Explanation::new(Exit::BadInput, message)
                    .hint("the ARN of the MFA device, arn:aws:iam::ACCOUNT:mfa/NAME")
            }
            Self::NoDevice { serial } => {
                Explanation::new(Exit::No, format!("{}: no device here has this serial number", safe(serial)))
                    .hint("keyfob edit QUERY --serial ARN, where it is one of those that keyfob list shows")
            }
            Self::Unknown { target } => {
                let target: String = target.chars().take(40).collect();
                Explanation::new(
                    Exit::No,
                    format!("{}: no profile and no device is called so", safe(&target)),
                )
                .hint("aws configure list-profiles, or keyfob list")
            }
            Self::NoSerialHere { label } => Explanation::new(
                Exit::BadInput,
                format!("{}: it has no MFA device's ARN as its serial", safe(label)),
            )
            .hint("keyfob edit QUERY --serial ARN"),
            Self::NoCertificate { path } => Explanation::new(
                Exit::BadInput,
                format!("{}: there is no certificate in it", safe(&path.to_string_lossy())),
            )
            .hint("AWS_CA_BUNDLE with a PEM file, or without"),
            Self::Counter { label } => Explanation::new(
                Exit::BadInput,
                format!("{}: its codes come from a counter, and AWS takes those of a clock", safe(label)),
            ),
        }
    }
}

fn not_mfa(kind: &ArnKind) -> &'static str {
    match kind {
        ArnKind::Mfa(_) => "it names an MFA device",
        ArnKind::SecurityKey => "it names a security key or passkey, and those make no codes",
        ArnKind::User => "it names a user, not an MFA device: those have :mfa/ in their ARN",
        ArnKind::Other => "it names no MFA device",
    }
}

/// Why there are no keys to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAwsKeys {
    /// keyfob was run by a program that keyfob runs to get keys.
    Inside,
    /// They should stand in the environment.
    NotInEnvironment,
    /// Only the AWS CLI could get them, and that is not there.
    NoAwsCli {
        /// For which profile.
        profile: String,
    },
    /// Only another program knows them, and the full screen runs none.
    OnCommandLine {
        /// For which profile.
        profile: String,
    },
    /// They are those of a session, and none is kept.
    NoSession {
        /// For which profile.
        profile: String,
    },
    /// The AWS CLI did not get them.
    NotExported {
        /// For which profile.
        profile: String,
        /// What it said of it, in one line.
        said: String,
    },
}

impl Explain for NoAwsKeys {
    fn explain(&self) -> Explanation {
        match self {
            Self::Inside => Explanation::new(
                Exit::BadInput,
                "credential_process: it leads back to keyfob, which asked for these keys itself",
            )
            .hint("--profile with the profile that has the long-term keys"),
            Self::NotInEnvironment => Explanation::new(
                Exit::BadInput,
                "credential_source: there are no keys in the environment",
            )
            .hint("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            Self::NoAwsCli { profile } => about_profile(
                Exit::System,
                profile,
                "its keys come from single sign-on or another program, which only the AWS CLI knows to ask, and that is not installed",
            )
            .hint("version 2 of the AWS CLI, or a profile with long-term keys"),
            Self::OnCommandLine { profile } => about_profile(
                Exit::System,
                profile,
                "its keys come from single sign-on or another program, which only the command line asks",
            )
            .hint("keyfob aws enroll --profile NAME, in a shell"),
            Self::NoSession { profile } => {
                about_profile(Exit::No, profile, "it takes on a role, and no session of it is kept")
                    .hint("keyfob aws credentials --profile NAME, which begins one")
            }
            Self::NotExported { profile, said } => {
                let said = if said.is_empty() { String::new() } else { format!(": {}", safe(said)) };
                let why = format!("aws configure export-credentials did not hand out its keys{said}");
                about_profile(Exit::System, profile, &why)
                    .hint("aws sso login --profile NAME, or version 2 of the AWS CLI")
            }
        }
    }
}
