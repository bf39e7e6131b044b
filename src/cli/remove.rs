//! `remove`: takes a device out of the vault.

use super::context::Context;
use super::failure::Failure;
use super::open::pick;
use crate::explain::{Exit, Misuse, report};
use crate::vault::{Change, Reason};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob remove GitHub:alice --yes
  keyfob restore --list                 where it still is";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which device: an id, issuer:account, or any text that only one device has
    query: String,
    /// Really remove it; it stays in the history
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    if !arguments.yes {
        return Err(context.misuse(&Misuse::YesNeeded));
    }
    let mut session = context.unlock()?;
    let now = context.now();
    let ((label, id), _) = session.update(Reason::Change, now, |vault| -> Result<_, Failure> {
        let device = pick(vault, &arguments.query)?;
        let (label, id) = (device.label(), device.id);
        vault.apply(&Change::Remove(id), now)?;
        Ok((label, id))
    })?;
    context.out.print(&report::removed(&label, id));
    Ok(Exit::Done)
}
