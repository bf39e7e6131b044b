//! Codes for a serial number: those of the device here, or typed ones.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::fresh;
use crate::cli::output::note;
use crate::device::Device;
use crate::device::query::{QueryError, pick_by_serial};
use crate::explain::aws::{NoAwsCode, notes};
use crate::explain::{Trouble, Unpicked};
use crate::otp::{Code, Method};
use crate::vault::Vault;

/// Where the codes come from.
pub(super) enum Codes {
    /// The device is here.
    Device(Box<Device>),
    /// It is a hardware token, called so: a person reads its codes.
    Token(String),
    /// It is not here: a person has to know its codes.
    Typed,
}

impl Codes {
    /// Opens the vault and looks for the device.
    pub(super) fn of(serial: &str, context: &mut Context) -> Result<Self, Failure> {
        let session = context.unlock()?;
        if let Err(QueryError::NoMatch) = pick_by_serial(session.vault().devices(), serial) {
            return Ok(Self::Typed);
        }
        match device_of(session.vault(), serial)? {
            device if !device.has_secret() => Ok(Self::Token(device.label())),
            device if device.method.period().is_none() => {
                Err(NoAwsCode::Counter { label: device.label() }.into())
            }
            device => Ok(Self::Device(Box::new(device.clone()))),
        }
    }

    /// Whether a person types them, and may mistype them.
    pub(super) fn are_typed(&self) -> bool {
        !matches!(self, Self::Device(_))
    }

    /// One that AWS was not sent before.
    pub(super) fn next(&self, serial: &str, context: &mut Context) -> Result<Code, Failure> {
        match self {
            Self::Device(device) => {
                let step = fresh::take_step(device, 0, &context.state()?, context.time.as_ref())?;
                Ok(device.code(step))
            }
            Self::Token(label) => {
                note(&notes::on_token(label, serial));
                typed(|| Trouble::OnToken(label.clone()).into(), context)
            }
            Self::Typed => {
                note(&notes::not_here(serial));
                typed(|| NoAwsCode::NoDevice { serial: serial.to_owned() }.into(), context)
            }
        }
    }
}

/// One that is asked for on the terminal. Where there is nobody to ask, `why` is what is wrong.
fn typed(why: impl FnOnce() -> Failure, context: &mut Context) -> Result<Code, Failure> {
    let typed = context.asked(notes::CODE, "").map_err(|_| why())?;
    Ok(typed.expose(|typed| Code::parse(typed, &Method::Hardware))?)
}

/// The device that has this serial number.
pub(super) fn device_of<'a>(vault: &'a Vault, serial: &str) -> Result<&'a Device, Failure> {
    pick_by_serial(vault.devices(), serial).map_err(|error| match error {
        QueryError::NoMatch => NoAwsCode::NoDevice { serial: serial.to_owned() }.into(),
        error @ QueryError::Ambiguous { .. } => Unpicked { query: serial.to_owned(), error }.into(),
    })
}
