//! `aws`: codes, sessions and devices for AWS.

mod code;
mod codes;
mod credentials;
mod enroll;
mod env;
mod exec;
mod forget;
mod iam;
mod list;
mod resync;
mod session;
mod unenroll;
mod variables;

use super::context::Context;
use super::failure::Failure;
use crate::explain::Exit;
use clap::Subcommand;
pub(super) use session::folders;

/// The examples of `aws`, where its commands are listed.
pub(super) const EXAMPLES: &str = "\
Examples:
  keyfob aws enroll --profile base      a new device for the user of a profile
  keyfob aws code base                  the code for a profile's mfa_serial
  keyfob aws exec --profile base -- aws s3 ls

The profiles are those of ~/.aws/config and ~/.aws/credentials.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the fresh code for a profile's MFA device
    Code(code::Arguments),
    /// Print a session's credentials as a `credential_process` does
    Credentials(credentials::Arguments),
    /// Run a command with a session's credentials
    Exec(exec::Arguments),
    /// Print a session's credentials as variables, for a shell
    Env(env::Arguments),
    /// Make a virtual MFA device, keep it, and give it to a user
    Enroll(enroll::Arguments),
    /// Have AWS find out a device's clock anew, with two codes in a row
    Resync(resync::Arguments),
    /// List a user's MFA devices there against the devices here
    List(list::Arguments),
    /// Take a virtual MFA device from its user, and delete it there and here
    Unenroll(unenroll::Arguments),
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
            Self::Enroll(_) => "aws enroll",
            Self::Resync(_) => "aws resync",
            Self::List(_) => "aws list",
            Self::Unenroll(_) => "aws unenroll",
            Self::Forget(_) => "aws forget",
        }
    }

    /// Whether `--json` means something for it. (`credentials` prints JSON whether it is asked for or not.)
    pub(super) fn has_json(&self) -> bool {
        matches!(self, Self::Code(_) | Self::Credentials(_) | Self::List(_))
    }

    /// Whether it writes: a code that goes to AWS is written down as spent.
    pub(super) fn writes(&self) -> bool {
        !matches!(self, Self::List(_))
    }
}

pub(super) fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Code(arguments) => code::run(arguments, context),
        Command::Credentials(arguments) => credentials::run(arguments, context),
        Command::Exec(arguments) => exec::run(arguments, context),
        Command::Env(arguments) => env::run(arguments, context),
        Command::Enroll(arguments) => enroll::run(arguments, context),
        Command::Resync(arguments) => resync::run(arguments, context),
        Command::List(arguments) => list::run(arguments, context),
        Command::Unenroll(arguments) => unenroll::run(arguments, context),
        Command::Forget(_) => forget::run(context),
    }
}
