//! What keeps a vault or a backup from being opened, changed or saved.

use super::{Exit, Explain, Explanation, Reason};
use crate::text::safe;
use crate::vault::{BackupError, BadVault, IdentityError, RecipientError, Step, VaultError, WorkFactor};
use std::io;
use std::path::Path;

const OFFER_GENERATIONS: &str = "keyfob restore --list, which shows the earlier generations";

impl Explain for VaultError {
    fn explain(&self) -> Explanation {
        let system = |path: &Path, why: &str| about(Exit::System, path, why);
        match self {
            Self::Missing { path } => system(path, "there is no vault here")
                .hint("keyfob init, which makes one, or --vault FILE for another one"),
            Self::Exists { path } => system(path, "there is a file already, and it was left alone")
                .hint("another name, or moving that file away first"),
            Self::OwnFile { path } => system(path, "it belongs to the vault, and a backup never replaces it")
                .hint("another name or another folder"),
            Self::Foreign { path, owner } => system(
                path,
                &format!("it belongs to another user (uid {owner}), and saving would take it away from them"),
            )
            .hint("the same as that user"),
            Self::Busy { path, holder } => busy(path, *holder),
            Self::Io { path, step, error } => io_failed(path, *step, error),
            Self::Bad { path, bad } => bad.about(path.display()),
            Self::WrongPassphrase { path } => {
                about(Exit::Locked, path, "the passphrase does not open this vault")
            }
            Self::NoIdentityFits { path } => no_identity_fits(path),
            Self::OtherLock { path, wants_passphrase } => other_lock(path, *wants_passphrase),
            Self::Relocked { path } => {
                about(Exit::Locked, path, "it was locked anew meanwhile, so nothing was saved")
                    .hint("the same again, with the new passphrase or identity")
            }
            Self::LetGo { path } => {
                about(Exit::Locked, path, "the agent has let go of it meanwhile, so nothing was saved")
                    .hint("the same again, with the passphrase")
            }
            Self::AnotherVault { path } => {
                system(path, "another vault stands here now, so nothing was saved")
            }
            Self::ReadBack { path } => {
                system(path, "what was encrypted does not decrypt to the same, so nothing was written")
                    .hint("a check of this machine's memory")
            }
            Self::Identity(error) => error.explain(),
            Self::NoReaders => Explanation::new(
                Exit::BadInput,
                "nobody could open the vault any more, so nothing was changed",
            )
            .hint("adding another recipient first"),
            Self::LocksOut => Explanation::new(
                Exit::BadInput,
                "the identities given here would not open the vault any more, so nothing was changed",
            )
            .hint("-i with an identity of somebody who stays"),
            Self::NoSuchRecipient { recipient } => Explanation::new(
                Exit::No,
                format!("the vault is not locked to {}, so nothing was changed", safe(recipient)),
            )
            .hint("keyfob lock recipients"),
            Self::NoGeneration { name } => {
                Explanation::new(Exit::System, format!("{}: no generation has this name", safe(name)))
                    .hint(OFFER_GENERATIONS)
            }
        }
    }
}

fn about(exit: Exit, path: &Path, why: &str) -> Explanation {
    Explanation::new(exit, format!("{}: {why}", safe(&path.to_string_lossy())))
}

fn busy(path: &Path, holder: Option<u32>) -> Explanation {
    let who = holder.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
    about(Exit::System, path, &format!("the vault is busy: {who} has held its lock for 10 seconds"))
        .hint("the same again, once that process is done")
}

fn no_identity_fits(path: &Path) -> Explanation {
    about(Exit::Locked, path, "none of the identities opens it")
        .hint("--identity FILE with one of its owners' keys")
}

fn other_lock(path: &Path, wants_passphrase: bool) -> Explanation {
    if wants_passphrase {
        about(Exit::Locked, path, "it is locked with a passphrase, not to an identity")
            .hint("the same without --identity")
    } else {
        about(Exit::Locked, path, "it is locked to age recipients, so no passphrase opens it")
            .hint("--identity FILE with the key of one of them")
    }
}

fn io_failed(path: &Path, step: Step, error: &io::Error) -> Explanation {
    let failed = match step {
        Step::Read => "it can't be read",
        Step::MakeFolder => "the folder can't be made",
        Step::Lock => "the lock file can't be taken",
        Step::Create => "it can't be made",
        Step::Write => "it can't be written",
        Step::Sync => "it can't be made durable",
        Step::Keep => "the vault as it was can't be kept as a generation",
        Step::Replace => "the new file can't be put in its place",
        Step::SyncFolder => "it is written, but the folder can't be made durable",
    };
    let told = about(Exit::System, path, &format!("{failed}: {}", system_says(error)));
    let next = if step == Step::SyncFolder { NOT_CONFIRMED } else { next_step(step, error) };
    told.hint(next)
}

const NOT_CONFIRMED: &str = "keyfob list, which shows whether it is there, then the same again";

