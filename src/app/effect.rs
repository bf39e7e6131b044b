//! What the world should do.

use super::{AwsCall, Guarded, ImportRequest, Why};
use crate::device::DeviceId;
use crate::state::ViewChange;
use crate::vault::{Change, Passphrase, Recipient};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// What the world should do, as data. `terminal/perform` does it and answers with a message.
#[derive(Debug)]
pub enum Effect {
    /// Makes the vault (first run), locked by this passphrase.
    Create {
        /// The new vault's passphrase.
        passphrase: Passphrase,
    },
    /// Opens the vault: with this passphrase, or where it is locked to recipients with the identity
    /// files of the command line (the passphrase is then theirs, if they need one).
    Unlock {
        /// What was typed.
        passphrase: Option<Passphrase>,
    },
    /// Changes the vault and makes that durable.
    Change {
        /// Which change.
        change: Box<Change>,
        /// Why it is made.
        why: Why,
    },
    /// Reads the file again, since it changed.
    Reload,
    /// Proves again who is there: with this passphrase, or, without one, by what opens the vault unasked.
    Prove {
        /// What is shown then; it comes back with the answer.
        then: Guarded,
        /// What was typed.
        passphrase: Option<Passphrase>,
    },
    /// Writes a backup, reads it back and compares.
    Export(Box<ExportRequest>),
    /// Reads a file or a folder that devices shall be imported from.
    ReadImport(Box<ImportRequest>),
    /// Reads the QR codes in a picture; `~/` stands for the home folder.
    ReadPicture(PathBuf),
    /// Reads the QR codes in the picture on this machine's clipboard.
    ReadClipboard,
    /// Reads a folder, as it was typed (`~/` stands for the home folder), for the completion of a path.
    ReadFolder(String),
    /// Asks AWS, or the AWS CLI's files.
    AskAws(Box<AwsCall>),
    /// Puts a text on the clipboard (local or the terminal's).
    Copy(Zeroizing<String>),
    /// Remembers, for other sessions too, that a device's code was handed out, and answers with what is
    /// remembered then.
    Spend {
        /// Whose.
        device: DeviceId,
        /// Of which time step; none for a counter device.
        step: Option<u64>,
    },
    /// Reads again what is remembered.
    Recall,
    /// Remembers how the vault is looked at. Nothing answers.
    Remember(ViewChange),
    /// Takes it off again, where it is still there.
    ClearClipboard,
    /// Forgets devices, identity and MAC key, wipes what was drawn, and answers with
    /// [`super::Outcome::Locked`].
    Lock,
    /// Wipes what was drawn, and draws everything anew.
    Wipe,
    /// Draws everything anew.
    Redraw,
    /// Stops the program as Ctrl-Z does in a shell.
    Suspend,
    /// Ends the program.
    Quit,
}

/// A backup to be written.
#[derive(Debug)]
pub struct ExportRequest {
    /// Where to; `~/` stands for the home folder.
    pub path: PathBuf,
    /// What it is locked with.
    pub lock: ExportLock,
    /// Whether an existing file may be replaced.
    pub overwrite: bool,
}

/// What a backup is locked with.
#[derive(Debug)]
pub enum ExportLock {
    /// A passphrase of its own.
    Passphrase(Passphrase),
    /// age recipients.
    Recipients(Vec<Recipient>),
}
