//! The form for what people call a device, and, behind a question, for how it makes codes.

use super::field::TextField;
use super::form::Form;
use crate::device::{Device, DeviceId};
use crate::explain::notices;
use crate::otp::{Digits, Kind, Method, Period};
use crate::text::{MAX_LINE, MAX_NOTE, Text};
use crate::vault::Edit;

const MAX_NUMBER: usize = 20;

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
    /// The hash.
    Algorithm,
    /// The length of a code.
    Digits,
    /// The time step.
    Period,
    /// Free text, perhaps of several lines.
    Note,
}

/// The form for what people call a device; never its secret.
#[derive(Debug)]
pub struct EditForm {
    /// Which device.
    pub id: DeviceId,
    /// What the fields were when the form was opened, or when somebody said that they may be replaced.
    started: Edit,
    /// How the device makes codes.
    method: Method,
    /// Whether that can be changed here.
    method_open: bool,
    issuer: TextField,
    account: TextField,
    serial: TextField,
    tags: TextField,
    algorithm: TextField,
    digits: TextField,
    period: TextField,
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
        let method = device.method;
        let number = |text: String| TextField::filled(MAX_NUMBER, &text);
        Self {
            id: device.id,
            started: values(device),
            method,
            method_open: false,
            issuer: TextField::filled(MAX_LINE, device.issuer.raw()),
            account: TextField::filled(MAX_LINE, device.account.raw()),
            serial: TextField::filled(MAX_LINE, device.serial.as_ref().map_or("", Text::raw)),
            tags: TextField::filled(MAX_NOTE, &tags.join(", ")),
            algorithm: number(method.algorithm().to_string()),
            digits: number(method.digits().to_string()),
            period: number(method.period().unwrap_or(Period::THIRTY).get().to_string()),
            note: TextField::lines(MAX_NOTE, device.note.raw()),
            focus: EditField::Issuer,
            error: None,
            saving: false,
        }
    }

    /// How the device makes codes, before anything is saved.
    pub fn started_method(&self) -> Method {
        self.method
    }

    /// Whether algorithm, digits and period can be changed here.
    pub fn is_method_open(&self) -> bool {
        self.method_open
    }

    /// Whether there is anything about the codes that can be changed: Steam's come in one way.
    pub fn has_parameters(&self) -> bool {
        !matches!(self.method.kind(), Kind::Steam | Kind::Hardware)
    }

    /// Opens the fields for algorithm, digits and period, and goes to the first.
    pub fn open_method(&mut self) {
        self.method_open = self.has_parameters();
        if self.method_open {
            self.focus = EditField::Algorithm;
        }
    }

    /// How codes are made by what is typed, or what is wrong first.
    pub fn typed_method(&self) -> Result<Method, (EditField, String)> {
        let number = |id: EditField| {
            self.field(id).trimmed().parse::<u64>().map_err(|_| (id, notices::NO_NUMBER.to_owned()))
        };
        let algorithm = self
            .algorithm
            .trimmed()
            .parse()
            .map_err(|error| (EditField::Algorithm, notices::parameter(error)))?;
        let digits = Digits::new(number(EditField::Digits)?)
            .map_err(|error| (EditField::Digits, notices::parameter(error)));
        match self.method {
            Method::Steam | Method::Hardware => Ok(self.method),
            Method::Hotp { counter, .. } => Ok(Method::Hotp { algorithm, digits: digits?, counter }),
            Method::Totp { .. } => {
                let digits = digits?;
                let period = Period::new(number(EditField::Period)?)
                    .map_err(|error| (EditField::Period, notices::parameter(error)))?;
                Ok(Method::Totp { algorithm, digits, period })
            }
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
        let method = self.is_method_typed().then(|| self.typed_method()).transpose()?;
        Ok(Edit {
            issuer: line(EditField::Issuer)?,
            account: line(EditField::Account)?,
            serial: line(EditField::Serial)?.map(|text| (!text.is_empty()).then_some(text)),
            tags: self.tags.is_edited().then(|| self.tags()).transpose()?,
            note: line(EditField::Note)?,
            method,
            ..Edit::default()
        })
    }

    /// What the fields have to be still for the edit to be made.
    pub fn started(&self) -> Edit {
        self.started.clone()
    }

    /// What the device holds in this field now may be replaced: `name` is the field as the vault's format
    /// has it.
    pub fn accept(&mut self, name: &str, device: &Device) {
        let now = values(device);
        match name {
            "issuer" => self.started.issuer = now.issuer,
            "account" => self.started.account = now.account,
            "serial" => self.started.serial = now.serial,
            "tags" => self.started.tags = now.tags,
            "method" => self.started.method = now.method,
            "note" => self.started.note = now.note,
            _ => {}
        }
    }

    fn is_method_typed(&self) -> bool {
        let fields = [&self.algorithm, &self.digits, &self.period];
        self.method_open && fields.into_iter().any(TextField::is_edited)
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

/// What a device says in the fields of the form.
fn values(device: &Device) -> Edit {
    Edit {
        issuer: Some(device.issuer.clone()),
        account: Some(device.account.clone()),
        serial: Some(device.serial.clone()),
        tags: Some(device.tags.clone()),
        note: Some(device.note.clone()),
        method: Some(device.method),
        ..Edit::default()
    }
}

impl Form for EditForm {
    type Id = EditField;

    fn shown(&self) -> Vec<EditField> {
        let mut shown = vec![EditField::Issuer, EditField::Account, EditField::Serial, EditField::Tags];
        if self.method_open {
            shown.extend([EditField::Algorithm, EditField::Digits]);
            shown.extend(self.method.period().map(|_| EditField::Period));
        }
        shown.push(EditField::Note);
        shown
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
            EditField::Algorithm => "algorithm",
            EditField::Digits => "digits",
            EditField::Period => "period",
            EditField::Note => "note",
        }
    }

    fn field(&self, id: EditField) -> &TextField {
        match id {
            EditField::Issuer => &self.issuer,
            EditField::Account => &self.account,
            EditField::Serial => &self.serial,
            EditField::Tags => &self.tags,
            EditField::Algorithm => &self.algorithm,
            EditField::Digits => &self.digits,
            EditField::Period => &self.period,
            EditField::Note => &self.note,
        }
    }

    fn field_mut(&mut self, id: EditField) -> &mut TextField {
        match id {
            EditField::Issuer => &mut self.issuer,
            EditField::Account => &mut self.account,
            EditField::Serial => &mut self.serial,
            EditField::Tags => &mut self.tags,
            EditField::Algorithm => &mut self.algorithm,
            EditField::Digits => &mut self.digits,
            EditField::Period => &mut self.period,
            EditField::Note => &mut self.note,
        }
    }

    fn on_edited(&mut self, _id: EditField) {
        self.error = None;
    }

    /// Whether anything differs from what stood there: what was emptied would be lost, too.
    fn is_typed_in(&self) -> bool {
        self.shown().into_iter().any(|id| self.field(id).is_edited())
    }
}
