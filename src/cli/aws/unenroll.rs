//! `aws unenroll`: takes a virtual device from its user, and deletes it there and here.

use super::iam::Who;
use crate::aws::{CallError, Iam, Owned, Why};
use crate::caller::Caller;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::open::pick;
use crate::device::query::pick_by_serial;
use crate::device::{DeviceId, MfaArn};
use crate::explain::aws::{NoAwsCode, notes};
use crate::explain::{Exit, Misuse};
use crate::text::Text;
use crate::vault::{Change, Reason, Vault};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws unenroll alice --profile base --yes
  keyfob aws unenroll arn:aws:iam::123456789012:mfa/alice --yes

Many accounts allow this only to whoever proved a code: then it begins a session with one.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Which device: its ARN, an id, or any text that only one device has
    query: String,
    #[command(flatten)]
    who: Who,
    /// Really delete it; here it stays in the history
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    if !arguments.yes {
        return Err(context.misuse(&Misuse::YesNeeded));
    }
    let mut session = context.unlock()?;
    let (serial, id) = target(session.vault(), &arguments.query)?;
    let mut caller = arguments.who.caller(context)?;
    let device = id.and_then(|id| session.vault().get(id));
    // What another account does not have is not gone.
    caller.must_own(&serial)?;
    let user = arguments.who.user(device, &caller)?;
    let label = device.map(crate::device::Device::label);
    take_away(Owned { user: &user, serial: &serial }, &arguments.who, &mut caller, context)?;
    let now = context.now();
    if let Some(id) = id {
        session.update(Reason::Change, now, |vault| {
            vault.apply(&Change::Remove(id), now).map(drop).map_err(Failure::from)
        })?;
    }
    context.out.print(&notes::unenrolled(&serial, label.as_deref()));
    Ok(Exit::Done)
}

/// Its serial number, and which device it is here, if it is.
fn target(vault: &Vault, query: &str) -> Result<(String, Option<DeviceId>), Failure> {
    if MfaArn::parse(query).is_some() {
        let device = pick_by_serial(vault.devices(), query).ok();
        return Ok((query.to_owned(), device.map(|device| device.id)));
    }
    let device = pick(vault, query)?;
    match device.serial.as_ref().map(Text::raw).filter(|serial| MfaArn::parse(serial).is_some()) {
        Some(serial) => Ok((serial.to_owned(), Some(device.id))),
        None => Err(NoAwsCode::NoSerialHere { label: device.label() }.into()),
    }
}

fn take_away(
    device: Owned<'_>,
    who: &Who,
    caller: &mut Caller,
    context: &mut Context,
) -> Result<(), Failure> {
    let done = delete(&caller.iam(), device);
    let is_denied = matches!(&done, Err(CallError::Refused(refusal)) if refusal.why == Why::Denied);
    if is_denied && who.prove(caller, context)? {
        return Ok(delete(&caller.iam(), device)?);
    }
    Ok(done?)
}

/// What is gone already need not be taken away.
fn delete(iam: &Iam<'_>, device: Owned<'_>) -> Result<(), CallError> {
    let gone = |done| match done {
        Err(CallError::Refused(refusal)) if refusal.why == Why::Missing => Ok(()),
        done => done,
    };
    gone(iam.deactivate(device))?;
    gone(iam.delete(device.serial))
}
