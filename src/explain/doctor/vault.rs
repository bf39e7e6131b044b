//! What is said of the vault, its lock, its history and its backups.

use super::Finding;
use crate::clock::UnixTime;
use crate::explain::report::{date, size};
use crate::explain::{Explanation, counted};
use crate::text::safe;
use crate::vault::WorkFactor;
use std::path::Path;

fn shown(path: &Path) -> String {
    safe(&path.to_string_lossy()).into_owned()
}

/// It is there, and its header can be read.
pub fn readable(path: &Path, bytes: u64) -> Finding {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    Finding::fine("vault", format!("{}: it can be read ({})", shown(path), size(bytes)))
}

/// Only its owner has any rights to it, and that is whoever asks.
pub fn private() -> Finding {
    Finding::fine("permissions", "the vault, its folder and its history are yours alone")
}

/// Somebody else owns a file or folder.
pub fn foreign(path: &Path, owner: u32) -> Finding {
    Finding::to_do(
        "permissions",
        format!("{}: it belongs to another user (uid {owner})", shown(path)),
        format!("chown \"$USER\" {}, as root", shown(path)),
    )
}

/// Others have rights to a file or folder. `to` is the mode that it should have.
pub fn open_to_others(path: &Path, mode: u32, to: u32) -> Finding {
    Finding::to_do(
        "permissions",
        format!("{}: others have rights to it (mode {mode:04o})", shown(path)),
        format!("chmod {to:o} {}", shown(path)),
    )
}

/// A passphrase, dear enough to try.
pub fn passphrase(factor: WorkFactor) -> Finding {
    Finding::fine(
        "lock",
        format!(
            "a passphrase; each try takes {} MiB (scrypt work factor {})",
            factor.mebibytes(),
            factor.get()
        ),
    )
}

/// A passphrase that is cheaper to try than new vaults' are.
pub fn cheap(factor: WorkFactor) -> Finding {
    Finding::to_do(
        "lock",
        format!(
            "each try of the passphrase takes {} MiB (scrypt work factor {}), and new vaults' take {} MiB ({})",
            factor.mebibytes(),
            factor.get(),
            WorkFactor::DEFAULT.mebibytes(),
            WorkFactor::DEFAULT.get()
        ),
        "keyfob lock passphrase, with the same passphrase or a new one",
    )
}

/// Age recipients alone.
pub fn recipients() -> Finding {
    Finding::fine("lock", "age recipients only, no passphrase")
}

/// Earlier generations, with the newest one's time.
pub fn history(count: usize, newest: Option<UnixTime>) -> Finding {
    match newest {
        Some(at) => Finding::fine(
            "history",
            format!("{}; the newest was replaced {}", counted(count, "earlier generation"), date(at)),
        ),
        None => Finding::note("history", "no earlier generation yet: the first change makes one"),
    }
}

/// It was opened.
pub fn opens(devices: usize) -> Finding {
    Finding::fine("opening", format!("it opens, and has {}", counted(devices, "device")))
}

/// It was not opened, since nothing that opens it was given.
pub fn unopened(why: Option<&Explanation>) -> Finding {
    let why = why.map(|why| format!(" ({})", why.message)).unwrap_or_default();
    let finding = Finding::note(
        "opening",
        format!("it was not opened{why}: backups and AWS devices were not looked at"),
    );
    Finding { hint: Some("keyfob doctor --passphrase-file FILE, or -i FILE".into()), ..finding }
}

/// There is no backup.
pub fn no_backup(devices: usize) -> Finding {
    match devices {
        0 => Finding::note("backup", "there is none, and nothing to back up"),
        _ => Finding::to_do("backup", "there is none", "keyfob export FILE, on another disk"),
    }
}

/// When the last one was made, and how many changes there were since.
pub fn backup(at: UnixTime, changes: usize) -> Finding {
    let made = format!("the last one was made {}", date(at));
    match changes {
        0 => Finding::fine("backup", format!("{made}, and nothing was changed since")),
        n => Finding::to_do(
            "backup",
            format!("{made}, and {} since are not in it", counted(n, "change")),
            "keyfob export FILE, on another disk",
        ),
    }
}

/// A backup that opens.
pub fn backup_opens(path: &Path, devices: usize) -> Finding {
    Finding::fine("backup-file", format!("{}: it opens, and has {}", shown(path), counted(devices, "device")))
}
