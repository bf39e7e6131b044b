//! `merge`: takes what another copy of this vault says into this one.

use super::context::Context;
use super::failure::Failure;
use super::open::read_file;
use super::passphrase::first_line;
use crate::explain::{Exit, Reason as _, report};
use crate::vault::{
    BackupError, LockInfo, MAX_FILE, Merged, Passphrase, Reason, Unlock, Vault, backup_lock, open_copy,
};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  keyfob merge vault.sync-conflict.age  a copy that was changed elsewhere
  keyfob merge backup.age --other-passphrase-file P";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Another copy of this vault, or a backup of it
    #[arg(value_name = "OTHER")]
    other: PathBuf,
    /// Read the other copy's passphrase from P's first line, where it is not this vault's
    #[arg(long, value_name = "P")]
    other_passphrase_file: Option<PathBuf>,
}

/// The answer in JSON: how many devices are new, changed and gone here.
#[derive(Serialize)]
struct Answer {
    added: usize,
    changed: usize,
    removed: usize,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let key = arguments.other_passphrase_file.as_deref();
    context.one_stdin(&[("--other-passphrase-file", key)])?;
    let mut session = context.unlock()?;
    let other = open_other(&arguments.other, key, context)?;
    if other.id() != session.vault().id() {
        return Err(report::foreign_vault(&arguments.other).into());
    }
    let now = context.now();
    let (merged, _) =
        session.update(Reason::Merge, now, |vault| Ok::<_, Failure>(vault.take_in(&other, now)))?;
    let Merged { added, changed, removed, .. } = merged;
    if context.global.json {
        context.out.json(&Answer { added, changed, removed })?;
    } else {
        context.out.print(&report::merged(&merged, &arguments.other));
    }
    Ok(if merged.news { Exit::Done } else { Exit::No })
}

/// The other copy: a vault, or a backup. Mostly what opens this vault opens it too.
fn open_other(path: &Path, key: Option<&Path>, context: &mut Context) -> Result<Vault, Failure> {
    let bytes = read_file(path, MAX_FILE)?;
    let about = |error: BackupError| Failure::from(error.about(path.display()));
    let (LockInfo::Passphrase { work_factor } | LockInfo::Backup { work_factor }) =
        backup_lock(&bytes).map_err(|bad| about(bad.into()))?
    else {
        return open_copy(&bytes, Unlock::Identities(&context.identities()?)).map_err(about);
    };
    context.accept_cost(work_factor)?;
    let open = |passphrase: &Passphrase| open_copy(&bytes, Unlock::Passphrase(passphrase));
    if let Some(file) = key {
        return open(&first_line(file)?).map_err(about);
    }
    let known = context.passphrase_from_file()?.or_else(|| context.typed.clone());
    match known.as_ref().map(open) {
        None | Some(Err(BackupError::WrongPassphrase)) => {}
        Some(opened) => return opened.map_err(about),
    }
    open(&context.asked("passphrase of the other copy", "--other-passphrase-file")?).map_err(about)
}
