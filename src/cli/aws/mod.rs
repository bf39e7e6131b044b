//! `aws`: codes and credentials for AWS.

mod cache;
mod code;
mod credentials;
mod env;
mod exec;
mod files;
mod forget;
mod keys;
mod session;
mod variables;

use super::context::Context;
use super::failure::Failure;
use crate::explain::Exit;
use clap::Subcommand;

/// The examples of `aws`, where its commands are listed.
pub(super) const EXAMPLES: &str = "\
Examples:
  keyfob aws code prod                  the code for the profile prod's mfa_serial, never handed out before
  keyfob aws exec --profile prod -- aws s3 ls

The profiles are those of ~/.aws/config and ~/.aws/credentials, or of AWS_CONFIG_FILE and
AWS_SHARED_CREDENTIALS_FILE.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the code for a profile's MFA device, one that was not handed out before
    Code(code::Arguments),
    /// Begin a session with a code, and print its credentials as a `credential_process` does
    Credentials(credentials::Arguments),
    /// Run a command with a session's credentials
    Exec(exec::Arguments),
    /// Print a session's credentials as variables, for a shell
    Env(env::Arguments),
    /// Forget the sessions that are kept until they are over
    Forget(forget::Arguments),
}

impl Command {
    /// As it was typed.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Code(_) => "aws code",
            Self::Credentials(_) => "aws credentials",
            Self::Exec(_) => "aws exec",
            Self::Env(_) => "aws env",
            Self::Forget(_) => "aws forget",
        }
    }

    /// Whether `--json` means something for it. (`credentials` prints JSON whether it is asked for or not.)
    pub(super) fn has_json(&self) -> bool {
        matches!(self, Self::Code(_) | Self::Credentials(_))
    }

    /// Whether it writes: a code that goes to AWS is written down as spent.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Code(_) | Self::Credentials(_) | Self::Exec(_) | Self::Env(_) | Self::Forget(_) => true,
        }
    }
}

pub(super) fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Code(arguments) => code::run(arguments, context),
        Command::Credentials(arguments) => credentials::run(arguments, context),
        Command::Exec(arguments) => exec::run(arguments, context),
        Command::Env(arguments) => env::run(arguments, context),
        Command::Forget(_) => forget::run(context),
    }
}
