//! `lock`: shows or changes how the vault is locked.

use super::context::Context;
use super::failure::Failure;
use super::values::work_factor;
use crate::explain::{Exit, Reason as _, report};
use crate::vault::{LockInfo, Recipient, RecipientChange, WorkFactor};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The examples of `lock`, where its commands are listed.
pub(super) const EXAMPLES: &str = "\
Examples:
  keyfob lock show                      a passphrase, or which recipients
  keyfob lock passphrase                asks for the old and the new one
  keyfob lock recipients --add age1...  one more key opens it";

const PASSPHRASE_EXAMPLES: &str = "\
Examples:
  keyfob lock passphrase                asks for the old and the new one
  keyfob lock passphrase --passphrase-file old --new-passphrase-file new";

const RECIPIENTS_EXAMPLES: &str = "\
Examples:
  keyfob lock recipients                who can open the vault with a key
  keyfob lock recipients --add age1...  one more can
  keyfob lock recipients --remove age1...";

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
    /// List, add and remove who can open the vault with a key
    Recipients(Recipients),
}

#[derive(Debug, Args)]
#[command(after_help = RECIPIENTS_EXAMPLES)]
pub(super) struct Recipients {
    /// An age or ssh public key that shall open the vault (repeatable)
    #[arg(long, value_name = "R")]
    add: Vec<String>,
    /// One that shall not any more (repeatable)
    #[arg(long, value_name = "R")]
    remove: Vec<String>,
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
        match self {
            Self::Show => false,
            Self::Passphrase(_) => true,
            Self::Recipients(arguments) => !(arguments.add.is_empty() && arguments.remove.is_empty()),
        }
    }
}

pub(super) fn run(command: &Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Show => show(context),
        Command::Passphrase(arguments) => change_passphrase(arguments, context),
        Command::Recipients(arguments) => recipients(arguments, context),
    }
}

fn show(context: &mut Context) -> Result<Exit, Failure> {
    let sealed = context.store()?.read()?;
    let lock = sealed.lock().clone();
    let session = context.by_agent(sealed).or_else(|sealed| context.open(*sealed))?;
    context.out.print(&report::lock(&lock, session.recipients()));
    Ok(Exit::Done)
}

fn change_passphrase(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let file = arguments.new_passphrase_file.as_deref();
    context.one_stdin(&[("--new-passphrase-file", file)])?;
    let mut session = context.unlock_in_person()?;
    let new = context.new_passphrase("new passphrase", "--new-passphrase-file", file)?;
    let now = context.now();
    session.change_passphrase(&new, arguments.work_factor, now)?;
    context.out.print(&report::locked_anew());
    Ok(Exit::Done)
}

fn recipients(arguments: &Recipients, context: &mut Context) -> Result<Exit, Failure> {
    let change = RecipientChange {
        add: parsed("--add", &arguments.add)?,
        remove: parsed("--remove", &arguments.remove)?,
    };
    if change == RecipientChange::default() {
        let session = context.unlock()?;
        if session.recipients().is_empty() {
            context.out.note(report::note::no_recipients());
        }
        context.out.print(&report::recipients(session.recipients()));
        return Ok(Exit::Done);
    }
    let sealed = context.store()?.read()?;
    let lock = sealed.lock().clone();
    let mut session = context.open(sealed)?;
    let now = context.now();
    let (added, removed) = match lock {
        LockInfo::Passphrase { work_factor } if !change.remove.is_empty() => {
            let passphrase = context.passphrase("passphrase")?;
            session.change_recipients(&change, Some((&passphrase, work_factor)), now)?
        }
        _ => session.change_recipients(&change, None, now)?,
    };
    context.out.print(&report::recipients_changed(added, removed));
    Ok(Exit::Done)
}

/// By number where one is wrong: what was pasted there may be a secret key.
fn parsed(option: &str, texts: &[String]) -> Result<Vec<Recipient>, Failure> {
    let parse = |(index, text): (usize, &String)| {
        Recipient::parse(text).map_err(|error| error.about(format!("{option} number {}", index + 1)).into())
    };
    texts.iter().enumerate().map(parse).collect()
}
