//! `aws forget`: forgets the sessions that are kept.

use super::session::folders;
use crate::caller;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::explain::Exit;
use crate::explain::aws::notes;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws forget                     the next aws credentials asks AWS again";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments;

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    let sessions = caller::forget(&folders()?)?;
    context.out.print(&notes::forgot(sessions));
    Ok(Exit::Done)
}
