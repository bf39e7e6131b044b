//! `aws credentials`: a session, as a `credential_process` prints it.

use super::session::Asked;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::explain::Exit;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws credentials --profile base --duration 3600
  credential_process = keyfob aws credentials --profile base

The last is a line for another profile of ~/.aws/config. The session is kept until shortly before it \
is over, encrypted with a key that only lies in memory: until then nothing is asked.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let (session, _) = arguments.asked.session(context)?;
    context.out.print(&session.to_json());
    context.out.print("\n");
    Ok(Exit::Done)
}