/// What to do about what the system said.
fn next_step(step: Step, error: &io::Error) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => "free some space there, then the same again",
        Kind::ReadOnlyFilesystem => "a folder on a disk that can be written to",
        Kind::PermissionDenied => "keyfob doctor, which shows whose it is and who may write there",
        Kind::CrossesDevices => "another folder: here a file can't be put in the place of another",
        Kind::NotFound => "a folder that is there, or making this one first",
        Kind::Interrupted | Kind::StaleNetworkFileHandle | Kind::ResourceBusy => "the same again",
        _ if step == Step::Lock => "a folder on a file system that knows locks",
        _ if is_out_of_files(error) => "the same again, once other programs have closed some files",
        _ => "keyfob doctor, and a look at what the system's log says of this disk",
    }
}

fn is_out_of_files(error: &io::Error) -> bool {
    use rustix::io::Errno;
    [Errno::MFILE, Errno::NFILE].iter().any(|known| error.raw_os_error() == Some(known.raw_os_error()))
}

/// The system's own words, without the error number that Rust adds.
pub(super) fn system_says(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    safe(&first.into_iter().chain(letters).collect::<String>()).into_owned()
}

impl Reason for BadVault {
    const SUBJECT: &'static str = "vault";

    fn reason(&self) -> String {
        match self {
            Self::Empty => "the file is empty".into(),
            Self::NotAFile => "it is no regular file".into(),
            Self::NotAge => "it is no age file, so it is no vault".into(),
            Self::TooLarge { limit, .. } => format!("it is larger than a vault may be ({limit} bytes)"),
            Self::Header { line, what } => format!("line {line} of its header is malformed: {}", safe(what)),
            Self::HeaderTooLarge => "its header is larger than any vault's".into(),
            Self::WorkFactor { factor } => {
                format!(
                    "it asks for scrypt with a work factor of {factor}, over the limit of {}",
                    WorkFactor::MAX.get()
                )
            }
            Self::IsBackup => "it is a backup or another age file, not a vault".into(),
            Self::IsVault => "it is a vault, not a backup".into(),
            Self::Damaged => "it is damaged: bytes were changed or are missing".into(),
            Self::Forged => "it is forged: whoever wrote it does not know this vault's key".into(),
            Self::Mixed => "it is put together from parts of different files".into(),
            Self::Newer { version } => format!("it is of format version {version}, made by a newer keyfob"),
            Self::Contents(what) => format!("its contents are not as the format says: {}", safe(what)),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::IsBackup => Some("keyfob restore FILE, which brings a backup back".into()),
            Self::IsVault => Some("--vault FILE, which opens it".into()),
            Self::Newer { .. } => {
                Some("a newer version of keyfob; this one changes nothing in the file".into())
            }
            _ => Some(OFFER_GENERATIONS.into()),
        }
    }
}

impl Reason for BackupError {
    const SUBJECT: &'static str = "backup";

    fn reason(&self) -> String {
        match self {
            Self::Bad(bad) => bad.reason(),
            Self::WrongPassphrase => "the passphrase does not open this backup".into(),
            Self::NoIdentityFits => "none of the identities opens this backup".into(),
            Self::OtherLock { wants_passphrase: true } => {
                "it is locked with a passphrase, not to an identity".into()
            }
            Self::OtherLock { wants_passphrase: false } => "it is locked to age recipients".into(),
            Self::Differs => "read back, it holds something else than what was put in".into(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Bad(bad @ (BadVault::IsVault | BadVault::Newer { .. })) => bad.hint(),
            // An earlier generation of the vault is no help with a backup.
            Self::Bad(_)
            | Self::WrongPassphrase
            | Self::OtherLock { wants_passphrase: true }
            | Self::Differs => None,
            Self::NoIdentityFits | Self::OtherLock { wants_passphrase: false } => {
                Some("--identity FILE with the key of one of its recipients".into())
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Bad(_) => Exit::BadInput,
            Self::WrongPassphrase | Self::NoIdentityFits | Self::OtherLock { .. } => Exit::Locked,
            Self::Differs => Exit::System,
        }
    }
}

impl Explain for IdentityError {
    fn explain(&self) -> Explanation {
        match self {
            Self::PassphraseNeeded { name } => {
                Explanation::new(Exit::Locked, format!("{}: this identity file is encrypted", safe(name)))
                    .hint("--passphrase-file with its passphrase")
            }
            Self::WrongPassphrase { name } => Explanation::new(
                Exit::Locked,
                format!("{}: the passphrase does not open this identity file", safe(name)),
            ),
            Self::NoIdentity { name, line } => no_identity(name, *line),
            Self::Bad { name, bad } => Explanation { hint: None, ..bad.about(name) },
        }
    }
}

fn no_identity(name: &str, line: Option<usize>) -> Explanation {
    let place = line.map(|line| format!(" in line {line}")).unwrap_or_default();
    Explanation::new(Exit::BadInput, format!("{}: there is no identity{place} that can be used", safe(name)))
        .hint("an age identity file (age-keygen makes one) or an OpenSSH private key")
}

impl Reason for RecipientError {
    const SUBJECT: &'static str = "recipient";

    fn reason(&self) -> String {
        match self {
            Self::Unknown => "neither an age recipient (age1...) nor an ssh public key",
            Self::IsIdentity => "this is a secret key: recipients are public keys",
            Self::Unsupported => "age recipients of this kind are not supported",
            Self::UnsupportedSsh => "ssh keys of this kind are not supported: ssh-ed25519 and ssh-rsa are",
        }
        .into()
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}
