//! Writing files durably, and naming those beside them.

use super::disk::Disk;
use super::error::{Step, VaultError};
use std::io;
use std::path::{Path, PathBuf};

/// The largest file that is read as a vault or backup, in bytes.
pub const MAX_FILE: u64 = 16 << 20;

/// Writes a file of ours (a backup, an export) durably: a temporary file beside it, 0600, fsync, and into
/// place; never over an existing file unless told so. Leaves nothing behind when it fails.
pub fn write_new_file(disk: &dyn Disk, path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), VaultError> {
    write_proven_file(disk, path, bytes, overwrite, |read_back| {
        if read_back == bytes { Ok(()) } else { Err(VaultError::ReadBack { path: path.to_owned() }) }
    })
}

/// The same, but what was written is read back and has to satisfy `prove` before it gets its name: nothing
/// that stood there is replaced by something unproven.
pub fn write_proven_file<T, E: From<VaultError>>(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    overwrite: bool,
    prove: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Result<T, E> {
    let path = if overwrite { &target_of(disk, path)? } else { path };
    if !overwrite {
        must_be_free(disk, path)?;
    }
    // Nobody holds a lock here: the process id keeps two exports from one name apart.
    let temporary = beside(path, &format!(".{}.new", std::process::id()));
    // Somebody who asked for a file knows nothing of another one.
    write_temporary(disk, &temporary, bytes).map_err(|error| match error {
        VaultError::Io { step, error, .. } => at(path, step, error),
        error => error,
    })?;
    let read_back = disk.read(&temporary, bytes.len() as u64).map_err(|error| at(path, Step::Read, error));
    let proven = read_back.map_err(E::from).and_then(|(read_back, _)| prove(&read_back));
    if proven.is_err() {
        let _ = disk.remove(&temporary);
    }
    let proven = proven?;
    put_in_place(disk, &temporary, path, overwrite)?;
    Ok(proven)
}

/// Writes a file by way of a temporary one that nobody else writes.
pub(super) fn write_as(
    disk: &dyn Disk,
    temporary: &Path,
    path: &Path,
    bytes: &[u8],
    overwrite: bool,
) -> Result<(), VaultError> {
    write_temporary(disk, temporary, bytes)?;
    put_in_place(disk, temporary, path, overwrite)
}

/// Where a file goes that may replace another: through a symlink, but not in its place. What is not there yet goes where
/// it was said to.
pub(super) fn target_of(disk: &dyn Disk, path: &Path) -> Result<PathBuf, VaultError> {
    match disk.resolve(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        resolved => resolved.map_err(|error| at(path, Step::Read, error)),
    }
}

/// Only a clear "nothing there" will do: what can't be looked at may well be there.
pub(super) fn must_be_free(disk: &dyn Disk, path: &Path) -> Result<(), VaultError> {
    match disk.stat(path) {
        Ok(_) => Err(VaultError::Exists { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(at(path, Step::Read, error)),
    }
}

fn put_in_place(disk: &dyn Disk, temporary: &Path, path: &Path, overwrite: bool) -> Result<(), VaultError> {
    let placed = if overwrite { disk.rename(temporary, path) } else { place(disk, temporary, path) };
    if let Err(error) = placed {
        let _ = disk.remove(temporary);
        return Err(match error.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists { path: path.to_owned() },
            _ => at(path, Step::Replace, error),
        });
    }
    let folder = folder_of(path);
    disk.sync_dir(folder).map_err(|error| at(folder, Step::SyncFolder, error))
}

/// Gives a finished file its name, which must be free: a hard link never replaces anything. Where the file
/// system has no hard links, a rename after one more look has to do.
fn place(disk: &dyn Disk, temporary: &Path, path: &Path) -> io::Result<()> {
    match disk.hard_link(temporary, path) {
        Ok(()) => {
            // It has its name. The other one, should it stay, is taken away by whoever needs it next.
            let _ = disk.remove(temporary);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => match disk.stat(path) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => disk.rename(temporary, path),
            Err(error) => Err(error),
        },
    }
}

/// Writes the temporary file, durably. One that a killed process left there is taken away first: only the
/// holder of the lock gets here, so it is nobody's. After a failed fsync the file is given up, never synced
/// again: the kernel may have dropped what it could not write and answer the second fsync with success.
pub(super) fn write_temporary(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let mut created = disk.create_new(path);
    if created.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
        let _ = disk.remove(path);
        created = disk.create_new(path);
    }
    let mut file = created.map_err(|error| at(path, Step::Create, error))?;
    let written = file
        .write_all(bytes)
        .map_err(|error| at(path, Step::Write, error))
        .and_then(|()| file.sync().map_err(|error| at(path, Step::Sync, error)));
    if written.is_err() {
        drop(file);
        let _ = disk.remove(path);
    }
    written
}

/// `NAME` and a suffix, hidden, in the same folder: `.vault.age.new`; the lock file keeps its plain name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let dot = if suffix == ".lock" { "" } else { "." };
    path.with_file_name(format!("{dot}{name}{suffix}"))
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn at(path: &Path, step: Step, error: io::Error) -> VaultError {
    VaultError::Io { path: path.to_owned(), step, error }
}
