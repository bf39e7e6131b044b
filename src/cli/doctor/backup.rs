//! Backups: when the last one was made, and whether one opens.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::open::read_file;
use crate::cli::passphrase::first_line;
use crate::explain::doctor::{Finding, vault as words};
use crate::explain::{Explanation, Reason as _};
use crate::vault::BackupError;
use crate::vault::{LockInfo, MAX_FILE, Unlock, Vault, backup_lock, open_copy};
use std::path::{Path, PathBuf};

/// A backup's file, and how many devices it was found to have.
pub(super) type Tried = (PathBuf, Result<usize, Explanation>);

/// Opens the backup that is named, if one is, with the passphrase of the file `key`, or one that is typed.
pub(super) fn gather(path: Option<&Path>, key: Option<&Path>, context: &mut Context) -> Option<Tried> {
    let path = path?;
    let opened = open(path, key, context);
    Some((path.to_owned(), opened.map_err(|failure| failure.explanation().clone())))
}

fn open(path: &Path, key: Option<&Path>, context: &mut Context) -> Result<usize, Failure> {
    let bytes = read_file(path, MAX_FILE)?;
    let about = |error: BackupError| Failure::from(error.about(path.display()));
    let lock = backup_lock(&bytes).map_err(|bad| about(bad.into()))?;
    let opened = match lock {
        LockInfo::Passphrase { work_factor } | LockInfo::Backup { work_factor } => {
            context.accept_cost(work_factor)?;
            let passphrase = match key {
                Some(key) => first_line(key)?,
                None => context.asked("passphrase of the backup", "--backup-passphrase-file")?,
            };
            open_copy(&bytes, Unlock::Passphrase(&passphrase))
        }
        LockInfo::Recipients { .. } => open_copy(&bytes, Unlock::Identities(&context.identities()?)),
    };
    Ok(opened.map_err(about)?.devices().len())
}

/// The last backup that the vault's log tells of, where it is open, and the one that was tried.
pub(super) fn findings(vault: Option<&Vault>, tried: Option<&Tried>) -> Vec<Finding> {
    let logged = vault.map(|vault| match vault.last_backup() {
        Some((at, changes)) => words::backup(at, changes),
        None => words::no_backup(vault.devices().len()),
    });
    let tried = tried.map(|(path, opened)| match opened {
        Ok(devices) => words::backup_opens(path, *devices),
        Err(why) => Finding::stopped("backup-file", why),
    });
    logged.into_iter().chain(tried).collect()
}
