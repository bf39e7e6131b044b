//! What is made sure of before anything else.

use super::failure::Failure;
use crate::explain::Trouble;
use rustix::process;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A set-user-id or set-group-id program would write files that its user does not own.
pub(super) fn no_foreign_rights() -> Result<(), Failure> {
    if process::getuid() == process::geteuid() && process::getgid() == process::getegid() {
        Ok(())
    } else {
        Err(Trouble::Setuid.into())
    }
}

/// Run by sudo, root would leave files in another user's vault that this user can't read or replace.
pub(super) fn no_sudo_on_others(vault: &Path) -> Result<(), Failure> {
    let by_sudo = process::geteuid().is_root() && std::env::var_os("SUDO_UID").is_some_and(|uid| uid != "0");
    if by_sudo && nearest_owner(vault).is_some_and(|owner| owner != 0) {
        return Err(Trouble::Sudo(vault.into()).into());
    }
    Ok(())
}

/// Who owns the file, or the nearest folder above it that is there.
fn nearest_owner(path: &Path) -> Option<u32> {
    path.ancestors().find_map(|at| std::fs::metadata(at).ok()).map(|found| found.uid())
}
