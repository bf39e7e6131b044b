//! `aws enroll`: makes a virtual MFA device, keeps it, and gives it to a user.
//!
//! What was done stands in the vault after each step, so that whatever fails in between can be gone on with.

use super::iam::{Caller, Who};
use crate::aws::{CallError, Created, Enrolled, Iam, Owned, Why, note_for};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::fresh;
use crate::cli::output::note;
use crate::cli::values::line;
use crate::device::{Candidate, Device, DeviceId, MfaArn};
use crate::explain::aws::{NoEnrolment, Stuck, notes};
use crate::explain::{Exit, Explain as _};
use crate::otp::Method;
use crate::text::Text;
use crate::vault::{Change, ChangeError, Edit, Reason, Session};
use clap::Args;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  keyfob aws enroll --profile base      a device for the user whose keys the profile has
  keyfob aws enroll --profile admin --user bob --name bob-laptop
  keyfob aws enroll --resume            goes on where an enrolment stopped

The device is in the vault before AWS is told to use it: there is no way to lose its secret.";

/// Whom AWS's codes are for.
const ISSUER: &str = "Amazon Web Services";
/// How often AWS is asked whether the device is there by now, a second apart.
const MOST_LOOKS: u32 = 6;

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
        let user = arguments.who.user(Some(&device), &caller, context)?;
        (device.id, caller, user)
    } else {
        let caller = arguments.who.caller(context)?;
        let user = arguments.who.user(None, &caller, context)?;
        let name = arguments.name.as_ref().unwrap_or(&user);
        let made =
            caller.iam(context).create(name).map_err(|error| not_made(error, name, &caller, context))?;
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
        Enrolled::of(device).is_some() && name.is_none_or(|name| arn.is_some_and(|arn| arn.name == name))
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

/// A name that is taken is mostly that of an enrolment that was given up: then what to do can be said.
fn not_made(error: CallError, name: &str, caller: &Caller, context: &Context) -> Failure {
    if !matches!(&error, CallError::Refused(refusal) if refusal.why == Why::Exists) {
        return error.into();
    }
    let unassigned = caller.iam(context).unassigned().unwrap_or_default();
    let same = |serial: &str| MfaArn::parse(serial).is_some_and(|arn| arn.name == name);
    match unassigned.into_iter().find(|listed| same(&listed.serial)) {
        Some(listed) => NoEnrolment::Abandoned { serial: listed.serial }.into(),
        None => NoEnrolment::NameTaken { name: name.to_owned() }.into(),
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
    let kept = candidate(made, user).and_then(|candidate| {
        let now = context.now();
        let change = Change::Add(Box::new(candidate));
        let (applied, _) =
            session.update(Reason::Change, now, |vault| Ok::<_, Failure>(vault.apply(&change, now)?))?;
        Ok(applied.id.ok_or(ChangeError::NoSuchDevice)?)
    });
    kept.inspect_err(|_| match caller.iam(context).delete(&serial) {
        Ok(()) => note(notes::DELETED_AGAIN),
        Err(error) => note(&notes::not_deleted(&serial, &error.explain().message)),
    })
}

fn candidate(made: Created, user: &str) -> Result<Candidate, Failure> {
    let account = match MfaArn::parse(&made.serial) {
        Some(arn) => format!("{}@{}", arn.name, arn.account_id),
        None => user.to_owned(),
    };
    Ok(Candidate {
        issuer: line("issuer", ISSUER)?,
        account: line("account", &account)?,
        method: Method::TOTP,
        serial: Some(line("serial", &made.serial)?),
        tags: vec![line("tag", Enrolled::Created.tag())?],
        note: line("note", &note_for(user))?,
        ..Candidate::bare(made.secret)
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
    let iam = caller.iam(context);
    // An answer that was lost may have said that it is done.
    let is_new = Enrolled::of(device) == Some(Enrolled::Created) && !is_listed(&iam, owned)?;
    if is_new {
        let step = fresh::take_pair(device, session.vault().id(), &context.state()?, context.time.as_ref())?;
        // The codes of the last and of this step: nobody has to wait for the next.
        iam.enable(owned, &[device.code(step.saturating_sub(1)), device.code(step)])?;
    }
    mark(device.id, Enrolled::Enabled, session, context)?;
    let mut looks = 1;
    while !is_listed(&iam, owned)? {
        if looks == MOST_LOOKS {
            return Err(NoEnrolment::NotListed { serial: serial.to_owned() }.into());
        }
        // What IAM was told is known everywhere a little later.
        context.time.sleep(Duration::from_secs(1));
        looks += 1;
    }
    mark(device.id, Enrolled::Verified, session, context)
}

fn is_listed(iam: &Iam<'_>, owned: Owned<'_>) -> Result<bool, CallError> {
    Ok(iam.devices_of(owned.user)?.iter().any(|listed| listed.serial == owned.serial))
}

/// Writes down how far the enrolment got.
fn mark(id: DeviceId, how_far: Enrolled, session: &mut Session, context: &Context) -> Result<(), Failure> {
    let now = context.now();
    let tag = line("tag", how_far.tag())?;
    let ((), _) = session.update(Reason::Change, now, |vault| -> Result<_, Failure> {
        let device = vault.get(id).ok_or(ChangeError::NoSuchDevice)?;
        let others = device.tags.iter().filter(|tag| !Enrolled::is_tag(tag.raw())).cloned();
        let mut tags: Vec<Text> = others.chain(Some(tag).filter(|tag| !tag.is_empty())).collect();
        tags.sort();
        let edit = Box::new(Edit { tags: Some(tags), ..Edit::default() });
        vault.apply(&Change::Edit { id, edit }, now)?;
        Ok(())
    })?;
    Ok(())
}
