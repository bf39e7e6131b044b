//! Proving again who is there, before something is shown that opens more than one code.

use super::field::Full;
use super::list::List;
use super::passphrase_field::PassphraseField;
use super::{Form, KeyPress};
use crate::device::{Device, DeviceId, otpauth};
use crate::explain::notices;
use crate::qr::{Matrix, Redundancy};
use crate::state::HeadingId;
use crate::vault::{Passphrase, Vault};
use std::time::Duration;

/// What is shown once it is proved who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// A device's secret.
    Secret(DeviceId),
    /// A device's QR code.
    Qr(DeviceId),
    /// The QR codes of all devices under a heading of the list.
    Pages(HeadingId),
}

impl Guarded {
    /// Whether all that it is about is there.
    pub(super) fn stands(self, vault: &Vault, list: &List) -> bool {
        match self {
            Self::Secret(id) | Self::Qr(id) => vault.get(id).is_some(),
            Self::Pages(id) => list.group_of(id).is_some(),
        }
    }
}

/// Whose passphrase is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The vault's.
    Vault,
    /// That of an identity file: its name.
    Identity(String),
}

/// The passphrase again.
#[derive(Debug)]
pub struct ProveForm {
    /// What is shown then.
    pub then: Guarded,
    /// Whose passphrase is asked for.
    pub asked: Asked,
    /// The passphrase.
    pub passphrase: PassphraseField,
    /// Whether it is still being found out what opens the vault: who types fast has submitted before that.
    pub finding_out: bool,
    /// What is being done, while it is tried.
    pub running: Option<&'static str>,
    /// Why it was not proved.
    pub error: Option<String>,
}

impl ProveForm {
    /// The form, with nothing typed.
    pub fn new(then: Guarded) -> Self {
        let passphrase = PassphraseField::default();
        Self { then, asked: Asked::Vault, passphrase, finding_out: true, running: None, error: None }
    }

    /// Gives a key to the field; whether it took it.
    pub fn type_key(&mut self, press: KeyPress) -> Result<bool, Full> {
        let typed = self.passphrase.type_key(press)?;
        if typed {
            self.error = None;
        }
        Ok(typed)
    }

    /// Puts a pasted text into the field.
    pub fn paste(&mut self, text: &str) -> Result<(), Full> {
        self.passphrase.paste(text)?;
        self.error = None;
        Ok(())
    }

    /// What was typed, moved out; or what is said when nothing was.
    pub fn submit(&mut self) -> Option<Passphrase> {
        let passphrase = self.passphrase.take();
        self.error = passphrase.is_none().then(|| notices::NO_PASSPHRASE.to_owned());
        self.running = passphrase.is_some().then_some(notices::PROVING);
        passphrase
    }

    /// It was not proved: why.
    pub fn refuse(&mut self, why: String) {
        self.running = None;
        self.error = Some(why);
    }
}

/// A device's secret, while it is shown. The secret itself stays in the vault.
#[derive(Clone, Copy, Debug)]
pub struct SecretShown {
    /// Whose.
    pub id: DeviceId,
    /// How many rows are scrolled away.
    pub top: usize,
    /// The uptime from which it is gone.
    pub until: Duration,
}

/// A device's QR code, while it is shown.
#[derive(Debug)]
pub struct QrShown {
    /// Whose.
    pub id: DeviceId,
    /// The code; none where its URI is too long for any.
    pub code: Option<Matrix>,
    /// The uptime from which it is gone.
    pub until: Duration,
}

impl QrShown {
    /// The smallest code there is of a device.
    pub fn new(device: &Device, until: Duration) -> Self {
        let uris = [otpauth::to_uri(device), otpauth::to_short_uri(device)];
        let code = Matrix::smallest(uris.iter().map(|uri| uri.as_str()), Redundancy::Least);
        Self { id: device.id, code, until }
    }
}
