//! What happened.

use super::key::KeyPress;
use super::{Asked, AwsAnswer, Guarded, Imported, NotImported, Why};
use crate::clock::{Synchronised, UnixTime};
use crate::explain::Explanation;
use crate::state::Remembered;
use crate::vault::{Applied, Change, LockInfo, Vault};
use std::time::Duration;
use zeroize::Zeroizing;

/// A point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The time of day.
    pub now: UnixTime,
    /// Since the machine started, suspend included.
    pub uptime: Duration,
}

/// What the mouse did. Columns and rows count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The first button went down here.
    Press {
        /// From the left.
        column: u16,
        /// From the top.
        row: u16,
        /// The uptime: who reads the terminal knows no clock and says zero, and the loop fills it in.
        at: Duration,
    },
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// What happened. Only `update` looks at these, and only these change the model.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted, as one piece (bracketed paste).
    Paste(Zeroizing<String>),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size: columns, rows.
    Resized(u16, u16),
    /// The terminal window got or lost the focus.
    Focus(bool),
    /// A new second began.
    Tick(Moment),
    /// The program is about to be stopped, by Ctrl-Z or SIGTSTP.
    Stopping,
    /// The program was stopped by Ctrl-Z or SIGTSTP, and goes on.
    Resumed(Moment),
    /// What the kernel says of its clock, at the start and every few minutes.
    Clock(Synchronised),
    /// The vault's file is not the one that was read or saved last.
    FileChanged,
    /// Another session may have handed out codes.
    StateChanged,
    /// The worker or the clipboard answers.
    Done(Outcome),
}

impl Message {
    /// The same, come at this uptime.
    #[must_use]
    pub fn at(self, uptime: Duration) -> Self {
        match self {
            Self::Mouse(Mouse::Press { column, row, .. }) => {
                Self::Mouse(Mouse::Press { column, row, at: uptime })
            }
            other => other,
        }
    }
}

/// What reading a picture came to: the texts of its QR codes.
pub type Codes = Result<Vec<Zeroizing<String>>, Explanation>;

/// What came of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// Of [`super::Effect::Create`].
    Created(Result<Box<Vault>, Explanation>),
    /// Of [`super::Effect::Unlock`].
    Unlocked(Result<Box<Vault>, Explanation>),
    /// Of [`super::Effect::Change`]: the vault as it is on disk now.
    Changed {
        /// What was asked for.
        change: Box<Change>,
        /// Why.
        why: Why,
        /// What it did, and the vault as it is on disk now; or why it is not there.
        result: Result<(Applied, Box<Vault>), NotChanged>,
    },
    /// Of [`super::Effect::Reload`].
    Reloaded(Result<Box<Vault>, NotReloaded>),
    /// What this machine remembers: before a vault is opened or read again, of
    /// [`super::Effect::Spend`] and of [`super::Effect::Recall`].
    Recalled(Box<Remembered>),
    /// Of [`super::Effect::Export`].
    Exported(Result<ExportReport, NotExported>),
    /// Of [`super::Effect::Prove`].
    Proved {
        /// What it was asked for.
        then: Guarded,
        /// Whether it is proved who is there.
        result: Result<Proof, NotProved>,
    },
    /// How far a slow effect is, in words.
    Progress(&'static str),
    /// How far [`super::Effect::ReadImport`] is, where it takes long.
    ImportProgress {
        /// The number of the request.
        number: u64,
        /// How far it is.
        progress: crate::exchange::Progress,
    },
    /// Of [`super::Effect::ReadImport`].
    ImportRead {
        /// The number of the request.
        number: u64,
        /// What was read.
        result: Result<Imported, NotImported>,
    },
    /// Of [`super::Effect::ReadPicture`].
    PictureRead {
        /// Which picture, as it was asked for.
        path: std::path::PathBuf,
        /// The texts of its codes.
        codes: Codes,
    },
    /// Of [`super::Effect::ReadClipboard`].
    ClipboardRead {
        /// The texts of its codes.
        codes: Codes,
    },
    /// Of [`super::Effect::ReadFolder`].
    Folder(super::Folder),
    /// Of [`super::Effect::AskAws`].
    Aws {
        /// The number of the call.
        number: u64,
        /// What came of it.
        result: Result<AwsAnswer, Explanation>,
    },
    /// Of [`super::Effect::Copy`].
    Copied(CopyOutcome),
    /// How the vault is locked, before it is opened.
    Locked(Result<LockInfo, Explanation>),
    /// An older copy of the vault stands there than was seen before: after it was unlocked, read again or saved.
    RolledBack(crate::vault::Rollback),
}

/// Why a change is not on disk.
#[derive(Clone, Debug)]
pub enum NotChanged {
    /// It can't be made, now or later ([`crate::vault::ChangeError`]): it is forgotten.
    Refused(Explanation),
    /// A field that it is about was changed elsewhere meanwhile: somebody has to say which value stays.
    Overtaken {
        /// The field, as the vault's format names it.
        field: &'static str,
        /// Told as a refusal.
        why: Explanation,
        /// The vault as it is on disk now.
        vault: Box<Vault>,
    },
    /// The vault has to be unlocked again, and the change is kept until then.
    Relocked(Relock),
    /// It could not be saved ([`crate::vault::VaultError`]): it is kept, and can be tried again.
    NotSaved(Explanation),
}

/// Why an open vault has to be unlocked again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relock {
    /// It was locked anew elsewhere.
    #[default]
    Anew,
    /// It was saved elsewhere, and the agent that opened it here holds it no more.
    LetGo,
}

/// Why the vault is not as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReloaded {
    /// What opened it does not open it any more.
    Relocked(Relock),
    /// Something else.
    Failed(Explanation),
}

/// How it was proved who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By a passphrase that was typed.
    Typed,
    /// By identity files that open without one: nobody was asked.
    Unasked,
}

/// Why it was not proved who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotProved {
    /// A passphrase is needed: this one.
    Ask(Asked),
    /// The passphrase is another one.
    DoesNotOpen,
    /// Something else.
    Failed(Explanation),
}

/// Why there is no backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotExported {
    /// A file of that name is there, and was not to be replaced.
    Exists,
    /// Something else.
    Failed(Explanation),
}

/// Where a code went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyOutcome {
    /// On the local clipboard.
    Copied,
    /// Sent to the terminal by OSC 52; `warning` says what may have dropped it.
    Sent {
        /// What the user may have to change (tmux's settings), if known.
        warning: Option<String>,
    },
    /// Nowhere: why.
    Failed(String),
}

/// The proof of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportReport {
    /// Where the backup is.
    pub path: std::path::PathBuf,
    /// How many devices were written and found again.
    pub devices: usize,
    /// The size of the file in bytes.
    pub bytes: u64,
}
