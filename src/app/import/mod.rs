//! The import: files that are read one after the other, and a table of what would happen.

mod table;

pub use table::{Foreseen, ImportRow, ImportTable};

use super::field::{Full, TextField};
use super::form::Form;
use super::list::Find;
use super::passphrase_form::MAX_PASSPHRASE;
use super::path_field::PathField;
use crate::clock::UnixTime;
use crate::exchange::{Progress, ReadError};
use crate::explain::{Explain as _, Explanation, notices};
use crate::foreign::{NotRead, Read};
use crate::vault::{Passphrase, Vault};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file or folder to be read.
#[derive(Debug)]
pub struct ImportRequest {
    /// Comes back with the answer: one that nobody waits for any more is dropped.
    pub number: u64,
    /// What to read; `~/` stands for the home folder.
    pub path: PathBuf,
    /// The files' own passwords, as far as they were typed: a folder may have several.
    pub passwords: Vec<(PathBuf, Passphrase)>,
    /// The file's key file, once it was typed; `~/` as before.
    pub key_file: Option<PathBuf>,
    /// The passphrase of an identity file, once it was typed.
    pub identity: Option<Passphrase>,
    /// Whether somebody agreed to the memory that opening it takes.
    pub dear: bool,
}

impl ImportRequest {
    /// The password that was typed for a file, which `needed` asks for.
    pub fn password_of(&self, path: &Path, needed: &ReadError) -> Result<Passphrase, NotImported> {
        let typed = self.passwords.iter().find(|(of, _)| of == path);
        typed.map(|(_, password)| password.clone()).ok_or_else(|| NotImported::without_password(path, needed))
    }
}

/// What a password is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordOf {
    /// This file, which is read.
    File(PathBuf),
    /// The same, which may have a key file as well, or instead.
    Database(PathBuf),
    /// The identity file of this name, which may open it.
    Identity(String),
}

/// What was read.
#[derive(Debug)]
pub struct Imported {
    /// File by file, in their order.
    pub files: Vec<Read>,
    /// How many files of a folder hold no device.
    pub passed_over: usize,
}

/// Why nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotImported {
    /// It is encrypted, or the identity file is that may open it.
    PasswordNeeded(PasswordOf),
    /// The password is another one.
    WrongPassword(PasswordOf),
    /// The key file is not there, or is no good.
    NoKeyFile(Explanation),
    /// Opening it takes so much memory that somebody has to agree first.
    Dear {
        /// How much.
        mebibytes: u64,
    },
    /// Something else.
    Failed(Explanation),
}

impl NotImported {
    /// What a file that `needed` asks with is answered where no password was typed for it.
    fn without_password(path: &Path, needed: &ReadError) -> Self {
        let path = path.to_owned();
        match needed {
            // A key file was typed alone, and tried alone.
            ReadError::KeyNeeded { with_file: true } => Self::WrongPassword(PasswordOf::Database(path)),
            ReadError::KeyNeeded { with_file: false } | ReadError::WrongKey { .. } => {
                Self::PasswordNeeded(PasswordOf::Database(path))
            }
            _ => Self::PasswordNeeded(PasswordOf::File(path)),
        }
    }
}

impl From<NotRead> for NotImported {
    fn from(error: NotRead) -> Self {
        match error {
            NotRead::Format(_, ReadError::BadKeyFile) => Self::NoKeyFile(error.explain()),
            NotRead::Format(path, ReadError::WrongPassword) => Self::WrongPassword(PasswordOf::File(path)),
            NotRead::Format(path, ReadError::WrongKey { .. }) => {
                Self::WrongPassword(PasswordOf::Database(path))
            }
            error => Self::Failed(error.explain()),
        }
    }
}

/// Where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// A path is typed.
    Path,
    /// A password is typed: [`ImportForm::whose`] says which.
    Password,
    /// A file is being read; the number of the request.
    Reading(u64),
    /// What would happen is told, and can be chosen from.
    Table,
    /// What was chosen is on its way to disk.
    Saving,
}

