//! `init`: makes a vault.

use super::context::Context;
use super::failure::Failure;
use super::recipients::Recipients;
use super::values::work_factor;
use crate::explain::{Exit, report};
use crate::vault::{NewLock, VaultError, WorkFactor};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob init                           asks for a passphrase, twice
  keyfob init --recipient age1qx...     a vault that this identity alone opens";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    recipients: Recipients,
    /// The cost of trying a passphrase: log2 of scrypt's N, 1 to 20
    #[arg(long, value_name = "N", default_value = "17", value_parser = work_factor)]
    work_factor: WorkFactor,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let store = context.store()?;
    // Asked before the passphrase is; `create` makes sure of it under the lock.
    if store.path().symlink_metadata().is_ok() {
        return Err(VaultError::Exists { path: store.path().into() }.into());
    }
    let recipients = arguments.recipients.read(context)?;
    let lock = if recipients.is_empty() {
        let file = context.global.passphrase_file.clone();
        let passphrase = context.new_passphrase("new passphrase", "--passphrase-file", file.as_deref())?;
        NewLock::Passphrase(passphrase, arguments.work_factor)
    } else {
        NewLock::Recipients(recipients)
    };
    store.create(&lock, context.now())?;
    context.out.print(&report::made(store.path()));
    Ok(Exit::Done)
}
