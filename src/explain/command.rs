//! What is wrong with a command line, and with what a command needs from the system.

use super::files::{format_names, names_of};
use super::vaults::system_says;
use super::{Exit, Explain, Explanation};
use crate::text::safe;
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a command line. No variant holds what was typed as a value: that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// An option that is not there; perhaps this one was meant.
    NoSuchOption {
        /// As it was typed, without a value.
        option: String,
        /// The nearest one.
        meant: Option<String>,
    },
    /// A subcommand that is not there; the name only where it can't be a secret.
    NoSuchCommand {
        /// As it was typed.
        name: Option<String>,
        /// The nearest one.
        meant: Option<String>,
    },
    /// One argument more than the command takes.
    OneTooMany,
    /// These have to be given.
    Missing(Vec<String>),
    /// These two can't go together.
    Conflict(String, String),
    /// An option or argument without its value.
    NoValue(String),
    /// A value that an option or argument does not take.
    BadValue {
        /// Which option or argument.
        option: String,
        /// What it takes.
        takes: String,
    },
    /// Standard input can be read only once.
    StdinTwice(&'static str, &'static str),
    /// `--read-only` with a command that writes.
    ReadOnly,
    /// `--json` with a command that has no JSON.
    NoJson,
    /// `remove` without `--yes`.
    YesNeeded,
    /// An option that means nothing for devices of this kind.
    NotForKind {
        /// Which option.
        option: &'static str,
        /// `totp`, `hotp` or `steam`.
        kind: &'static str,
    },
    /// A clear-text format without `--plaintext`.
    PlaintextNeeded {
        /// Which format.
        format: &'static str,
    },
    /// A format that can be encrypted, without a password, `--plaintext`, or a terminal to ask on.
    PasswordNeeded {
        /// Which format.
        format: &'static str,
    },
    /// A format that is not known, or can't be written.
    NoSuchFormat {
        /// As it was typed.
        name: String,
        /// The formats there are for this.
        known: String,
    },
    /// A secret would be written where it is not seen, but kept.
    NotATerminal,
    /// An option that names one device, where there are several.
    OnlyForOne {
        /// Which option.
        option: &'static str,
        /// How many devices there are.
        devices: usize,
    },
    /// `-` for a file that has to be read back.
    NotToStdout,
    /// An empty text where one is needed.
    Empty(&'static str),
}

impl Misuse {
    /// Tells it to a person, about this command of keyfob's (empty: about keyfob itself).
    pub fn about(&self, command: &str) -> Explanation {
        let command = safe(command);
        let what = match self {
            Self::NoSuchOption { option, .. } | Self::BadValue { option, .. } | Self::NoValue(option) => {
                safe(option).into_owned()
            }
            Self::NotForKind { option, .. } | Self::OnlyForOne { option, .. } => (*option).to_owned(),
            Self::ReadOnly => "--read-only".to_owned(),
            Self::NoJson => "--json".to_owned(),
            Self::NoSuchFormat { name, .. } => safe(name).into_owned(),
            _ if command.is_empty() => "command line".to_owned(),
            _ => command.clone().into_owned(),
        };
        Explanation::new(Exit::Usage, format!("{what}: {}", self.why(&command))).hint(self.next(&command))
    }

