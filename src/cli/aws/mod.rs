//! `aws`: codes and credentials for AWS.

mod code;
mod files;

use super::context::Context;
use super::failure::Failure;
use crate::explain::Exit;
use clap::Subcommand;

/// The examples of `aws`, where its commands are listed.
pub(super) const EXAMPLES: &str = "\
Examples:
  keyfob aws code prod                  the code for the profile prod's mfa_serial, never handed out before

The profiles are those of ~/.aws/config and ~/.aws/credentials, or of AWS_CONFIG_FILE and
AWS_SHARED_CREDENTIALS_FILE.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the code for a profile's MFA device, one that was not handed out before
    Code(code::Arguments),
}

impl Command {
    /// As it was typed.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Code(_) => "aws code",
        }
    }

    /// Whether `--json` means something for it.
    pub(super) fn has_json(&self) -> bool {
        match self {
            Self::Code(_) => true,
        }
    }

    /// Whether it writes: a code that goes to AWS is written down as spent.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Code(_) => true,
        }
    }
}

pub(super) fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Code(arguments) => code::run(arguments, context),
    }
}
