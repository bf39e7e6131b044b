//! What the import says.

use super::keyed::{KeyName, and};
use super::made::counted;
use crate::exchange::Progress;
use crate::text::{cut_middle, safe};
use std::fmt::Write as _;
use std::path::Path;

/// Before anything was read.
pub const IMPORT_TOLD: &str = "Another app's file, a picture with QR codes, a backup, or a folder.";
/// URIs that are at hand need no file.
pub const IMPORT_PASTE: &str = "otpauth:// URIs can be pasted here, too.";
/// A file is encrypted.
pub fn file_encrypted(path: &Path) -> String {
    format!("{} is encrypted. Type its own password.", short_name(path))
}
/// A database's password is asked for, and its key file.
pub fn database_encrypted(path: &Path) -> String {
    format!("{} is encrypted: with a password, a key file or both.", short_name(path))
}
/// What a file is called without its folder, in so many cells that a sentence goes with it.
fn short_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    cut_middle(&safe(&name), 40).into_owned()
}
/// They do not fit.
pub const WRONG_KEY: &str = "that does not open the file: a key file may be missing, or another one";
/// Neither is typed.
pub const NO_KEY: &str = "type the file's password, the path of its key file, or both";
/// A file's password does not fit.
pub const WRONG_PASSWORD: &str = "that password does not open the file";
/// No path.
pub const NO_FILE: &str = "type the path of a file or a folder";
/// No password.
pub const NO_PASSWORD: &str = "type the file's password";
/// While a file is read.
pub const READING: &str = "reading: an encrypted file takes some seconds; esc does not wait";
/// How far reading is.
pub fn reading_so_far(far: Progress) -> String {
    let mut words = format!("{} %", far.percent());
    if far.files > 1 {
        let _ = write!(words, ", file {} of {}", (far.read + 1).min(far.files), far.files);
    }
    if far.entries > 0 {
        let _ = write!(words, ", {}", entries_of(far.entries));
    }
    words
}

/// The identity file that may open a backup is encrypted.
pub fn type_identitys_once(name: &str) -> String {
    format!("Type the passphrase of {}, which may open this file.", safe(name))
}

/// Where an entry has neither issuer nor account.
pub const WITHOUT_NAME: &str = "(no name)";
/// The selected row is none that could be added.
pub const NOTHING_TO_CHOOSE: &str = "only what is new can be chosen";
/// Nothing would be added.
pub const NOTHING_CHOSEN: &str = "nothing is chosen: esc leaves";
/// Others were quicker.
pub const NOTHING_ADDED: &str = "nothing added: all of them are there by now";
/// Leaving with something chosen.
pub const LEAVE_IMPORT: &str = "Leave without adding them?";
/// An entry that would be added.
pub const ROW_NEW: &str = "new";
/// An entry that would not be, though it could.
pub const ROW_LEFT_OUT: &str = "left out";

/// Over the table: what Enter would do.
pub fn import_title([chosen, there, refused]: [usize; 3]) -> String {
    format!("Import: {chosen} to add, {there} there, {refused} refused")
}

/// Over the table, where it is narrowed: the text, how many rows fit, and of how many.
pub fn entries_with(text: &str, fitting: usize, all: usize) -> String {
    format!("with \"{text}\": {fitting} of {all}")
}

/// An entry that is a device of the vault.
pub fn row_there(label: &str) -> String {
    format!("there as {label}")
}

/// An entry that was read twice.
pub fn row_twice(label: &str) -> String {
    format!("twice, as {label}")
}

/// An entry that is no use.
pub fn row_refused(why: &str) -> String {
    format!("refused: {why}")
}

/// A file that was read.
pub fn file_read(name: &str, format: &str, entries: usize) -> String {
    let name = if name.is_empty() { "pasted" } else { name };
    format!("{}: {format}, {}", safe(name), entries_of(entries))
}

/// Several files that were read, and of which formats.
pub fn files_read(files: usize, formats: &str, entries: usize) -> String {
    format!("{} ({formats}), {}", counted(files, "file"), entries_of(entries))
}

fn entries_of(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

/// Devices are on their way to disk.
pub fn saving_many(devices: usize) -> String {
    format!("saving {}", counted(devices, "device"))
}

/// An import is saved.
pub fn imported(devices: usize, undo: KeyName<'_>) -> String {
    format!("added {}, saved{}", counted(devices, "device"), and(undo, "takes all of it back"))
}

/// After an undo or redo: so many devices are gone.
pub fn are_gone(devices: usize) -> String {
    format!("{} out again", counted(devices, "device"))
}

/// After an undo or redo: so many devices are there.
pub fn are_back(devices: usize) -> String {
    format!("{} back", counted(devices, "device"))
}

/// Files of a folder are of no format that is known.
pub fn passed_over(files: usize) -> String {
    format!("passed over {}: no device is in there", counted(files, "file"))
}

/// Before much memory is taken for a file.
pub fn dear_file(mebibytes: u64) -> String {
    format!("Opening this file takes {mebibytes} MiB of memory. Go on?")
}
