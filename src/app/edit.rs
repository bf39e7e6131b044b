//! The form for what people call a device.

use super::field::TextField;
use super::form::Form;
use crate::device::{Device, DeviceId};
use crate::explain::notices;
use crate::text::{MAX_LINE, MAX_NOTE, Text};
use crate::vault::Edit;

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditField {
    /// Who asks for the codes.
    Issuer,
    /// Whom they are for.
    Account,
    /// What the issuer calls the device.
    Serial,
    /// Words to find it by, with commas between.
    Tags,
    /// Free text.
    Note,
}

/// The form for what people call a device; never its secret.
#[derive(Debug)]
pub struct EditForm {
    /// Which device.
    pub id: DeviceId,
    issuer: TextField,
    account: TextField,
    serial: TextField,
    tags: TextField,
    note: TextField,
    focus: EditField,
    /// What is wrong, and where.
    pub error: Option<(EditField, String)>,
    /// Whether it is being saved.
    pub saving: bool,
}

impl EditForm {
    /// The form with what the device is called now.
    pub fn new(device: &Device) -> Self {
        let tags: Vec<&str> = device.tags.iter().map(Text::raw).collect();
        Self {
            id: device.id,
            issuer: TextField::filled(MAX_LINE, device.issuer.raw()),
            account: TextField::filled(MAX_LINE, device.account.raw()),
            serial: TextField::filled(MAX_LINE, device.serial.as_ref().map_or("", Text::raw)),
            tags: TextField::filled(MAX_NOTE, &tags.join(", ")),
            note: TextField::filled(MAX_NOTE, device.note.raw()),
            focus: EditField::Issuer,
            error: None,
            saving: false,
        }
    }

    /// What is to be changed, or what is wrong first. A field that nobody typed in stays as it is.
    pub fn check(&self) -> Result<Edit, (EditField, String)> {
        let line = |id: EditField| -> Result<Option<Text>, (EditField, String)> {
            let field = self.field(id);
            let read = if id == EditField::Note { Text::note } else { Text::line };
            let text = || read(field.text()).map_err(|long| (id, notices::too_long(long.limit)));
            field.is_edited().then(text).transpose()
        };
        if self.issuer.trimmed().is_empty() && self.account.trimmed().is_empty() {
            return Err((EditField::Issuer, notices::NAME_IT.to_owned()));
        }
        Ok(Edit {
            issuer: line(EditField::Issuer)?,
            account: line(EditField::Account)?,
            serial: line(EditField::Serial)?.map(|text| (!text.is_empty()).then_some(text)),
            tags: self.tags.is_edited().then(|| self.tags()).transpose()?,
            note: line(EditField::Note)?,
            ..Edit::default()
        })
    }

    fn tags(&self) -> Result<Vec<Text>, (EditField, String)> {
        let words = self.tags.text().split(',').map(str::trim).filter(|word| !word.is_empty());
        let tag = |word| Text::line(word).map_err(|long| (EditField::Tags, notices::too_long(long.limit)));
        let mut tags = words.map(tag).collect::<Result<Vec<_>, _>>()?;
        tags.sort();
        tags.dedup();
        Ok(tags)
    }
}

impl Form for EditForm {
    type Id = EditField;

    fn shown(&self) -> Vec<EditField> {
        vec![EditField::Issuer, EditField::Account, EditField::Serial, EditField::Tags, EditField::Note]
    }

    fn focus(&self) -> EditField {
        self.focus
    }

    fn set_focus(&mut self, id: EditField) {
        self.focus = id;
    }

    fn label(&self, id: EditField) -> &'static str {
        match id {
            EditField::Issuer => "issuer",
            EditField::Account => "account",
            EditField::Serial => "serial",
            EditField::Tags => "tags",
            EditField::Note => "note",
        }
    }

    fn field(&self, id: EditField) -> &TextField {
        match id {
            EditField::Issuer => &self.issuer,
            EditField::Account => &self.account,
            EditField::Serial => &self.serial,
            EditField::Tags => &self.tags,
            EditField::Note => &self.note,
        }
    }

    fn field_mut(&mut self, id: EditField) -> &mut TextField {
        match id {
            EditField::Issuer => &mut self.issuer,
            EditField::Account => &mut self.account,
            EditField::Serial => &mut self.serial,
            EditField::Tags => &mut self.tags,
            EditField::Note => &mut self.note,
        }
    }

    fn on_edited(&mut self, _id: EditField) {
        self.error = None;
    }
}
