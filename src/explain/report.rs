//! What the command line says when all went well.

pub use super::devices::short;
use super::{Exit, Explanation, counted, notices};
use crate::device::{Device, DeviceId};
use crate::exchange::{Place, Progress};
use crate::text::safe;
use crate::vault::{Generation, LockInfo, Merged, WorkFactor};
use std::path::Path;

fn shown(path: &Path) -> String {
    safe(&path.to_string_lossy()).into_owned()
}

/// How far reading is: a bar, and what it stands for.
pub fn progress(far: Progress) -> String {
    const CELLS: usize = 20;
    let filled = usize::from(far.percent()) * CELLS / 100;
    let bar = ["#".repeat(filled), ".".repeat(CELLS - filled)].concat();
    format!("reading [{bar}] {}", notices::reading_so_far(far))
}

/// After `init`.
pub fn made(path: &Path) -> String {
    format!("made {}\n", shown(path))
}

/// After `add`.
pub fn added(device: &Device) -> String {
    named("added", &device.label(), device.id)
}

/// `add` of a token that is there.
pub fn token_taken(label: &str) -> Explanation {
    Explanation::new(
        Exit::BadInput,
        format!("--serial: {} is the token with this serial number", safe(label)),
    )
}

/// After `edit`.
pub fn edited(device: &Device) -> String {
    named("saved", &device.label(), device.id)
}

/// After `remove`.
pub fn removed(label: &str, id: DeviceId) -> String {
    named("removed", label, id)
}

fn named(done: &str, label: &str, id: DeviceId) -> String {
    format!("{done} {} ({})\n", safe(label), short(id))
}

/// After `export`: how many devices are where, and who can read them.
pub fn wrote(devices: usize, path: &Path, bytes: usize) -> String {
    format!(
        "wrote {} to {} ({}, only you can read it)\n",
        counted(devices, "device"),
        shown(path),
        size(bytes)
    )
}

/// After `qr` wrote a picture, beside the point.
pub fn code_in_clear() -> String {
    "the secret is in it in clear text: whoever sees it has the device".into()
}

/// After `qr` wrote a picture.
pub fn wrote_code(device: &Device, path: &Path, bytes: usize) -> String {
    format!(
        "wrote the QR code of {} to {} ({}, only you can read it)\n",
        safe(&device.label()),
        shown(path),
        size(bytes)
    )
}

/// After a backup was opened again.
pub fn compared(devices: usize) -> String {
    match devices {
        0 => "read back and compared: it is empty, as it should be\n".into(),
        1 => "read back and compared: the device is in it\n".into(),
        n => format!("read back and compared: all {n} devices are in it\n"),
    }
}

/// After a file was read again that cannot be opened here.
pub fn same_bytes() -> String {
    "read back and compared: every byte is as it was made; only its recipients can open it\n".into()
}

/// After a clear-text export.
pub fn in_clear() -> String {
    "every secret in it is in clear text: whoever reads it has all the codes".into()
}

/// After `restore` in place: from a generation's name or number, or a backup's path.
pub fn restored(devices: usize, from: &str) -> String {
    let from =
        if from.bytes().all(|byte| byte.is_ascii_digit()) { &format!("generation {from}") } else { from };
    format!(
        "restored {} from {}; what was there before is kept as a generation\n",
        counted(devices, "device"),
        safe(from)
    )
}

/// After `restore --into`.
pub fn restored_into(devices: usize, path: &Path) -> String {
    format!("restored {} into {}\n", counted(devices, "device"), shown(path))
}

/// After `merge`.
pub fn merged(merged: &Merged, other: &Path) -> String {
    if !merged.news {
        return format!("nothing in {} is new here; nothing was changed\n", shown(other));
    }
    let Merged { added, changed, removed, .. } = merged;
    format!(
        "merged {}: {added} added, {changed} changed, {removed} removed; what was there before is kept as a generation\n",
        shown(other)
    )
}

/// `merge` of a vault that is no copy of this one.
pub fn foreign_vault(other: &Path) -> Explanation {
    Explanation::new(
        Exit::BadInput,
        format!("{}: it is another vault, not a copy of this one, so nothing was merged", shown(other)),
    )
    .hint("a backup of the other one, and keyfob import")
}

/// A line of `restore --list`: the name first.
pub fn generation(generation: &Generation, width: usize) -> String {
    let when = date(generation.replaced);
    let before =
        generation.before.as_deref().map(|what| format!("  before {}", safe(what))).unwrap_or_default();
    let bytes = usize::try_from(generation.size).unwrap_or(usize::MAX);
    format!("{:width$}  {when:<16}  {:>8}{before}\n", safe(&generation.name), size(bytes))
}

pub(super) fn date(at: crate::clock::UnixTime) -> String {
    let seconds = i64::try_from(at.0).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds)
        .map(|time| {
            time.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
        })
        .unwrap_or_default()
}

/// How a vault is locked: the answer of `lock show`.
pub fn lock(lock: &LockInfo, recipients: &[String]) -> String {
    let mut told = match lock {
        LockInfo::Passphrase { work_factor } | LockInfo::Backup { work_factor } => {
            format!(
                "passphrase, scrypt work factor {} ({} MiB a try)\n",
                work_factor.get(),
                work_factor.mebibytes()
            )
        }
        LockInfo::Recipients { .. } => "age recipients only, no passphrase\n".into(),
    };
    for recipient in recipients {
        told.push_str("recipient ");
        told.push_str(&safe(recipient));
        told.push('\n');
    }
    told
}

