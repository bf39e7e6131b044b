//! The form for a new device: one field takes whatever people have, the others fill themselves.

use super::dropped::dropped_path;
use super::field::{Full, TextField};
use super::form::Form;
use super::recognised::{Recognised, recognise};
use crate::device::{AwsLabel, Candidate, otpauth};
use crate::explain::notices;
use crate::otp::{Digits, Kind, Method, Period};
use crate::text::{MAX_LINE, Text};
use crate::vault::Vault;
use std::path::PathBuf;

/// The most that the universal field takes, in bytes: a long URI and more.
const MAX_UNIVERSAL: usize = 8192;
const MAX_NUMBER: usize = 20;

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddField {
    /// Whatever people have.
    Universal,
    /// Who asks for the codes.
    Issuer,
    /// Whom they are for.
    Account,
    /// totp, hotp or steam.
    Kind,
    /// The hash.
    Algorithm,
    /// The length of a code.
    Digits,
    /// The time step.
    Period,
    /// HOTP's counter.
    Counter,
    /// What the issuer calls the device.
    Serial,
}

/// The form for a new device.
#[derive(Debug)]
pub struct AddForm {
    universal: TextField,
    issuer: TextField,
    account: TextField,
    kind: TextField,
    algorithm: TextField,
    digits: TextField,
    period: TextField,
    counter: TextField,
    serial: TextField,
    focus: AddField,
    /// Whether it is a hardware token: a serial number, and no secret.
    on_token: bool,
    recognised: Recognised,
    /// What is wrong, and where.
    pub error: Option<(AddField, String)>,
    /// Whether it is being saved.
    pub saving: bool,
}

