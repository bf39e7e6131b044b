//! `restore`: brings a backup or an earlier generation back, and never destroys what it replaces.

use super::context::Context;
use super::failure::Failure;
use super::open::read_file;
use super::passphrase::first_line;
use super::values::work_factor;
use crate::explain::{Exit, Reason as _, report};
use crate::vault::{
    BackupError, LockInfo, MAX_FILE, NewLock, Passphrase, Reason, Store, Unlock, Vault, VaultError,
    WorkFactor, backup_lock, open_backup,
};
use clap::Args;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const EXAMPLES: &str = "\
Examples:
  keyfob restore --list                 the earlier generations, newest first
  keyfob restore 41                     brings generation 41 back
  keyfob restore backup.age --into new.age";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A backup's file, or a generation's name or number
    #[arg(value_name = "BACKUP|GENERATION", required_unless_present = "list", conflicts_with = "list")]
    from: Option<String>,
    /// Make a new vault of it instead of replacing this one; --passphrase-file locks it too
    #[arg(long, value_name = "VAULT", conflicts_with = "list")]
    into: Option<PathBuf>,
    /// Read the passphrase of the backup or generation from P's first line, where it has one of its own
    #[arg(long, value_name = "P", conflicts_with = "list")]
    backup_passphrase_file: Option<PathBuf>,
    /// List the earlier generations
    #[arg(long)]
    pub(super) list: bool,
    /// The cost of trying the new vault's passphrase: log2 of scrypt's N, 1 to 20
    #[arg(long, value_name = "N", default_value = "17", value_parser = work_factor, requires = "into")]
    work_factor: WorkFactor,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let key = Key { file: arguments.backup_passphrase_file.as_deref() };
    context.one_stdin(&[("--backup-passphrase-file", key.file)])?;
    let store = context.store()?;
    let Some(from) = &arguments.from else { return list(&store, context) };
    match &arguments.into {
        Some(path) => {
            into(&Store::real(path.clone()), &find(from, &store)?, key, arguments.work_factor, context)
        }
        None => in_place(&store, from, key, context),
    }
}

fn list(store: &Store, context: &mut Context) -> Result<Exit, Failure> {
    if store.stamp().is_none() && store.generations()?.is_empty() {
        return Err(VaultError::Missing { path: store.path().into() }.into());
    }
    let generations = store.generations()?;
    let width = generations.iter().map(|generation| generation.name.len()).max().unwrap_or(0);
    for generation in &generations {
        context.out.print(&report::generation(generation, width));
    }
    Ok(Exit::Done)
}

/// What shall come back, read and pre-scanned, but not opened.
enum Found {
    Generation { name: String, store: Store, lock: LockInfo },
    Backup { path: PathBuf, bytes: Zeroizing<Vec<u8>>, lock: LockInfo },
}

/// A generation's name goes before a file's: it has a form of its own.
fn find(from: &str, store: &Store) -> Result<Found, Failure> {
    match store.read_generation(from) {
        Ok(sealed) => {
            let lock = sealed.lock().clone();
            Ok(Found::Generation { name: from.to_owned(), store: store.clone(), lock })
        }
        Err(VaultError::NoGeneration { .. }) if Path::new(from).symlink_metadata().is_ok() => {
            let bytes = read_file(Path::new(from), MAX_FILE)?;
            let lock = backup_lock(&bytes).map_err(|bad| BackupError::from(bad).about(from))?;
            Ok(Found::Backup { path: from.into(), bytes, lock })
        }
        Err(error) => Err(error.into()),
    }
}

/// What opens it besides what opens the vault.
#[derive(Clone, Copy)]
struct Key<'a> {
    file: Option<&'a Path>,
}

