//! Why a device can't be enrolled.

use crate::device::Enrolled;
use crate::explain::{Exit, Explain, Explanation};
use crate::text::safe;

/// Why it can't be told for which user, or not for one of this account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoUser {
    /// The keys are those of the account's root user.
    Root,
    /// The device is another account's.
    OtherAccount {
        /// The device's ARN.
        serial: String,
        /// Whose keys these are.
        account: String,
    },
    /// The keys are no user's.
    NotUser {
        /// Whose they are.
        arn: String,
    },
}

impl Explain for NoUser {
    fn explain(&self) -> Explanation {
        match self {
            Self::Root => Explanation::new(
                Exit::BadInput,
                "root: AWS gives the root user its devices in the console alone, with no call for it",
            )
            .hint(
                "keyfob, and a: the secret that the console shows, then two codes from the enrolment screen",
            ),
            Self::OtherAccount { serial, account } => Explanation::new(
                Exit::No,
                format!("{}: these keys are those of the account {}", safe(serial), safe(account)),
            )
            .hint("--profile with keys of the device's own account"),
            Self::NotUser { arn } => {
                Explanation::new(Exit::BadInput, format!("{}: these keys are no user's", safe(arn)))
                    .hint("--user NAME")
            }
        }
    }
}

/// Why a device can't be enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEnrolment {
    /// No enrolment stopped.
    NothingStopped,
    /// More than one did.
    Several {
        /// The labels of two of them.
        labels: Vec<String>,
    },
    /// There is a device of this name, and somebody uses it.
    NameTaken {
        /// The name.
        name: String,
    },
    /// There is a device of this name that nobody uses, of which nobody knows the secret.
    Abandoned {
        /// Its ARN.
        serial: String,
    },
    /// AWS took the codes, and does not list the device.
    NotListed {
        /// Its ARN.
        serial: String,
    },
}

impl Explain for NoEnrolment {
    fn explain(&self) -> Explanation {
        match self {
            Self::NothingStopped => {
                Explanation::new(Exit::No, "aws enroll --resume: no enrolment stopped on its way")
                    .hint("keyfob aws enroll, which begins one")
            }
            Self::Several { labels } => Explanation::new(
                Exit::No,
                format!("aws enroll --resume: several enrolments stopped: {}", safe(&labels.join(", "))),
            )
            .hint("--name NAME, the device's"),
            Self::NameTaken { name } => {
                Explanation::new(Exit::No, format!("{}: a device of this name is in use", safe(name)))
                    .hint("--name with another name")
            }
            Self::Abandoned { serial } => Explanation::new(
                Exit::No,
                format!("{}: it is there, nobody uses it, and AWS shows its secret no more", safe(serial)),
            )
            .hint("keyfob aws enroll --resume, if it is here; else keyfob aws unenroll ARN --yes, then the same again"),
            Self::NotListed { serial } => {
                Explanation::new(Exit::System, format!("{}: AWS took its codes, and does not list it yet", safe(serial)))
            }
        }
    }
}

/// An enrolment that stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// What was done.
    pub how_far: Enrolled,
    /// Why it stopped.
    pub why: Explanation,
}

impl Explain for Stuck {
    fn explain(&self) -> Explanation {
        let done = match self.how_far {
            Enrolled::Created => "the device is here, and AWS does not use it yet",
            Enrolled::Enabled => "the device is here, and AWS took its codes",
            Enrolled::Verified => "the device is here",
        };
        let Explanation { message, exit, hint } = &self.why;
        let told = Explanation::new(*exit, format!("{message} ({done})"));
        match hint {
            Some(hint) => {
                told.hint(format!("{hint}; then keyfob aws enroll --resume, which goes on from there"))
            }
            None => told.hint("keyfob aws enroll --resume, which goes on from there"),
        }
    }
}