/// The import.
#[derive(Debug)]
pub struct ImportForm {
    path: PathField,
    typed: TextField,
    /// Where the key file is.
    key_file: PathField,
    /// Whether that is typed, and not the password.
    on_key_file: bool,
    whose: PasswordOf,
    /// The files' passwords.
    passwords: Vec<(PathBuf, Passphrase)>,
    /// The passphrase of the identity files: it is asked for once.
    identity: Option<Passphrase>,
    /// Whether somebody agreed to the memory that the file takes.
    dear: bool,
    /// Where one is.
    pub step: ImportStep,
    /// What was read, and what would come of it.
    pub table: ImportTable,
    /// What is wrong with the path or the password.
    pub error: Option<String>,
    /// How far reading is, where it takes long.
    pub progress: Option<Progress>,
}

impl ImportForm {
    /// The form, with nothing read.
    pub fn new() -> Self {
        Self {
            path: PathField::filled(""),
            typed: TextField::masked(MAX_PASSPHRASE),
            key_file: PathField::filled(""),
            on_key_file: false,
            whose: PasswordOf::File(PathBuf::new()),
            passwords: Vec::new(),
            identity: None,
            dear: false,
            step: ImportStep::Path,
            table: ImportTable::default(),
            error: None,
            progress: None,
        }
    }

    /// The field for a path, while it is typed in.
    pub fn path(&self) -> Option<&PathField> {
        match self.step {
            ImportStep::Path => Some(&self.path),
            ImportStep::Password if self.on_key_file => Some(&self.key_file),
            _ => None,
        }
    }

    /// The same, to be told what is in a folder.
    pub(super) fn path_mut(&mut self) -> &mut PathField {
        if self.step == ImportStep::Path { &mut self.path } else { &mut self.key_file }
    }

    /// Whether a password is typed that may have a key file beside it.
    pub fn takes_key_file(&self) -> bool {
        self.step == ImportStep::Password && matches!(self.whose, PasswordOf::Database(_))
    }

    /// Whether a field can be typed in.
    pub fn is_typing(&self) -> bool {
        matches!(self.step, ImportStep::Path | ImportStep::Password)
    }

    /// Whether what is looked for in the table is typed.
    pub fn is_finding(&self) -> bool {
        self.step == ImportStep::Table && matches!(self.table.find(), Find::Typing(_))
    }

    /// Whether URIs that are pasted go into the table.
    pub(super) fn takes_uris(&self) -> bool {
        matches!(self.step, ImportStep::Path | ImportStep::Table)
    }

    /// The path as it was typed.
    pub fn path_shown(&self) -> &str {
        self.path.field.trimmed()
    }

    /// Which password is typed.
    pub fn whose(&self) -> &PasswordOf {
        &self.whose
    }

    /// Takes the path that is shown after the cursor.
    pub(super) fn complete(&mut self) -> Result<bool, Full> {
        self.error = None;
        self.path_mut().complete().map(|()| true)
    }

    /// Asks for one more file.
    pub(super) fn ask_for_another(&mut self) {
        self.path = PathField::filled("");
        self.refuse(None);
    }

    /// What is to be read from now on; none while something is missing, which is told then.
    pub(super) fn request(&mut self, number: u64) -> Option<ImportRequest> {
        let (missing, words) = match self.step {
            ImportStep::Path => (self.path.field.trimmed().is_empty(), notices::NO_FILE),
            ImportStep::Password if self.takes_key_file() => {
                (self.typed.is_empty() && self.key_file.field.trimmed().is_empty(), notices::NO_KEY)
            }
            ImportStep::Password => (self.typed.is_empty(), notices::NO_PASSWORD),
            _ => (false, ""),
        };
        self.error = missing.then(|| words.to_owned());
        if missing {
            return None;
        }
        if self.step == ImportStep::Password {
            let typed = Passphrase::new(Zeroizing::new(self.typed.text().to_owned()));
            match &self.whose {
                PasswordOf::File(path) | PasswordOf::Database(path) => {
                    self.passwords.retain(|(of, _)| of != path);
                    self.passwords.extend(typed.map(|typed| (path.clone(), typed)));
                }
                PasswordOf::Identity(_) => self.identity = typed,
            }
            self.typed.clear();
        }
        self.step = ImportStep::Reading(number);
        self.progress = None;
        let (passwords, identity) = (self.passwords.clone(), self.identity.clone());
        let path = super::dropped::dropped_path(self.path.field.trimmed());
        let key_file = Some(self.key_file.field.trimmed()).filter(|typed| !typed.is_empty());
        let key_file = key_file.map(super::dropped::dropped_path);
        Some(ImportRequest { number, path, passwords, key_file, identity, dear: self.dear })
    }