impl Found {
    fn open(&self, key: Key<'_>, context: &mut Context) -> Result<Vault, Failure> {
        match self {
            Self::Backup { path, bytes, lock } => open_a_backup(path, bytes, lock, key, context)
                .map_err(|failure| or_its_own(failure, key, context)),
            Self::Generation { name, store, lock: LockInfo::Passphrase { work_factor } }
                if context.global.identity.is_empty() =>
            {
                context.accept_cost(*work_factor)?;
                open_a_generation(name, store, key, context)
            }
            Self::Generation { name, store, .. } => {
                Ok(context.open(store.read_generation(name)?)?.vault().clone())
            }
        }
    }
}

/// A passphrase of a file that does not fit: perhaps this one has a passphrase of its own.
fn or_its_own(failure: Failure, key: Key<'_>, context: &Context) -> Failure {
    let given = key.file.is_none() && context.global.passphrase_file.is_some();
    if given && failure.explanation().exit == Exit::Locked {
        return Failure::from(failure.explanation().clone().hint(report::ITS_OWN_PASSPHRASE));
    }
    failure
}

fn open_a_backup(
    path: &Path,
    bytes: &[u8],
    lock: &LockInfo,
    key: Key<'_>,
    context: &mut Context,
) -> Result<Vault, Failure> {
    let opened = if let LockInfo::Backup { work_factor } = lock {
        context.accept_cost(*work_factor)?;
        let passphrase = match (key.file, context.passphrase_from_file()?) {
            (Some(file), _) => first_line(file)?,
            (None, Some(passphrase)) => passphrase,
            (None, None) => context.asked("passphrase of the backup", "--backup-passphrase-file")?,
        };
        open_backup(bytes, Unlock::Passphrase(&passphrase))
    } else {
        open_backup(bytes, Unlock::Identities(&context.identities()?))
    };
    opened.map_err(|error| error.about(path.display()).into())
}

/// A generation has the passphrase that the vault had then: mostly the one that it has now.
fn open_a_generation(
    name: &str,
    store: &Store,
    key: Key<'_>,
    context: &mut Context,
) -> Result<Vault, Failure> {
    let open = |passphrase: &Passphrase| -> Result<Vault, VaultError> {
        Ok(store.read_generation(name)?.open(Unlock::Passphrase(passphrase))?.vault().clone())
    };
    let from_file = match key.file {
        Some(file) => Some(first_line(file)?),
        None => context.passphrase_from_file()?,
    };
    if let Some(passphrase) = from_file {
        return open(&passphrase).map_err(|error| or_its_own(error.into(), key, context));
    }
    if let Some(typed) = &context.typed {
        match open(typed) {
            Err(VaultError::WrongPassphrase { .. }) => {}
            opened => return Ok(opened?),
        }
    }
    let passphrase = context.asked("passphrase of the generation", "--backup-passphrase-file")?;
    Ok(open(&passphrase)?)
}

fn in_place(store: &Store, from: &str, key: Key<'_>, context: &mut Context) -> Result<Exit, Failure> {
    let sealed = store.read()?;
    let found = find(from, store)?;
    let mut session = context.open(sealed)?;
    let wanted = found.open(key, context)?;
    let now = context.now();
    let (devices, _) =
        session.update(Reason::Restore, now, |vault| Ok::<_, Failure>(vault.replace_with(&wanted, now)))?;
    context.out.print(&report::restored(devices, from));
    Ok(Exit::Done)
}

fn into(
    new: &Store,
    found: &Found,
    key: Key<'_>,
    work_factor: WorkFactor,
    context: &mut Context,
) -> Result<Exit, Failure> {
    if new.path().symlink_metadata().is_ok() {
        return Err(VaultError::Exists { path: new.path().into() }.into());
    }
    let wanted = found.open(key, context)?;
    let file = context.global.passphrase_file.clone();
    let passphrase =
        context.new_passphrase("passphrase of the new vault", "--passphrase-file", file.as_deref())?;
    let now = context.now();
    let mut devices = 0;
    new.create_with(&NewLock::Passphrase(passphrase, work_factor), now, |vault| {
        devices = vault.replace_with(&wanted, now);
    })?;
    context.out.print(&report::restored_into(devices, new.path()));
    Ok(Exit::Done)
}
