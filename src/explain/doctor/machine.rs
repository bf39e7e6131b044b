//! What is said of the machine: its clock, its memory, its folders, and the configuration.

use super::Finding;
use crate::text::safe;
use std::path::Path;

/// The clock is kept right.
pub fn synchronised() -> Finding {
    Finding::fine("clock", "the kernel says that it is synchronised")
}

/// It is not.
pub fn unsynchronised() -> Finding {
    Finding::to_do(
        "clock",
        "the kernel says that it is not synchronised: codes of a clock that is off are refused",
        "timedatectl set-ntp true, or another time service",
    )
}

/// Nobody can say.
pub fn unknown_clock() -> Finding {
    Finding::note("clock", "this system does not say whether it is synchronised")
}

/// Memory can be locked: this much, or all.
pub fn lockable(limit: Option<u64>) -> Finding {
    let how_much = limit.map_or("it can be locked, without limit".into(), |bytes| {
        format!("{} KiB can be locked", bytes / 1024)
    });
    Finding::fine("memory", how_much)
}

/// Too little can be locked.
pub fn unlockable(bytes: u64, swaps: bool) -> Finding {
    let message = format!("only {} KiB can be locked", bytes / 1024);
    if swaps {
        let message = format!("{message}, and this machine swaps: secrets can get to its disk");
        return Finding::to_do("memory", message, "ulimit -l 64, or memlock in /etc/security/limits.conf");
    }
    Finding::note("memory", format!("{message}, but this machine does not swap"))
}

/// A folder that is in memory alone, and goes when the user logs out.
pub fn runtime_folder(there: bool) -> Finding {
    if there {
        return Finding::fine(
            "runtime",
            "XDG_RUNTIME_DIR is there: keyfob agent can run, and AWS sessions are kept",
        );
    }
    Finding::note(
        "runtime",
        "there is no XDG_RUNTIME_DIR: keyfob agent can't run, and AWS sessions are not kept",
    )
}

/// The configuration can be read.
pub fn config(path: &Path, there: bool) -> Finding {
    let path = safe(&path.to_string_lossy()).into_owned();
    let how = if there { "it can be read" } else { "it is not there, so all is as usual" };
    Finding::fine("config", format!("{path}: {how}"))
}
