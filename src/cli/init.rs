//! `init`: makes a vault.

use super::context::Context;
use super::export::recipients;
use super::failure::Failure;
use crate::explain::{Exit, report};
use crate::vault::{NewLock, VaultError, WorkFactor};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  keyfob init                           asks for a passphrase, twice
  keyfob init --recipient age1qx...     a vault that only this age identity opens";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Lock it to an age or ssh public key instead of a passphrase (repeatable)
    #[arg(long, value_name = "R")]
    recipient: Vec<String>,
    /// Lock it to the recipients that a file holds, one a line (repeatable)
    #[arg(long, value_name = "FILE")]
    recipients_file: Vec<PathBuf>,
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
    let recipients = recipients(context, &arguments.recipient, &arguments.recipients_file)?;
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

/// Takes a work factor from the command line.
pub(super) fn work_factor(typed: &str) -> Result<WorkFactor, String> {
    typed.parse().ok().and_then(WorkFactor::new).ok_or_else(|| format!("1 to {}", WorkFactor::MAX.get()))
}
