//! `aws enroll`: makes a virtual MFA device, keeps it, and gives it to a user.
//!
//! What was done stands in the vault after each step, so that whatever fails in between can be gone on with.

use super::iam::Who;
use crate::aws::{Created, Owned};
use crate::caller::{Caller, candidate};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::fresh;
use crate::cli::output::note;
use crate::device::{Device, DeviceId, Enrolled, MfaArn};
use crate::explain::aws::{NoEnrolment, Stuck, notes};
use crate::explain::{Exit, Explain as _};
use crate::text::Text;
use crate::vault::{Change, ChangeError, Edit, Reason, Session};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob aws enroll --profile base      for the user whose keys these are
  keyfob aws enroll --profile admin --user bob --name bob-laptop
  keyfob aws enroll --resume            goes on where an enrolment stopped

The device is in the vault before AWS is told to use it: there is no way to lose its secret.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    who: Who,
    /// The device's name; else the user's
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Go on with an enrolment that stopped
    #[arg(long)]
    resume: bool,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    // The vault opens first: nothing is made that could not be kept.
    let mut session = context.unlock()?;
    let (id, caller, user) = if arguments.resume {
        let device = stopped(&session, arguments.name.as_deref())?.clone();
        let caller = arguments.who.caller(context)?;
        let user = arguments.who.user(Some(&device), &caller)?;
        (device.id, caller, user)
    } else {
        let caller = arguments.who.caller(context)?;
        let user = arguments.who.user(None, &caller)?;
        let name = arguments.name.as_ref().unwrap_or(&user);
        let made = caller.make(name, arguments.who.named())?;
        (keep(made, &user, &caller, &mut session, context)?, caller, user)
    };
    let device = session.vault().get(id).ok_or(ChangeError::NoSuchDevice)?.clone();
    if let Err(failure) = give(&device, &user, &caller, &mut session, context) {
        let how_far = session.vault().get(id).and_then(Enrolled::of).unwrap_or(Enrolled::Verified);
        return Err(Stuck { how_far, why: failure.explanation().clone() }.into());
    }
    context.out.print(&notes::enrolled(&device, &user));
    Ok(Exit::Done)
}

/// The device whose enrolment stopped.
fn stopped<'a>(session: &'a Session, name: Option<&str>) -> Result<&'a Device, Failure> {
    let is_wanted = |device: &&Device| {
        let arn = device.serial.as_ref().and_then(|serial| MfaArn::parse(serial.raw()));
        Enrolled::of(device).is_some()
            && !device.waits_for_console()
            && name.is_none_or(|name| arn.is_some_and(|arn| arn.name == name))
    };
    let mut found = session.vault().devices().filter(is_wanted);
    match (found.next(), found.next()) {
        (Some(device), None) => Ok(device),
        (None, _) => Err(NoEnrolment::NothingStopped.into()),
        (Some(one), Some(other)) => {
            Err(NoEnrolment::Several { labels: [one, other].map(Device::label).to_vec() }.into())
        }
    }
}

/// The secret is durable before anything else is done. Where that fails nobody will ever have it, and the device is
/// deleted again.
fn keep(
    made: Created,
    user: &str,
    caller: &Caller,
    session: &mut Session,
    context: &Context,
) -> Result<DeviceId, Failure> {
    let serial = made.serial.clone();
    let kept = candidate(made, user).map_err(Failure::from).and_then(|candidate| {
        let now = context.now();
        let change = Change::Add(Box::new(candidate));
        let (applied, _) =
            session.update(Reason::Change, now, |vault| Ok::<_, Failure>(vault.apply(&change, now)?))?;
        Ok(applied.id.ok_or(ChangeError::NoSuchDevice)?)
    });
    kept.inspect_err(|_| match caller.iam().delete(&serial) {
        Ok(()) => note(notes::DELETED_AGAIN),
        Err(error) => note(&notes::not_deleted(&serial, &error.explain().message)),
    })
}

/// Gives the device to the user, and makes sure that AWS says so too.
fn give(
    device: &Device,
    user: &str,
    caller: &Caller,
    session: &mut Session,
    context: &Context,
) -> Result<(), Failure> {
    let serial = device.serial.as_ref().map(Text::raw).ok_or(NoEnrolment::NothingStopped)?;
    let owned = Owned { user, serial };
    if Enrolled::of(device) == Some(Enrolled::Created) {
        // The codes of the last and of this step: nobody has to wait for the next.
        caller.enable(owned, || -> Result<_, Failure> {
            let vault = session.vault().id();
            let step = fresh::take_pair(device, vault, &context.state()?, context.time.as_ref())?;
            Ok([device.code(step.saturating_sub(1)), device.code(step)])
        })?;
    }
    mark(device.id, Enrolled::Enabled, session, context)?;
    caller.verify(owned)?;
    mark(device.id, Enrolled::Verified, session, context)
}

/// Writes down how far the enrolment got.
fn mark(id: DeviceId, how_far: Enrolled, session: &mut Session, context: &Context) -> Result<(), Failure> {
    let now = context.now();
    let ((), _) = session.update(Reason::Change, now, |vault| -> Result<_, Failure> {
        let device = vault.get(id).ok_or(ChangeError::NoSuchDevice)?;
        let edit = Box::new(Edit { tags: Some(how_far.tags_of(device)), ..Edit::default() });
        vault.apply(&Change::Edit { id, edit }, now)?;
        Ok(())
    })?;
    Ok(())
}
