//! `export`: writes an encrypted backup and proves it, or another app's file.

use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::recipients::Recipients;
use super::values::work_factor;
use crate::device::query::Filter;
use crate::device::{Device, DeviceId};
use crate::exchange::{self, KEYFOB, SealDevices, WriteDevices, Writer};
use crate::explain::{Exit, Misuse, Reason as _, Trouble, report, writable_formats};
use crate::vault::disk::RealDisk;
use crate::vault::{
    BackupLock, Change, Session, VaultError, WorkFactor, seal_backup, write_new_file, write_proven_file,
};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  keyfob export backup.age              asks for its own passphrase, twice
  keyfob export backup.age --recipient age1qx...
  keyfob export aegis.json --format aegis    encrypted, as Aegis does it
  keyfob export uris.txt --format uris --plaintext

age -d opens a backup anywhere; what comes out is MessagePack.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The file to write
    file: PathBuf,
    /// The format: keyfob, an encrypted backup; or another app's: aegis, 2fas, andotp, uris, migration, csv, html
    #[arg(long, value_name = "F", default_value = KEYFOB)]
    format: String,
    /// Read the passphrase of the backup (the password of another app's file) from P's first line; `-` is standard input
    #[arg(long, value_name = "P", conflicts_with_all = ["recipient", "recipients_file"])]
    backup_passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    recipients: Recipients,
    /// Only the devices in which every word of this stands
    #[arg(long, value_name = "QUERY")]
    only: Option<String>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    /// Write another app's format with every secret in clear text
    #[arg(long)]
    plaintext: bool,
    /// The cost of trying the backup's passphrase: log2 of scrypt's N, 1 to 20
    #[arg(long, value_name = "N", default_value = "17", value_parser = work_factor)]
    work_factor: WorkFactor,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    if is_stdin(&arguments.file) {
        // Elsewhere `-` stands for a stream; a file of that name would surprise everybody.
        return Err(context.misuse(&Misuse::NotToStdout));
    }
    let other = other_format(arguments, context)?;
    context.one_stdin(&[("--backup-passphrase-file", arguments.backup_passphrase_file.as_deref())])?;
    // Said before anybody types a passphrase; `write_new_file` makes sure of it.
    if !arguments.force && arguments.file.symlink_metadata().is_ok() {
        return Err(Trouble::WouldReplace(arguments.file.clone()).into());
    }
    let mut session = context.unlock_in_person()?;
    let only = chosen(arguments, &session)?;
    match other {
        Some(other) => foreign(&other, only.as_deref(), arguments, &session, context),
        None => backup(only.as_deref(), arguments, &mut session, context),
    }
}

/// Another app's format, and how it is written.
struct Other {
    format: &'static str,
    fits: fn(&Device) -> bool,
    how: How,
}

enum How {
    Clear(WriteDevices),
    Sealed(SealDevices),
}

/// How another app's format is written: encrypted where it can be, unless clear text is asked for. None for our own.
fn other_format(arguments: &Arguments, context: &mut Context) -> Result<Option<Other>, Failure> {
    if arguments.format == KEYFOB {
        return Ok(None);
    }
    let found = exchange::by_name(&arguments.format).and_then(|format| Some((format.name, format.write?)));
    let Some((format, Writer { fits, clear, sealed })) = found else {
        let name = arguments.format.clone();
        return Err(context.misuse(&Misuse::NoSuchFormat { name, known: writable_formats() }));
    };
    match sealed {
        _ if arguments.plaintext => Ok(Some(Other { format, fits, how: How::Clear(clear) })),
        Some(_) if arguments.backup_passphrase_file.is_none() && !context.can_ask() => {
            Err(context.misuse(&Misuse::PasswordNeeded { format }))
        }
        Some(seal) => Ok(Some(Other { format, fits, how: How::Sealed(seal) })),
        None => Err(context.misuse(&Misuse::PlaintextNeeded { format })),
    }
}

fn chosen(arguments: &Arguments, session: &Session) -> Result<Option<Vec<DeviceId>>, Failure> {
    let Some(query) = &arguments.only else { return Ok(None) };
    let filter = Filter::new(query);
    let devices = session.vault().devices();
    let ids: Vec<DeviceId> =
        devices.filter(|device| filter.matches(device)).map(|device| device.id).collect();
    if ids.is_empty() { Err(Trouble::NothingFits(query.clone()).into()) } else { Ok(Some(ids)) }
}

fn backup(
    only: Option<&[DeviceId]>,
    arguments: &Arguments,
    session: &mut Session,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let path = &arguments.file;
    no_file_of_the_vault(session, path)?;
    let recipients = arguments.recipients.read(context)?;
    let lock = if recipients.is_empty() {
        let file = arguments.backup_passphrase_file.as_deref();
        let passphrase =
            context.new_passphrase("passphrase of the backup", "--backup-passphrase-file", file)?;
        BackupLock::Passphrase(passphrase, arguments.work_factor)
    } else {
        BackupLock::Recipients(recipients)
    };
    let sealed = seal_backup(session.vault(), only, &lock).map_err(|bad| bad.about(path.display()))?;
    let proven = write_proven_file(&RealDisk, path, sealed.bytes(), arguments.force, |read_back| {
        sealed.prove(read_back).map_err(|error| Failure::from(error.about(path.display())))
    })?;
    context.out.print(&report::wrote(proven, path, sealed.bytes().len()));
    context.out.print(&report::compared(proven));
    if only.is_none() {
        let now = context.now();
        context.remember(session, &Change::Exported { devices: proven }, now);
    }
    Ok(Exit::Done)
}

/// Not even `--force` replaces the vault by a backup of it.
fn no_file_of_the_vault(session: &Session, path: &Path) -> Result<(), Failure> {
    if session.store().is_own(path) {
        return Err(VaultError::OwnFile { path: path.to_owned() }.into());
    }
    Ok(())
}

fn foreign(
    other: &Other,
    only: Option<&[DeviceId]>,
    arguments: &Arguments,
    session: &Session,
    context: &mut Context,
) -> Result<Exit, Failure> {
    no_file_of_the_vault(session, &arguments.file)?;
    let wanted = |device: &&Device| only.is_none_or(|ids| ids.contains(&device.id));
    let all = session.vault().devices().filter(wanted);
    let (devices, left_out): (Vec<&Device>, Vec<&Device>) = all.partition(|device| (other.fits)(device));
    for device in left_out {
        context.out.note(report::note::left_out(&device.label(), other.format));
    }
    let bytes = match other.how {
        How::Clear(write) => write(&devices),
        How::Sealed(seal) => {
            let file = arguments.backup_passphrase_file.as_deref();
            let password =
                context.new_passphrase("password of the file", "--backup-passphrase-file", file)?;
            seal(&devices, &password).map_err(|error| error.about(arguments.file.display()))?
        }
    };
    write_new_file(&RealDisk, &arguments.file, &bytes, arguments.force)?;
    context.out.print(&report::wrote(devices.len(), &arguments.file, bytes.len()));
    if matches!(other.how, How::Clear(_)) {
        context.out.note(report::in_clear());
    }
    Ok(Exit::Done)
}
