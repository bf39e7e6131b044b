//! `restore`: brings a backup or an earlier generation back, and never destroys what it replaces.

use super::context::Context;
use super::failure::Failure;
use super::open::read_file;
use super::values::work_factor;
use crate::explain::{Exit, Reason as _, report};
use crate::vault::{
    LockInfo, MAX_FILE, NewLock, Reason, Store, Unlock, Vault, VaultError, WorkFactor, backup_lock,
    open_backup,
};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  keyfob restore --list                 the earlier generations, the newest first
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
    /// List the earlier generations
    #[arg(long)]
    pub(super) list: bool,
    /// The cost of trying the new vault's passphrase: log2 of scrypt's N, 1 to 20
    #[arg(long, value_name = "N", default_value = "17", value_parser = work_factor, requires = "into")]
    work_factor: WorkFactor,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let store = context.store()?;
    let Some(from) = &arguments.from else { return list(&store, context) };
    match &arguments.into {
        Some(path) => into(&Store::real(path.clone()), from, &store, arguments.work_factor, context),
        None => in_place(&store, from, context),
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

/// Opens what shall come back. A generation's name goes before a file's: it has a form of its own.
fn opened(from: &str, store: &Store, context: &mut Context) -> Result<Vault, Failure> {
    let generation = match store.read_generation(from) {
        Err(VaultError::NoGeneration { .. }) => None,
        read => Some(read?),
    };
    match generation {
        Some(sealed) => Ok(context.open(sealed)?.vault().clone()),
        None if Path::new(from).symlink_metadata().is_err() => {
            Err(VaultError::NoGeneration { name: from.to_owned() }.into())
        }
        None => from_backup(Path::new(from), context),
    }
}

fn from_backup(path: &Path, context: &mut Context) -> Result<Vault, Failure> {
    let bytes = read_file(path, MAX_FILE)?;
    let lock =
        backup_lock(&bytes).map_err(|bad| crate::vault::BackupError::from(bad).about(path.display()))?;
    let opened = if let LockInfo::Backup { work_factor } = lock {
        context.accept_cost(work_factor)?;
        let passphrase = context.passphrase("passphrase of the backup")?;
        open_backup(&bytes, Unlock::Passphrase(&passphrase))
    } else {
        open_backup(&bytes, Unlock::Identities(&context.identities()?))
    };
    opened.map_err(|error| error.about(path.display()).into())
}

fn in_place(store: &Store, from: &str, context: &mut Context) -> Result<Exit, Failure> {
    let sealed = store.read()?;
    let wanted = opened(from, store, context)?;
    let mut session = context.open(sealed)?;
    let now = context.now();
    let (devices, _) =
        session.update(Reason::Restore, now, |vault| Ok::<_, Failure>(vault.replace_with(&wanted, now)))?;
    context.out.print(&report::restored(devices, from));
    Ok(Exit::Done)
}

fn into(
    new: &Store,
    from: &str,
    store: &Store,
    work_factor: WorkFactor,
    context: &mut Context,
) -> Result<Exit, Failure> {
    if new.path().symlink_metadata().is_ok() {
        return Err(VaultError::Exists { path: new.path().into() }.into());
    }
    let wanted = opened(from, store, context)?;
    let file = context.global.passphrase_file.clone();
    let passphrase =
        context.new_passphrase("passphrase of the new vault", "--passphrase-file", file.as_deref())?;
    let now = context.now();
    let mut session = new.create(&NewLock::Passphrase(passphrase, work_factor), now)?;
    let (devices, _) =
        session.update(Reason::Restore, now, |vault| Ok::<_, Failure>(vault.replace_with(&wanted, now)))?;
    context.out.print(&report::restored_into(devices, new.path()));
    Ok(Exit::Done)
}
