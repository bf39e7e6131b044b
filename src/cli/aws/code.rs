//! `aws code`: the code for a profile's MFA device.

use super::codes::{Codes, device_of};
use crate::aws::{Plan, PlanError};
use crate::caller::{config, mfa, mfa_serial, usual_profile};
use crate::cli::code::{Handed, of_step, remember_use, tell};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::fresh;
use crate::device::query::{self, QueryError};
use crate::device::{ArnKind, Device};
use crate::explain::aws::NoAwsCode;
use crate::explain::{Exit, Unpicked};
use crate::text::Text;
use crate::vault::Vault;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws code                       for AWS_PROFILE, or the profile default
  keyfob aws code prod                  for this profile of ~/.aws/config
  keyfob aws code arn:aws:iam::123456789012:mfa/alice
  mfa_process = keyfob aws code prod    in ~/.aws/config, for aws-vault

It waits where the code of this step was handed out before: AWS takes a code once.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// A profile, an MFA device's ARN, or what else picks one device: an account id, a user
    #[arg(value_name = "PROFILE|ARN")]
    target: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let wanted = Wanted::read(arguments.target.as_deref())?;
    let session = context.unlock()?;
    let device = wanted.pick(session.vault())?.clone();
    if !device.has_secret() {
        return from_token(&device, context);
    }
    let Some(period) = device.method.period() else {
        return Err(NoAwsCode::Counter { label: device.label() }.into());
    };
    let step = fresh::take_step(&device, 0, &context.state()?, context.time.as_ref())?;
    remember_use(session.vault(), device.id, context);
    tell(&device, &of_step(&device, step, period), context)?;
    Ok(Exit::Done)
}

/// The code that a person reads off a token.
fn from_token(device: &Device, context: &mut Context) -> Result<Exit, Failure> {
    let serial = device.serial.as_ref().map(Text::raw).unwrap_or_default();
    let code = Codes::Token(device.label()).next(serial, context)?;
    tell(device, &Handed { code, next: None, valid: None, counter: None }, context)?;
    Ok(Exit::Done)
}

/// Whose code is wanted.
enum Wanted {
    Serial(String),
    /// What else people call a device.
    Query(String),
}

impl Wanted {
    /// Profiles go before what the vault's devices are called.
    fn read(target: Option<&str>) -> Result<Self, Failure> {
        if let Some(kind) = target.and_then(ArnKind::parse) {
            return Ok(Self::Serial(mfa(target.unwrap_or_default(), None, kind)?));
        }
        let config = config()?;
        let name = target.map_or_else(usual_profile, str::to_owned);
        if config.profile(&name).is_none() {
            return match target {
                Some(query) => Ok(Self::Query(query.to_owned())),
                None => Err(PlanError::NoProfile { name, named_by: None }.into()),
            };
        }
        serial_of(&config, &name).map(Self::Serial)
    }

    fn pick<'a>(&self, vault: &'a Vault) -> Result<&'a Device, Failure> {
        match self {
            Self::Serial(serial) => device_of(vault, serial),
            Self::Query(query) => query::pick(vault.devices(), query).map_err(|error| match error {
                QueryError::NoMatch => NoAwsCode::Unknown { target: query.clone() }.into(),
                error @ QueryError::Ambiguous { .. } => Unpicked { query: query.clone(), error }.into(),
            }),
        }
    }
}

/// The serial number for a profile, which is no ARN of anything but an MFA device.
fn serial_of(config: &crate::aws::Config, name: &str) -> Result<String, Failure> {
    if let Some(serial) = config.serial_of(name) {
        return Ok(mfa_serial(serial, Some(name))?);
    }
    // A circle of profiles, or one that is not there, is the better answer.
    match Plan::of(config, name) {
        Err(error @ (PlanError::Circle { .. } | PlanError::NoProfile { .. })) => Err(error.into()),
        _ => Err(NoAwsCode::NoSerial { profile: name.to_owned() }.into()),
    }
}
