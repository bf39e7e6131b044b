//! `import`: adds the devices of other apps' files, all in one save.

use super::context::Context;
use super::failure::Failure;
use super::intake;
use super::open::read_file;
use super::passphrase::first_line;
use crate::exchange::{self, Entry, Format, Intake, Keys, MAX_BYTES, ReadError, take_in};
use crate::explain::{Exit, Misuse, Reason as _, readable_formats};
use crate::picture;
use crate::vault::{Identities, Passphrase, Reason};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  keyfob import uris.txt                a file of otpauth URIs, one a line
  keyfob import shots/*.png             pictures with QR codes, one or several in each
  keyfob import backup.age --dry-run    says what would happen, and changes nothing";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The files' format, where it can't be told from their contents
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Read the files' own password from P's first line; `-` is standard input
    #[arg(long, value_name = "P")]
    password_file: Option<PathBuf>,
    /// Say what would happen, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// A file that was read: what stands in it, and as what it was read.
struct Read {
    path: PathBuf,
    format: &'static str,
    entries: Vec<Entry>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let format = arguments.format.as_deref().map(|name| known(name, context)).transpose()?;
    let stdin = arguments.files.iter().map(|path| ("FILE", Some(path.as_path())));
    let readers: Vec<_> = stdin.chain([("--password-file", arguments.password_file.as_deref())]).collect();
    context.one_stdin(&readers)?;
    // All files are read before anything is changed: one that is no use leaves the vault as it was.
    let mut source = Source { format, password: None, identities: None };
    let mut files = Vec::new();
    for path in &arguments.files {
        files.push(source.read(path, arguments, context)?);
    }
    let head = intake::Head {
        format: format_of(&files),
        dry_run: arguments.dry_run,
        secret: None,
        files: files.iter().map(|file| (file.path.display().to_string(), file.entries.len())).collect(),
    };
    let entries: Vec<Entry> = files.into_iter().flat_map(|file| file.entries).collect();
    let intake = taken(entries, arguments.dry_run, context)?;
    head.tell(&intake, context)
}

fn known(name: &str, context: &Context) -> Result<&'static Format, Failure> {
    exchange::by_name(name)
        .ok_or_else(|| context.misuse(&Misuse::NoSuchFormat { name: name.into(), known: readable_formats() }))
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
        return Ok(take_in(&mut session.vault().clone(), entries, now));
    }
    let (intake, _) =
        session.update(Reason::Import, now, |vault| Ok::<_, Failure>(take_in(vault, entries, now)))?;
    Ok(intake)
}

/// How files are read: the keys are asked for once, when a file needs them.
struct Source {
    format: Option<&'static Format>,
    password: Option<Passphrase>,
    identities: Option<Identities>,
}

impl Source {
    fn read(&mut self, path: &Path, arguments: &Arguments, context: &mut Context) -> Result<Read, Failure> {
        let bytes = read_file(path, MAX_BYTES)?;
        let extension = path.extension().and_then(|end| end.to_str());
        if self.format.is_none() && picture::Kind::of(&bytes).is_some() {
            let entries = super::picture::entries(path, &bytes)?;
            return Ok(Read { path: path.into(), format: super::picture::FORMAT, entries });
        }
        let format = self.format.or_else(|| exchange::sniff(&bytes, extension));
        let Some(format) = format else {
            let error = if bytes.is_empty() { ReadError::Empty } else { ReadError::UnknownFormat };
            return Err(error.about(path.display()).into());
        };
        loop {
            let keys = Keys { password: self.password.as_ref(), identities: self.identities.as_ref() };
            match exchange::read(format, &bytes, keys) {
                Ok(entries) => return Ok(Read { path: path.into(), format: format.name, entries }),
                Err(ReadError::PasswordNeeded) if self.password.is_none() => {
                    self.password = Some(password(path, arguments, context)?);
                }
                Err(ReadError::IdentityNeeded)
                    if self.identities.is_none() && !context.global.identity.is_empty() =>
                {
                    self.identities = Some(context.identities()?);
                }
                Err(error) => return Err(error.about(path.display()).into()),
            }
        }
    }
}

fn password(path: &Path, arguments: &Arguments, context: &mut Context) -> Result<Passphrase, Failure> {
    match &arguments.password_file {
        Some(file) => first_line(file),
        // 3 is for vaults: a file of others that stays closed is bad input.
        None => context.asked("password of the file", "--password-file").map_err(|failure| {
            let mut told = ReadError::PasswordNeeded.about(path.display());
            told.hint = failure.explanation().hint.clone().or(told.hint);
            Failure::from(told)
        }),
    }
}
