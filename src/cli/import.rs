//! `import`: adds the devices of other apps' files, all in one save.

use super::context::Context;
use super::failure::Failure;
use super::intake;
use super::source::{KeyPaths, read_all};
use crate::exchange::{self, Entry, Format, Intake, take_in};
use crate::explain::{Exit, Misuse, readable_formats};
use crate::foreign::Read;
use crate::vault::Reason;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  keyfob import uris.txt                a file of otpauth URIs, one a line
  keyfob import aegis.json bw.json      several apps' files, in one save
  keyfob import ~/.password-store       a folder: every file in it that is known
  keyfob import shots/*.png             pictures with QR codes, one or several in each
  keyfob import backup.age --dry-run    says what would happen, and changes nothing";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The files, or folders of them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The files' format, where it can't be told from their contents
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Read the files' own password from P's first line; `-` is standard input
    #[arg(long, value_name = "P")]
    password_file: Option<PathBuf>,
    /// The key file of a `KeePass` database, with its password or without
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Say what would happen, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let format = arguments.format.as_deref().map(|name| known(name, context)).transpose()?;
    let stdin = arguments.files.iter().map(|path| ("FILE", Some(path.as_path())));
    let keys = KeyPaths {
        password_file: arguments.password_file.as_deref(),
        key_file: arguments.key_file.as_deref(),
    };
    let others = [("--password-file", keys.password_file), ("--key-file", keys.key_file)];
    context.one_stdin(&stdin.chain(others).collect::<Vec<_>>())?;
    // All files are read before anything is changed: one that is no use leaves the vault as it was.
    let mut files = read_all(&arguments.files, format, keys, context)?;
    name_missing_parts(&mut files);
    let head = intake::Head {
        format: format_of(&files),
        dry_run: arguments.dry_run,
        secret: None,
        files: files.iter().map(|file| (file.path.display().to_string(), file.entries.len())).collect(),
    };
    // One file's entries are taken as they are: a list of all would be one more.
    let all = files.into_iter().map(|file| file.entries).reduce(|mut all, more| {
        all.extend(more);
        all
    });
    let entries: Vec<Entry> = all.unwrap_or_default();
    let intake = taken(entries, arguments.dry_run, context)?;
    head.tell(&intake, context)
}

fn known(name: &str, context: &Context) -> Result<&'static Format, Failure> {
    exchange::by_name(name)
        .ok_or_else(|| context.misuse(&Misuse::NoSuchFormat { name: name.into(), known: readable_formats() }))
}

/// A batch may be spread over all of the files: what is missing of it is told with the last of them.
fn name_missing_parts(files: &mut [Read]) {
    let parts: Vec<_> = files.iter().flat_map(|file| file.parts.iter().copied()).collect();
    if let Some(last) = files.iter_mut().rev().find(|file| !file.parts.is_empty()) {
        last.entries.extend(exchange::missing_parts(&parts));
    }
}

fn format_of(files: &[Read]) -> &'static str {
    let mut names = files.iter().map(|file| file.format);
    let first = names.next().unwrap_or_default();
    if names.all(|name| name == first) { first } else { "mixed" }
}

/// Into the vault with them, in one save; in a dry run only in memory.
pub(super) fn taken(entries: Vec<Entry>, dry_run: bool, context: &mut Context) -> Result<Intake, Failure> {
    let mut session = context.unlock()?;
    let now = context.now();
    if dry_run {
        return Ok(take_in(&mut session.vault().clone(), &entries, now));
    }
    let (intake, _) = session.update(Reason::Import, now, move |vault| {
        // What was read is gone by the time that the vault is encrypted.
        Ok::<_, Failure>(take_in(vault, &entries, now))
    })?;
    Ok(intake)
}
