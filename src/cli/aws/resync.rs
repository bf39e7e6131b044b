//! `aws resync`: has AWS find out a device's clock anew.

use super::codes::Codes;
use super::iam::Who;
use crate::aws::Owned;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::fresh;
use crate::cli::open::pick;
use crate::device::Device;
use crate::explain::Exit;
use crate::explain::aws::{NoAwsCode, notes};
use crate::otp::Code;
use crate::text::Text;
use crate::vault::VaultId;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws resync alice --profile base

AWS refuses codes where its clock and the device's went apart. Two codes in a row put that right; \
it waits for two that were not handed out before.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Which device: its ARN, an id, or any text that only one device has
    query: String,
    #[command(flatten)]
    who: Who,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let session = context.unlock()?;
    let device = pick(session.vault(), &arguments.query)?.clone();
    let Some(serial) = device.serial.as_ref().map(Text::raw) else {
        return Err(NoAwsCode::NoSerialHere { label: device.label() }.into());
    };
    if device.has_secret() && device.method.period().is_none() {
        return Err(NoAwsCode::Counter { label: device.label() }.into());
    }
    let caller = arguments.who.caller(context)?;
    let user = arguments.who.user(Some(&device), &caller)?;
    let codes = two_codes(&device, serial, session.vault().id(), context)?;
    caller.iam().resync(Owned { user: &user, serial }, &codes)?;
    context.out.print(&notes::resynced(&device));
    Ok(Exit::Done)
}

/// Two codes in a row: the device's, or those that a person reads off a token.
fn two_codes(
    device: &Device,
    serial: &str,
    vault: VaultId,
    context: &mut Context,
) -> Result<[Code; 2], Failure> {
    if !device.has_secret() {
        let token = Codes::Token(device.label());
        return Ok([token.next(serial, context)?, token.next(serial, context)?]);
    }
    let step = fresh::take_pair(device, vault, &context.state()?, context.time.as_ref())?;
    Ok([device.code(step.saturating_sub(1)), device.code(step)])
}
