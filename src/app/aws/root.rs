//! The form for the root user's device: the console makes it, and shows its secret.

use crate::app::field::{Full, TextField};
use crate::app::form::Form;
use crate::app::recognised::{Recognised, recognise};
use crate::device::{AWS_ISSUER, AwsLabel, Candidate, Enrolled, MfaArn, otpauth};
use crate::explain::notices;
use crate::text::{MAX_LINE, Text};
use crate::vault::Vault;

/// The most that the field for the secret takes, in bytes: a URI and more.
const MAX_SECRET: usize = 8192;
/// What AWS calls a root user's first virtual device.
const DEVICE: &str = "root-account-mfa-device";

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootField {
    /// The secret key that the console shows, or its URI.
    Secret,
    /// The account's id.
    Account,
}

/// The form for the root user's device.
#[derive(Debug)]
pub struct RootForm {
    secret: TextField,
    account: TextField,
    focus: RootField,
    recognised: Recognised,
    /// What is wrong, and where.
    pub error: Option<(RootField, String)>,
    /// Whether it is being saved.
    pub saving: bool,
}

impl Default for RootForm {
    fn default() -> Self {
        Self {
            secret: TextField::new(MAX_SECRET),
            account: TextField::new(MAX_LINE),
            focus: RootField::Secret,
            recognised: Recognised::Nothing,
            error: None,
            saving: false,
        }
    }
}

impl RootForm {
    /// What the secret was recognised as.
    pub fn recognised(&self) -> &Recognised {
        &self.recognised
    }

    /// Whether the secret may be drawn: only while it is typed, to compare it letter by letter.
    pub fn shows_secret(&self) -> bool {
        self.focus == RootField::Secret && !self.secret.text().contains("://")
    }

    /// The device that the fields make, or what is wrong first.
    pub fn check(&self, vault: &Vault) -> Result<Candidate, (RootField, String)> {
        let at_secret = |words: &str| Err((RootField::Secret, words.to_owned()));
        let found = match &self.recognised {
            Recognised::Secret(found) | Recognised::Uri(found) => found.as_ref().clone(),
            Recognised::No(why) => return at_secret(why),
            Recognised::Nothing => return at_secret(notices::NO_SECRET),
            Recognised::Batch | Recognised::Picture | Recognised::Reading => {
                return at_secret(notices::AWS_ROOT_SECRET);
            }
        };
        let serial = self.serial().ok_or_else(|| (RootField::Account, notices::AWS_NO_ACCOUNT.to_owned()))?;
        let arn = format!("arn:{}:iam::{}:mfa/{}", serial.partition, serial.account_id, serial.name);
        let line =
            |text: &str| Text::line(text).map_err(|long| (RootField::Account, notices::too_long(long.limit)));
        let candidate = Candidate {
            issuer: line(AWS_ISSUER)?,
            account: line(&serial.label())?,
            serial: Some(line(&arn)?),
            tags: vec![line(Enrolled::Created.tag())?],
            ..found
        };
        match vault.owner_of(&candidate) {
            Some(owner) => Err((RootField::Secret, notices::secret_taken(&owner.label()))),
            None => Ok(candidate),
        }
    }

    /// The ARN that is meant: one that was typed, or that of the account's root user.
    fn serial(&self) -> Option<MfaArn> {
        let typed: String = self.account.trimmed().chars().filter(|letter| !"- ".contains(*letter)).collect();
        let of_account = || MfaArn::parse(&format!("arn:aws:iam::{typed}:mfa/{DEVICE}"));
        MfaArn::parse(self.account.trimmed()).or_else(of_account)
    }
}

impl Form for RootForm {
    type Id = RootField;

    fn shown(&self) -> Vec<RootField> {
        vec![RootField::Secret, RootField::Account]
    }

    fn focus(&self) -> RootField {
        self.focus
    }

    fn set_focus(&mut self, id: RootField) {
        self.focus = id;
    }

    fn label(&self, id: RootField) -> &'static str {
        match id {
            RootField::Secret => "secret key",
            RootField::Account => "account id",
        }
    }

    fn field(&self, id: RootField) -> &TextField {
        match id {
            RootField::Secret => &self.secret,
            RootField::Account => &self.account,
        }
    }

    fn field_mut(&mut self, id: RootField) -> &mut TextField {
        match id {
            RootField::Secret => &mut self.secret,
            RootField::Account => &mut self.account,
        }
    }

    /// A URI goes where the secret goes, whatever field is focused: the other shows what is in it.
    fn paste(&mut self, text: &str) -> Result<(), Full> {
        if otpauth::is_uri(text) {
            self.secret.clear();
            self.focus = RootField::Secret;
        }
        let id = self.focus;
        self.field_mut(id).insert(text.trim())?;
        self.on_edited(id);
        Ok(())
    }

    fn on_edited(&mut self, id: RootField) {
        self.error = None;
        if id == RootField::Account {
            return;
        }
        self.recognised = recognise(self.secret.trimmed());
        if let Recognised::Uri(found) = &self.recognised
            && let Some(label) = AwsLabel::parse(found.issuer.raw(), found.account.raw())
            && let Some(account) = label.account_id()
        {
            self.account.fill(account);
        }
    }
}