/// Who can open the vault with a key, one a line: the answer of `lock recipients`.
pub fn recipients(recipients: &[String]) -> String {
    recipients.iter().map(|recipient| format!("{}\n", safe(recipient))).collect::<Vec<_>>().concat()
}

/// After `lock passphrase`.
pub fn locked_anew() -> String {
    "saved: the new passphrase opens the vault; earlier generations and backups keep the passphrase they had\n".into()
}

/// Before the settings in force, as comments of TOML: the files used, and whether the theme is.
pub fn settings(config: &str, exists: bool, state: &str, no_color: bool) -> String {
    let there = if exists { "" } else { " (not there)" };
    let mut told = format!(
        "# What is in force; {}{there} may hold any of it.\n# State folder: {}\n",
        safe(config),
        safe(state)
    );
    if no_color {
        told.push_str("# NO_COLOR is set: the theme is not used.\n");
    }
    told
}

/// After `lock recipients`.
pub fn recipients_changed(added: usize, removed: usize) -> String {
    let mut told = format!("saved: {added} added, {removed} removed\n");
    if removed > 0 {
        told.push_str("whoever was removed may still have earlier copies, and opens those: generations, backups, synced files\n");
    }
    told
}

/// What an import comes to, in one line.
pub fn taken(new: usize, duplicate: usize, refused: usize, dry_run: bool) -> String {
    let done = if dry_run { "would add" } else { "added" };
    format!("{done} {}, {duplicate} there already, {refused} refused\n", counted(new, "device"))
}

/// Where an entry stands.
pub fn place(file: &str, place: Place) -> String {
    format!("{}, {place}", safe(file))
}

/// An entry that was refused: where, and why.
pub fn refused(why: &str) -> String {
    format!("refused {}\n", safe(why))
}

/// Notes on standard error.
pub mod note {
    use super::{WorkFactor, counted, safe};
    use std::path::Path;

    /// The machine's clock is kept by nobody, as far as the kernel knows.
    pub const UNSYNCHRONISED: &str =
        "the kernel says this machine's clock is not synchronised: it may be ours that is off";

    /// An older copy of the vault stands there than this machine saw before.
    pub fn rolled_back(rollback: &crate::vault::Rollback) -> String {
        format!("{}; keyfob merge FILE takes in a newer copy", crate::explain::notices::rolled_back(rollback))
    }

    /// A secret is shorter than the standard asks for.
    pub fn short_secret(bits: usize) -> String {
        format!("this secret has {bits} bits; RFC 4226 asks for at least 128")
    }

    /// A QR code had to be drawn in the terminal's own colours.
    pub fn plain_code() -> String {
        "without colours the code may be light on dark, which some cameras can't read: --png FILE is sure"
            .into()
    }

    /// A passphrase is quickly guessed.
    pub fn weak_passphrase() -> String {
        "this passphrase is quickly guessed; four or more random words are better".into()
    }

    /// `--fresh` waits.
    pub fn waiting(seconds: u64) -> String {
        format!(
            "the code of this step was handed out before: waiting {} for the next",
            counted_seconds(seconds)
        )
    }

    /// `--copy` is done; `warning` is what may stand in its way.
    pub fn sent(warning: Option<&str>) -> String {
        let warning = warning.map(|warning| format!("; {warning}")).unwrap_or_default();
        format!("sent to your terminal's clipboard{warning}")
    }

    /// `--copy` did not work.
    pub fn not_sent(why: &str) -> String {
        format!("not sent to the clipboard: {why}")
    }

    fn counted_seconds(seconds: u64) -> String {
        counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second")
    }

    /// Opening will take this much memory.
    pub fn dear(factor: WorkFactor) -> String {
        format!(
            "opening this takes {} MiB of memory (scrypt work factor {})",
            factor.mebibytes(),
            factor.get()
        )
    }

    /// Opening another app's file will take this much memory.
    pub fn much_memory(mebibytes: u64) -> String {
        format!("opening this file takes {mebibytes} MiB of memory: its app wants it so")
    }

    /// A folder held files of no known format.
    pub fn passed_over(count: usize, folder: &Path) -> String {
        let files = counted(count, "file");
        format!("passed over {files} of {}: no device is in there", safe(&folder.to_string_lossy()))
    }

    /// A format can't say all that these devices' codes come from.
    pub fn left_out(label: &str, format: &str) -> String {
        format!("left out {}: {format} has no way to say how its codes come about", safe(label))
    }

    /// The vault could not be told that a backup was made, or codes checked.
    pub fn not_remembered(why: &str) -> String {
        format!("done, but the vault could not take note of it: {why}")
    }
}

/// Bytes as people read them: `812 B`, `4.1 kB`, `2.0 MB`.
pub fn size(bytes: usize) -> String {
    let tenths = |unit: usize| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// What to try where one passphrase opens the vault, but not what shall come back.
pub const ITS_OWN_PASSPHRASE: &str = "--backup-passphrase-file FILE, where it has a passphrase of its own";

/// Whether to go on in spite of what was just said.
pub const GO_ON: &str = "go on? y or n";

/// What is asked for where a file is encrypted.
pub fn password_of(path: &Path) -> String {
    format!("password of {}", safe(&path.to_string_lossy()))
}

/// A question on the terminal, with the answer right behind it.
pub fn question(what: &str) -> String {
    let mut letters = what.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let what: String = first.into_iter().chain(letters).collect();
    format!("{what}: ")
}
