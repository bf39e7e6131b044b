//! From a profile to a session.

use super::codes::Codes;
use crate::aws::{Begin, CallError, Client, Credentials, DURATIONS, Http, Keys, Mfa, Why};
use crate::caller::{Cache, Folders, Pace, Programs, Wanted, Way, not_inside, of_base, wire};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::note;
use crate::cli::places;
use crate::explain::Misuse;
use crate::explain::aws::notes;
use clap::Args;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Asked {
    /// The profile; else the keys of the environment, else `AWS_PROFILE`, else `default`
    #[arg(long, value_name = "P")]
    pub(super) profile: Option<String>,
    /// A role to take on besides those of the profile
    #[arg(long, value_name = "R")]
    role_arn: Option<String>,
    /// How long the session lasts, in seconds (900 to 129600; a role's owner may allow less)
    #[arg(long, value_name = "S", value_parser = duration)]
    duration: Option<u32>,
    /// The MFA device's serial number, instead of the profile's `mfa_serial`
    #[arg(long, value_name = "N")]
    serial: Option<String>,
}

fn duration(typed: &str) -> Result<u32, String> {
    let seconds = typed.parse().ok().filter(|seconds| DURATIONS.contains(seconds));
    seconds.ok_or_else(|| format!("{} to {} seconds", DURATIONS.start(), DURATIONS.end()))
}

impl Asked {
    /// What it asks for.
    fn wanted(&self) -> Wanted {
        let Self { profile, role_arn, duration, serial } = self.clone();
        Wanted { profile, role_arn, duration, serial }
    }

    /// The session that is asked for: the one that is kept, or a new one.
    pub(super) fn session(&self, context: &mut Context) -> Result<(Credentials, Way), Failure> {
        session(&self.wanted(), context)
    }
}

/// A session: the one that is kept, or a new one. However many ask at once, one of them calls.
pub(super) fn session(wanted: &Wanted, context: &mut Context) -> Result<(Credentials, Way), Failure> {
    not_inside()?;
    if context.global.read_only {
        // A code that is sent has to be written down as spent.
        return Err(context.misuse(&Misuse::ReadOnly));
    }
    let way = wanted.way()?;
    let cache = Cache::of(&way.fingerprint(), &folders()?);
    if let Some(kept) = cache.read(context.now()) {
        return Ok((kept, way));
    }
    let held = cache.hold(|| note(notes::ANOTHER_ASKS))?;
    if let Some(kept) = cache.read(context.now()) {
        return Ok((kept, way));
    }
    let new = begin(&way, context)?;
    match cache.write(&new) {
        Ok(true) => {}
        Ok(false) => context.out.note(notes::NOT_KEPT.into()),
        Err(error) => context.out.note(notes::not_kept(&error)),
    }
    drop(held);
    Ok((new, way))
}

/// Where sessions are kept.
pub(in crate::cli) fn folders() -> Result<Folders, Failure> {
    Ok(Folders { state: places::state_folder()?, runtime: places::runtime_folder() })
}

impl Context {
    /// Who calls AWS.
    fn client<'a>(&'a self, wire: &'a Http) -> Client<'a> {
        let pause = |how_long: Duration| self.time.sleep(how_long);
        Client { wire, clock: self.time.as_ref(), pause: Box::new(pause) }
    }

    /// The time that calls go by.
    pub(super) fn pace(&self) -> Pace {
        let time = Arc::clone(&self.time);
        Pace { clock: self.time.clone(), pause: Arc::new(move |how_long| time.sleep(how_long)) }
    }
}

fn begin(way: &Way, context: &mut Context) -> Result<Credentials, Failure> {
    let keys = of_base(&way.plan.base, Programs::Allowed)?;
    let wire = wire()?;
    let mut roles = way.plan.roles.iter();
    let begins = roles.next().map_or(Begin::Session(way.plan.duration), Begin::Role);
    let mut session = first(way, begins, &keys, &wire, context)?;
    for role in roles {
        session = context.client(&wire).begin(&way.sts, &session.keys, Begin::Role(role), None)?;
    }
    Ok(session)
}

/// The call that the long-term keys sign, with the device's code where there is a device. AWS says of a wrong
/// code and of one that somebody else used the same: the next code tells which it is.
fn first(
    way: &Way,
    begin: Begin<'_>,
    keys: &Keys,
    wire: &Http,
    context: &mut Context,
) -> Result<Credentials, Failure> {
    let Some(serial) = &way.plan.serial else {
        return Ok(context.client(wire).begin(&way.sts, keys, begin, None)?);
    };
    let codes = Codes::of(serial, context)?;
    let mut is_second = false;
    loop {
        let code = codes.next(serial, context)?;
        let mfa = Mfa { serial, code: code.as_str() };
        let answer = context.client(wire).begin(&way.sts, keys, begin, Some(mfa));
        match answer {
            Err(CallError::Refused(refusal)) if refusal.why == Why::Code && !is_second => {
                is_second = true;
                note(if codes.are_typed() { notes::TYPE_NEXT } else { notes::SECOND_CODE });
            }
            Ok(session) => {
                if is_second && !codes.are_typed() {
                    context.out.note(notes::USED_ELSEWHERE.into());
                }
                return Ok(session);
            }
            Err(error) => return Err(error.into()),
        }
    }
}