impl AddForm {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            universal: TextField::new(MAX_UNIVERSAL),
            issuer: TextField::new(MAX_LINE),
            account: TextField::new(MAX_LINE),
            kind: TextField::new(MAX_NUMBER),
            algorithm: TextField::new(MAX_NUMBER),
            digits: TextField::new(MAX_NUMBER),
            period: TextField::new(MAX_NUMBER),
            counter: TextField::new(MAX_NUMBER),
            serial: TextField::new(MAX_LINE),
            focus: AddField::Universal,
            on_token: false,
            recognised: Recognised::Nothing,
            error: None,
            saving: false,
        }
    }

    /// A form filled in from what was pasted on the list; what is still to be typed is focused.
    pub fn pasted(text: &str) -> Self {
        let mut form = Self::new();
        if form.paste(text).is_err() {
            form.recognised = Recognised::No(notices::too_long(MAX_UNIVERSAL));
        }
        form.focus_missing();
        form
    }

    /// What the universal field was recognised as.
    pub fn recognised(&self) -> &Recognised {
        &self.recognised
    }

    /// The picture whose path is in the universal field, if one is.
    pub(super) fn path(&self) -> Option<PathBuf> {
        matches!(self.recognised, Recognised::Picture | Recognised::Reading)
            .then(|| dropped_path(self.universal.trimmed()))
    }

    /// Whether a picture is being read for this form.
    pub(super) fn is_reading(&self) -> bool {
        self.recognised == Recognised::Reading
    }

    /// The picture that is to be read from now on, if the universal field names one.
    pub(super) fn start_reading(&mut self) -> Option<PathBuf> {
        let path = self.path()?;
        self.recognised = Recognised::Reading;
        Some(path)
    }

    /// Puts what a picture's code says in the place of its path; what is still to be typed is focused.
    pub(super) fn take_code(&mut self, code: &str) {
        self.universal.clear();
        if self.universal.insert(code).is_err() {
            return self.refuse_picture(notices::too_long(MAX_UNIVERSAL));
        }
        self.on_edited(AddField::Universal);
        self.focus_missing();
    }

    /// Says why a picture is no use.
    pub(super) fn refuse_picture(&mut self, why: String) {
        self.recognised = Recognised::No(why);
    }

    /// Whether it is a hardware token that is added.
    pub fn is_on_token(&self) -> bool {
        self.on_token
    }

    /// A hardware token instead of a secret, or a secret again.
    pub(super) fn toggle_token(&mut self) {
        self.on_token = !self.on_token;
        self.error = None;
        self.universal.clear();
        self.recognised = Recognised::Nothing;
        self.focus = if self.on_token { AddField::Serial } else { AddField::Universal };
    }

    fn focus_missing(&mut self) {
        if matches!(self.recognised, Recognised::Uri(_) | Recognised::Secret(_)) {
            self.focus = if self.issuer.is_empty() { AddField::Issuer } else { AddField::Account };
        }
    }

    /// Whether the universal field may be drawn: only a secret that is being typed, to compare it letter
    /// by letter.
    pub fn shows_universal(&self) -> bool {
        self.focus == AddField::Universal && !self.universal.text().contains("://")
    }

    /// The device that the fields make, or what is wrong first.
    pub fn check(&self, vault: &Vault) -> Result<Candidate, (AddField, String)> {
        let candidate = self.candidate()?;
        if candidate.issuer.is_empty() && candidate.account.is_empty() {
            return Err((AddField::Issuer, notices::NAME_IT.to_owned()));
        }
        match vault.owner_of(&candidate) {
            Some(owner) if self.on_token => Err((AddField::Serial, notices::token_taken(&owner.label()))),
            Some(owner) => Err((AddField::Universal, notices::secret_taken(&owner.label()))),
            None => Ok(candidate),
        }
    }

    /// What the fields make, whatever it is called: to show its code while it is typed.
    pub fn candidate(&self) -> Result<Candidate, (AddField, String)> {
        if self.on_token {
            return self.token();
        }
        let found = match &self.recognised {
            Recognised::Secret(found) | Recognised::Uri(found) => found.as_ref().clone(),
            Recognised::Picture | Recognised::Reading => {
                return Err((AddField::Universal, notices::PICTURE.to_owned()));
            }
            Recognised::Batch => return Err((AddField::Universal, notices::BATCH.to_owned())),
            Recognised::No(why) => return Err((AddField::Universal, why.clone())),
            Recognised::Nothing => return Err((AddField::Universal, notices::NO_SECRET.to_owned())),
        };
        let serial = self.line(AddField::Serial)?;
        Ok(Candidate {
            issuer: self.line(AddField::Issuer)?,
            account: self.line(AddField::Account)?,
            serial: (!serial.is_empty()).then_some(serial),
            method: self.method()?,
            ..found
        })
    }

    fn token(&self) -> Result<Candidate, (AddField, String)> {
        let serial = self.line(AddField::Serial)?;
        let token =
            Candidate::token(serial).map_err(|_| (AddField::Serial, notices::NO_TOKEN_SERIAL.to_owned()))?;
        Ok(Candidate {
            issuer: self.line(AddField::Issuer)?,
            account: self.line(AddField::Account)?,
            ..token
        })
    }

    fn line(&self, id: AddField) -> Result<Text, (AddField, String)> {
        Text::line(self.field(id).text()).map_err(|long| (id, notices::too_long(long.limit)))
    }

    fn kind(&self) -> Option<Kind> {
        match self.kind.trimmed().to_ascii_lowercase().as_str() {
            "totp" => Some(Kind::Totp),
            "hotp" => Some(Kind::Hotp),
            "steam" => Some(Kind::Steam),
            _ => None,
        }
    }

    fn method(&self) -> Result<Method, (AddField, String)> {
        let number = |id: AddField| {
            self.field(id).trimmed().parse::<u64>().map_err(|_| (id, notices::NO_NUMBER.to_owned()))
        };
        let kind = self.kind().ok_or_else(|| (AddField::Kind, notices::KINDS.to_owned()))?;
        if kind == Kind::Steam {
            return Ok(Method::Steam);
        }
        let algorithm = self
            .algorithm
            .trimmed()
            .parse()
            .map_err(|error| (AddField::Algorithm, notices::parameter(error)))?;
        let digits = Digits::new(number(AddField::Digits)?)
            .map_err(|error| (AddField::Digits, notices::parameter(error)))?;
        if kind == Kind::Hotp {
            return Ok(Method::Hotp { algorithm, digits, counter: number(AddField::Counter)? });
        }
        let period = Period::new(number(AddField::Period)?)
            .map_err(|error| (AddField::Period, notices::parameter(error)))?;
        Ok(Method::Totp { algorithm, digits, period })
    }

    fn recognise(&mut self) {
        self.recognised = recognise(self.universal.trimmed());
        let (Recognised::Secret(found) | Recognised::Uri(found)) = self.recognised.clone() else { return };
        if matches!(self.recognised, Recognised::Uri(_)) {
            self.issuer.fill(found.issuer.raw());
            self.account.fill(found.account.raw());
            if let Some(serial) = &found.serial {
                self.serial.fill(serial.raw());
            }
        }
        let method = found.method;
        self.kind.fill(method.kind().as_str());
        self.algorithm.fill(&method.algorithm().to_string());
        self.digits.fill(&method.digits().max(6).to_string());
        self.period.fill(&method.period().unwrap_or(Period::THIRTY).get().to_string());
        self.counter.fill(&method.counter().unwrap_or(0).to_string());
    }

    /// AWS writes `device@account` into its labels: both make the serial that it calls the device by.
    fn fill_serial(&mut self) {
        if let Some(label) = AwsLabel::parse(self.issuer.trimmed(), self.account.trimmed())
            && let Some(account) = label.account_id()
        {
            let serial = format!("arn:aws:iam::{account}:mfa/{}", label.device);
            self.serial.fill(&serial);
        }
    }
}

