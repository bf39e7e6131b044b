//! `lock`: shows or changes how the vault is locked.

use super::context::Context;
use super::failure::Failure;
use super::values::work_factor;
use crate::explain::{Exit, report};
use crate::vault::WorkFactor;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The examples of `lock`, where its commands are listed.
pub(super) const EXAMPLES: &str = "\
Examples:
  keyfob lock show                      a passphrase, or which recipients
  keyfob lock passphrase                asks for the old and the new one";

const PASSPHRASE_EXAMPLES: &str = "\
Examples:
  keyfob lock passphrase                asks for the old and the new one
  keyfob lock passphrase --passphrase-file old --new-passphrase-file new";

const SHOW_EXAMPLES: &str = "\
Examples:
  keyfob lock show                      a passphrase, or which recipients
  keyfob lock show -i key.txt           of a vault that has no passphrase";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show how the vault is locked, and to whom
    #[command(after_help = SHOW_EXAMPLES)]
    Show,
    /// Lock the vault with another passphrase
    Passphrase(Arguments),
}

#[derive(Debug, Args)]
#[command(after_help = PASSPHRASE_EXAMPLES)]
pub(super) struct Arguments {
    /// Read the new passphrase from FILE's first line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// The cost of trying a passphrase: log2 of scrypt's N, 1 to 20
    #[arg(long, value_name = "N", default_value = "17", value_parser = work_factor)]
    work_factor: WorkFactor,
}

impl Command {
    pub(super) fn writes(&self) -> bool {
        matches!(self, Self::Passphrase(_))
    }
}

pub(super) fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Show => show(context),
        Command::Passphrase(arguments) => change_passphrase(arguments, context),
    }
}

fn show(context: &mut Context) -> Result<Exit, Failure> {
    let sealed = context.store()?.read()?;
    let lock = sealed.lock().clone();
    let session = context.open(sealed)?;
    context.out.print(&report::lock(&lock, session.recipients()));
    Ok(Exit::Done)
}

fn change_passphrase(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let file = arguments.new_passphrase_file.as_deref();
    context.one_stdin(&[("--new-passphrase-file", file)])?;
    let mut session = context.unlock()?;
    let new = context.new_passphrase("new passphrase", "--new-passphrase-file", file)?;
    let now = context.now();
    session.change_passphrase(&new, arguments.work_factor, now)?;
    context.out.print(&report::locked_anew());
    Ok(Exit::Done)
}