    fn why(&self, command: &str) -> String {
        match self {
            Self::NoSuchOption { .. } => "there is no such option".into(),
            Self::NoSuchCommand { name: Some(name), .. } => format!("there is no command {}", safe(name)),
            Self::NoSuchCommand { name: None, .. } => "there is no such command".into(),
            Self::OneTooMany => "one argument too many".into(),
            Self::Missing(names) => format!("{} missing", list(names)),
            Self::Conflict(one, other) => format!("{} and {} can't go together", safe(one), safe(other)),
            Self::NoValue(_) => "its value is missing".into(),
            Self::BadValue { takes, .. } => format!("it takes {}", safe(takes)),
            Self::StdinTwice(one, other) => {
                format!("{one} and {other} can't both be read from standard input")
            }
            Self::ReadOnly if command == "qr" => "qr shows a secret".into(),
            Self::ReadOnly => format!("{command} writes"),
            Self::NotATerminal => "it shows a secret, and standard output is no terminal".into(),
            Self::OnlyForOne { devices, .. } => format!("it names one device, and there are {devices}"),
            Self::NoJson => format!("{command} has no JSON"),
            Self::YesNeeded => "nothing is removed without --yes".into(),
            Self::NotForKind { kind, .. } => format!("it means nothing for {kind} devices"),
            Self::PlaintextNeeded { format } => format!("{format} files hold every secret in clear text"),
            Self::PasswordNeeded { format } => {
                format!(
                    "{format} files are encrypted with a password, and there is no terminal to ask for it on"
                )
            }
            Self::NoSuchFormat { known, .. } => format!("no such format: there are {}", safe(known)),
            Self::NotToStdout => "what goes to standard output can't be read back and proven".into(),
            Self::Empty(what) => format!("{what} is empty"),
        }
    }

    fn next(&self, command: &str) -> String {
        match self {
            Self::NoSuchOption { meant: Some(meant), .. } => safe(meant).into_owned(),
            Self::NoSuchCommand { meant: Some(meant), .. } => format!("keyfob {}", safe(meant)),
            Self::StdinTwice(..) => "a file for one of them".into(),
            Self::NotToStdout => "a file's name".into(),
            Self::NotATerminal => format!("keyfob {command} QUERY --png FILE, or --svg FILE"),
            Self::OnlyForOne { .. } => "keyfob edit QUERY, once they are added".into(),
            Self::YesNeeded => "the same with --yes; the device stays in the history".into(),
            Self::PlaintextNeeded { .. } => {
                "the same with --plaintext, or without --format for an encrypted backup".into()
            }
            Self::PasswordNeeded { .. } => {
                "--backup-passphrase-file FILE, or --plaintext for one in clear text".into()
            }
            Self::ReadOnly => "the same without --read-only".into(),
            _ if command.is_empty() => "keyfob --help".into(),
            _ => format!("keyfob {command} --help"),
        }
    }
}

fn list(names: &[String]) -> String {
    let verb = if names.len() > 1 { "are" } else { "is" };
    format!("{} {verb}", safe(&names.join(", ")))
}

/// What is wrong with a file that a command reads.
#[derive(Debug)]
pub enum FileProblem {
    /// The system says no.
    System(io::Error),
    /// Its first line is empty.
    EmptyLine,
    /// It is longer than what it should hold.
    TooLong {
        /// How many bytes may be.
        limit: usize,
    },
    /// The folder holds more files than are read.
    TooMany {
        /// How many may be.
        limit: usize,
    },
    /// It is not text in UTF-8.
    NotText,
    /// There is not one recipient in it.
    NoRecipient,
}

/// What a command needs from the system, and does not get.
#[derive(Debug)]
pub enum Trouble {
    /// There is no terminal to ask on.
    NoTerminal {
        /// What would be asked for.
        what: String,
        /// The option that says it otherwise.
        option: &'static str,
    },
    /// Nothing was typed.
    NothingTyped(String),
    /// The two passphrases that were typed are not the same.
    Differ,
    /// The person said no to the cost of opening.
    TooDear,
    /// The person said no to the cost of opening another app's file.
    FileTooDear,
    /// The program gpg is not there.
    NoGpg,
    /// A file that can't be used.
    File(PathBuf, FileProblem),
    /// Run by sudo on somebody else's vault.
    Sudo(PathBuf),
    /// Run with somebody else's rights.
    Setuid,
    /// Where the home folder is can't be told.
    NoHome,
    /// Standard output can't be written.
    Output(io::Error),
    /// The system has no random numbers.
    NoRandom(io::Error),
    /// A device's URI is too long for any QR code: how it is called.
    NoQrCode(String),
    /// A QR code does not fit the terminal.
    QrTooLarge {
        /// Columns and lines that it takes.
        needs: (usize, usize),
        /// Columns and lines that there are.
        has: (usize, usize),
    },
    /// No device fits the text of a list.
    NothingFits(String),
    /// A hardware token shows its codes itself: how it is called.
    OnToken(String),
}

