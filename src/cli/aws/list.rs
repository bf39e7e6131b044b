//! `aws list`: a user's devices there against the devices here.

use super::iam::Who;
use crate::aws::Listed;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::json::Named;
use crate::device::query::pick_by_serial;
use crate::device::{Device, MfaArn, enrolled_for};
use crate::explain::Exit;
use crate::explain::aws::notes;
use crate::text::Text;
use clap::Args;
use serde::Serialize;

const EXAMPLES: &str = "\
Examples:
  keyfob aws list --profile base        those of the user whose keys these are
  keyfob aws list --user bob --json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    who: Who,
}

/// A device that AWS has, or that is here for the same account.
#[derive(Serialize)]
struct Row<'a> {
    serial: &'a str,
    /// Whether AWS has it for this user.
    there: bool,
    /// Since when it is in use.
    enabled: Option<u64>,
    /// The device here.
    device: Option<Named<'a>>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let session = context.unlock()?;
    let caller = arguments.who.caller(context)?;
    let user = arguments.who.user(None, &caller)?;
    let there = caller.iam().devices_of(&user)?;
    let devices = session.vault().devices();
    let of = |listed: &Listed| pick_by_serial(devices.clone(), &listed.serial).ok();
    let only_here: Vec<&Device> =
        devices.clone().filter(|device| is_only_here(device, &there, &user)).collect();
    if context.global.json {
        let there = there.iter().map(|listed| Row::of(listed, of(listed)));
        let here = only_here.iter().map(|device| Row::only_here(device));
        context.out.json(&there.chain(here).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    for listed in &there {
        context.out.print(&notes::listed(listed, of(listed)));
    }
    for device in &only_here {
        context.out.print(&notes::only_here(device));
    }
    context.out.note(notes::how_many(there.len(), &user));
    Ok(Exit::Done)
}

impl<'a> Row<'a> {
    fn of(listed: &'a Listed, device: Option<&'a Device>) -> Self {
        let enabled = listed.enabled.map(|at| at.0);
        Self { serial: &listed.serial, there: true, enabled, device: device.map(Named::from) }
    }

    fn only_here(device: &'a Device) -> Self {
        let serial = device.serial.as_ref().map(Text::raw).unwrap_or_default();
        Self { serial, there: false, enabled: None, device: Some(device.into()) }
    }
}

/// Whether a device of the user's name or enrolment is here that AWS does not have.
fn is_only_here(device: &Device, there: &[Listed], user: &str) -> bool {
    let Some(serial) = device.serial.as_ref().map(Text::raw) else { return false };
    let Some(arn) = MfaArn::parse(serial) else { return false };
    let is_users = enrolled_for(device.note.raw()).map_or(arn.name == user, |other| other == user);
    is_users && !there.iter().any(|listed| listed.serial == serial)
}
