//! `aws exec`: runs a command with a session.

use super::session::Asked;
use super::variables;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::explain::{Exit, FileProblem, Trouble};
use clap::Args;
use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

const EXAMPLES: &str = "\
Examples:
  keyfob aws exec --profile base -- aws s3 ls
  keyfob aws exec --profile admin --duration 900 -- terraform plan";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// The command, and its arguments
    #[arg(required = true, last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

/// Only comes back where the command can't be run.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let (session, way) = arguments.asked.session(context)?;
    context.out.flush_notes();
    // The command's terminal echoes again.
    context.terminal = None;
    let (program, rest) = arguments.command.split_first().ok_or(Trouble::NothingTyped("CMD".to_owned()))?;
    let mut command = Command::new(program);
    command.args(rest);
    for name in variables::GONE {
        command.env_remove(name);
    }
    for (name, value) in variables::of(&session, &way) {
        command.env(name, value.as_str());
    }
    crate::terminal::soften();
    let error = command.exec();
    Err(Trouble::File(program.into(), FileProblem::System(error)).into())
}