impl Default for AddForm {
    fn default() -> Self {
        Self::new()
    }
}

impl Form for AddForm {
    type Id = AddField;

    fn shown(&self) -> Vec<AddField> {
        if self.on_token {
            return vec![AddField::Serial, AddField::Issuer, AddField::Account];
        }
        let mut shown = vec![AddField::Universal, AddField::Issuer, AddField::Account];
        if self.kind.is_empty() && !self.kind.is_edited() {
            return shown;
        }
        shown.push(AddField::Kind);
        match self.kind() {
            Some(Kind::Steam | Kind::Hardware) => {}
            Some(Kind::Hotp) => shown.extend([AddField::Algorithm, AddField::Digits, AddField::Counter]),
            Some(Kind::Totp) | None => {
                shown.extend([AddField::Algorithm, AddField::Digits, AddField::Period]);
            }
        }
        shown.push(AddField::Serial);
        shown
    }

    fn focus(&self) -> AddField {
        self.focus
    }

    fn set_focus(&mut self, id: AddField) {
        self.focus = id;
    }

    fn label(&self, id: AddField) -> &'static str {
        match id {
            AddField::Universal => "secret or URI",
            AddField::Issuer => "issuer",
            AddField::Account => "account",
            AddField::Kind => "kind",
            AddField::Algorithm => "algorithm",
            AddField::Digits => "digits",
            AddField::Period => "period",
            AddField::Counter => "counter",
            AddField::Serial => "serial",
        }
    }

    fn field(&self, id: AddField) -> &TextField {
        match id {
            AddField::Universal => &self.universal,
            AddField::Issuer => &self.issuer,
            AddField::Account => &self.account,
            AddField::Kind => &self.kind,
            AddField::Algorithm => &self.algorithm,
            AddField::Digits => &self.digits,
            AddField::Period => &self.period,
            AddField::Counter => &self.counter,
            AddField::Serial => &self.serial,
        }
    }

    fn field_mut(&mut self, id: AddField) -> &mut TextField {
        match id {
            AddField::Universal => &mut self.universal,
            AddField::Issuer => &mut self.issuer,
            AddField::Account => &mut self.account,
            AddField::Kind => &mut self.kind,
            AddField::Algorithm => &mut self.algorithm,
            AddField::Digits => &mut self.digits,
            AddField::Period => &mut self.period,
            AddField::Counter => &mut self.counter,
            AddField::Serial => &mut self.serial,
        }
    }

    /// A URI goes where URIs go, whatever field is focused: the others show what is in them.
    fn paste(&mut self, text: &str) -> Result<(), Full> {
        if otpauth::is_uri(text) {
            self.on_token = false;
            self.universal.clear();
            self.focus = AddField::Universal;
        }
        let id = self.focus;
        self.field_mut(id).insert(text.trim())?;
        self.on_edited(id);
        Ok(())
    }

    fn on_edited(&mut self, id: AddField) {
        self.error = None;
        if id == AddField::Universal {
            self.recognise();
        }
        if !self.on_token {
            self.fill_serial();
        }
    }
}