impl Explain for Trouble {
    fn explain(&self) -> Explanation {
        match self {
            Self::NoTerminal { what, option } => {
                Explanation::new(Exit::Locked, format!("{what}: no terminal to ask for it on"))
                    .hint(format!("{option} FILE"))
            }
            Self::NothingTyped(what) => Explanation::new(Exit::Locked, format!("{what}: none was typed")),
            Self::Differ => {
                Explanation::new(Exit::BadInput, "passphrase: the two that were typed are not the same")
                    .hint("the same again")
            }
            Self::TooDear => Explanation::new(Exit::Locked, "vault: left closed, as you said"),
            Self::FileTooDear => Explanation::new(Exit::BadInput, "file: left closed, as you said"),
            Self::NoGpg => Explanation::new(Exit::System, "gpg: it is not installed")
                .hint("the same where gpg and its keys are"),
            Self::File(path, problem) => file(path, problem),
            Self::Sudo(path) => {
                at(Exit::System, path, "it belongs to another user, and root's files would be left beside it")
                    .hint("the same without sudo")
            }
            Self::Setuid => {
                Explanation::new(Exit::System, "keyfob: it runs with another user's rights (setuid)")
                    .hint("chmod u-s,g-s on the program")
            }
            Self::NoHome => {
                Explanation::new(Exit::System, "vault: there is no home folder to look for it in")
                    .hint("--vault FILE")
            }
            Self::Output(error) => {
                Explanation::new(Exit::System, format!("standard output: {}", system_says(error)))
            }
            Self::NoRandom(error) => {
                Explanation::new(Exit::System, format!("random numbers: {}", system_says(error)))
            }
            Self::NoQrCode(label) => {
                Explanation::new(Exit::BadInput, format!("{}: too much for a QR code", safe(label)))
                    .hint("shorter names: keyfob edit")
            }
            Self::QrTooLarge { needs, has } => {
                let message = format!(
                    "QR code: it takes {}x{}, and the terminal has {}x{}",
                    needs.0, needs.1, has.0, has.1
                );
                Explanation::new(Exit::System, message).hint("a larger window, a smaller font, or --png FILE")
            }
            Self::OnToken(label) => {
                Explanation::new(Exit::No, format!("{}: its codes are on the token", safe(label)))
                    .hint("keyfob aws credentials, which asks for a code of it")
            }
            Self::NothingFits(query) => {
                let query: String = query.chars().take(40).collect();
                Explanation::new(Exit::No, format!("{}: no device fits", safe(&query)))
            }
        }
    }
}

fn at(exit: Exit, path: &Path, why: &str) -> Explanation {
    Explanation::new(exit, format!("{}: {why}", safe(&path.to_string_lossy())))
}

fn file(path: &Path, problem: &FileProblem) -> Explanation {
    match problem {
        FileProblem::System(error) => at(Exit::System, path, &system_says(error)),
        FileProblem::EmptyLine => at(Exit::BadInput, path, "its first line is empty"),
        FileProblem::TooLong { limit } => at(Exit::BadInput, path, &format!("more than {limit} bytes")),
        FileProblem::TooMany { limit } => at(Exit::BadInput, path, &format!("more than {limit} files")),
        FileProblem::NotText => at(Exit::BadInput, path, "it is not text in UTF-8"),
        FileProblem::NoRecipient => at(Exit::BadInput, path, "there is not one recipient in it"),
    }
}

/// The formats that can be written, for a person.
pub fn writable_formats() -> String {
    names_of(|format| format.write.is_some() || format.name == crate::exchange::KEYFOB)
}

/// The formats that can be read, for a person.
pub fn readable_formats() -> String {
    format_names()
}