    /// The same once more, now that somebody agreed to the memory that it takes.
    pub(super) fn request_dear(&mut self, number: u64) -> Option<ImportRequest> {
        self.dear = true;
        self.request(number)
    }

    /// Asks for a password, or for another one.
    pub(super) fn ask_for_password(&mut self, whose: PasswordOf, wrong: bool) {
        let words = match whose {
            PasswordOf::File(_) => notices::WRONG_PASSWORD,
            PasswordOf::Database(_) => notices::WRONG_KEY,
            PasswordOf::Identity(_) => notices::IDENTITY_STAYS_SHUT,
        };
        self.error = wrong.then(|| words.to_owned());
        self.whose = whose;
        self.typed.clear();
        self.on_key_file = false;
        self.step = ImportStep::Password;
    }

    /// Asks for another key file.
    pub(super) fn refuse_key_file(&mut self, why: String) {
        self.ask_for_password(self.whose.clone(), false);
        self.on_key_file = true;
        self.error = Some(why);
    }

    /// Back to the path, until somebody agrees to what the file takes; what was typed for it is kept.
    pub(super) fn hold(&mut self) {
        self.step = ImportStep::Path;
    }

    /// Back to the path, with what is wrong. What opens one file need not open the next.
    pub(super) fn refuse(&mut self, why: Option<String>) {
        self.typed.clear();
        self.passwords.clear();
        self.key_file = PathField::filled("");
        self.dear = false;
        self.error = why;
        self.step = ImportStep::Path;
    }

    /// Adds what was read to the table.
    pub(super) fn take(&mut self, files: Vec<Read>, vault: &Vault, now: UnixTime) {
        self.ask_for_another();
        self.table.add(files, vault, now);
        self.step = ImportStep::Table;
    }
}

impl Default for ImportForm {
    fn default() -> Self {
        Self::new()
    }
}

/// The fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportField {
    /// Which file.
    Path,
    /// Its password.
    Password,
    /// Its key file.
    KeyFile,
}

impl Form for ImportForm {
    type Id = ImportField;

    fn shown(&self) -> Vec<ImportField> {
        if self.takes_key_file() {
            vec![ImportField::Password, ImportField::KeyFile]
        } else {
            vec![self.focus()]
        }
    }

    fn focus(&self) -> ImportField {
        match self.step {
            ImportStep::Password if self.on_key_file => ImportField::KeyFile,
            ImportStep::Password => ImportField::Password,
            _ => ImportField::Path,
        }
    }

    fn set_focus(&mut self, id: ImportField) {
        self.on_key_file = id == ImportField::KeyFile;
    }

    fn label(&self, id: ImportField) -> &'static str {
        match id {
            ImportField::Path => "path",
            ImportField::Password => match self.whose {
                PasswordOf::File(_) | PasswordOf::Database(_) => "password",
                PasswordOf::Identity(_) => "passphrase",
            },
            ImportField::KeyFile => "key file",
        }
    }

    fn field(&self, id: ImportField) -> &TextField {
        match id {
            ImportField::Path => &self.path.field,
            ImportField::Password => &self.typed,
            ImportField::KeyFile => &self.key_file.field,
        }
    }

    fn field_mut(&mut self, id: ImportField) -> &mut TextField {
        match id {
            ImportField::Path => &mut self.path.field,
            ImportField::Password => &mut self.typed,
            ImportField::KeyFile => &mut self.key_file.field,
        }
    }

    fn ghost(&self, id: ImportField) -> String {
        match id {
            ImportField::Path => self.path.ghost(),
            ImportField::KeyFile => self.key_file.ghost(),
            ImportField::Password => String::new(),
        }
    }

    fn on_edited(&mut self, _: ImportField) {
        self.error = None;
    }
}
