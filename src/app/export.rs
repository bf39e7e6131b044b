//! The form for a backup: a path, and a passphrase twice or recipients.

use super::field::{Full, TextField};
use super::form::Form;
use super::passphrase_form::{Fault, NewPassphrase};
use super::path_field::PathField;
use super::{ExportLock, ExportReport, ExportRequest};
use crate::explain::notices;
use crate::vault::Recipient;
use std::path::PathBuf;

const MAX_RECIPIENTS: usize = 8192;

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportField {
    /// Where to.
    Path,
    /// The backup's passphrase.
    Once,
    /// The same again.
    Again,
    /// Or age recipients, with commas or spaces between.
    Recipients,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportState {
    /// The form is being filled in.
    Typing,
    /// It runs; what is being done.
    Running(&'static str),
    /// It is written and read back.
    Done(ExportReport),
}

/// The form for a backup.
#[derive(Debug)]
pub struct ExportForm {
    path: PathField,
    passphrase: NewPassphrase,
    recipients: TextField,
    to_recipients: bool,
    focus: ExportField,
    /// How far it is.
    pub state: ExportState,
    /// What is wrong, and where.
    pub error: Option<(ExportField, String)>,
}

impl ExportForm {
    /// The form, with a path proposed.
    pub fn new(proposed: &str) -> Self {
        Self {
            path: PathField::filled(proposed),
            passphrase: NewPassphrase::new(),
            recipients: TextField::new(MAX_RECIPIENTS),
            to_recipients: false,
            focus: ExportField::Path,
            state: ExportState::Typing,
            error: None,
        }
    }

    /// Whether fields can be typed in.
    pub fn is_typing(&self) -> bool {
        self.state == ExportState::Typing
    }

    /// Whether the backup is for recipients.
    pub fn is_to_recipients(&self) -> bool {
        self.to_recipients
    }

    /// The path as it was typed.
    pub fn path_shown(&self) -> String {
        self.path.field.trimmed().to_owned()
    }

    /// The passphrase and its strength.
    pub fn passphrase(&self) -> &NewPassphrase {
        &self.passphrase
    }

    /// The field for the path, while it is typed in.
    pub fn path(&self) -> Option<&PathField> {
        (self.is_typing() && self.focus == ExportField::Path).then_some(&self.path)
    }

    /// The same, to be told what is in a folder.
    pub(super) fn path_mut(&mut self) -> &mut PathField {
        &mut self.path
    }

    /// Takes the path that is shown after the cursor.
    pub(super) fn complete(&mut self) -> Result<bool, Full> {
        self.error = None;
        self.path.complete().map(|()| true)
    }

    /// Changes between a passphrase and recipients.
    pub fn other_lock(&mut self) {
        self.to_recipients = !self.to_recipients;
        self.error = None;
        if self.focus != ExportField::Path {
            self.focus = if self.to_recipients { ExportField::Recipients } else { ExportField::Once };
        }
    }

    /// What is to be written, or what is wrong first.
    pub fn check(&self, overwrite: bool) -> Result<ExportRequest, (ExportField, String)> {
        if self.path.field.trimmed().is_empty() {
            return Err((ExportField::Path, notices::NO_PATH.to_owned()));
        }
        let lock = if self.to_recipients {
            ExportLock::Recipients(self.recipients()?)
        } else {
            ExportLock::Passphrase(self.passphrase.check().map_err(|(fault, words)| match fault {
                Fault::Once => (ExportField::Once, words),
                Fault::Again => (ExportField::Again, words),
            })?)
        };
        Ok(ExportRequest { path: PathBuf::from(self.path.field.trimmed()), lock, overwrite })
    }

    /// Takes in the proof; passphrases are forgotten.
    pub fn finish(&mut self, report: ExportReport) {
        self.passphrase.clear();
        self.state = ExportState::Done(report);
    }

    fn recipients(&self) -> Result<Vec<Recipient>, (ExportField, String)> {
        let wrong = |words: String| (ExportField::Recipients, words);
        let text = self.recipients.text();
        // An ssh line holds spaces of its own; age's recipients do not.
        let parts: Vec<&str> = if text.contains("ssh-") {
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
        } else {
            text.split([',', ' ']).filter(|part| !part.is_empty()).collect()
        };
        if parts.is_empty() {
            return Err(wrong(notices::NO_RECIPIENT.to_owned()));
        }
        let read = |(at, part): (usize, &&str)| {
            Recipient::parse(part).map_err(|error| wrong(notices::recipient(at + 1, &error)))
        };
        parts.iter().enumerate().map(read).collect()
    }
}

impl Form for ExportForm {
    type Id = ExportField;

    fn shown(&self) -> Vec<ExportField> {
        if self.to_recipients {
            vec![ExportField::Path, ExportField::Recipients]
        } else {
            vec![ExportField::Path, ExportField::Once, ExportField::Again]
        }
    }

    fn focus(&self) -> ExportField {
        self.focus
    }

    fn set_focus(&mut self, id: ExportField) {
        self.focus = id;
    }

    fn label(&self, id: ExportField) -> &'static str {
        match id {
            ExportField::Path => "path",
            ExportField::Once => "passphrase",
            ExportField::Again => "the same again",
            ExportField::Recipients => "recipients",
        }
    }

    fn field(&self, id: ExportField) -> &TextField {
        match id {
            ExportField::Path => &self.path.field,
            ExportField::Once => &self.passphrase.once,
            ExportField::Again => &self.passphrase.again,
            ExportField::Recipients => &self.recipients,
        }
    }

    fn field_mut(&mut self, id: ExportField) -> &mut TextField {
        match id {
            ExportField::Path => &mut self.path.field,
            ExportField::Once => &mut self.passphrase.once,
            ExportField::Again => &mut self.passphrase.again,
            ExportField::Recipients => &mut self.recipients,
        }
    }

    fn ghost(&self, id: ExportField) -> String {
        if id == ExportField::Path { self.path.ghost() } else { String::new() }
    }

    fn on_edited(&mut self, id: ExportField) {
        self.error = None;
        if id == ExportField::Once {
            self.passphrase.estimate();
        }
    }
}
