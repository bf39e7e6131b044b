//! Who calls IAM, and for which user.

use super::files;
use super::keys::{self, Programs};
use super::way::{self, Wanted};
use crate::aws::{Client, Endpoint, Http, Iam, Keys, Service};
use crate::clock::Clock;
use crate::device::{Device, MfaArn, enrolled_for};
use crate::explain::aws::NoUser;
use crate::explain::{Explain as _, Explanation};
use std::sync::Arc;
use std::time::Duration;

/// Whose keys sign, and for which user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The profile whose keys sign; else the keys of the environment, else `AWS_PROFILE`, else `default`.
    pub profile: Option<String>,
    /// The user whose devices these are; else the one that the keys belong to.
    pub user: Option<String>,
}

/// The time that calls go by, and how it is let go by.
#[derive(Clone)]
pub struct Pace {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Lets this much of it go by.
    pub pause: Arc<dyn Fn(Duration) + Send + Sync>,
}

/// IAM as somebody calls it.
pub struct Caller {
    wire: Http,
    iam: Endpoint,
    sts: Endpoint,
    keys: Keys,
    pace: Pace,
    /// Whether a code of the profile's device could still be proved.
    may_prove: bool,
}

impl Asked {
    /// Gets the keys: the profile's own, or, where it takes on a role, those that `session` hands out.
    pub fn caller<E: From<Explanation>>(
        &self,
        programs: Programs,
        pace: Pace,
        session: impl FnOnce(&Wanted) -> Result<Keys, E>,
    ) -> Result<Caller, E> {
        keys::not_inside()?;
        let wanted = Wanted::of_profile(self.profile.as_deref());
        let config = files::config()?;
        let (name, plan) = (wanted.name(), wanted.plan(&config)?);
        let keys =
            if plan.roles.is_empty() { keys::of_base(&plan.base, programs)? } else { session(&wanted)? };
        let arn = way::arn_of(&plan);
        let (iam, _) = way::endpoint(Service::Iam, &config, &name, arn)?;
        let (sts, _) = way::endpoint(Service::Sts, &config, &name, arn)?;
        let may_prove = plan.serial.is_some() && keys.token.is_none();
        Ok(Caller { wire: way::wire()?, iam, sts, keys, pace, may_prove })
    }

    /// The user that is meant: the one that was named, the one that the device was enrolled for, or the one that the
    /// keys belong to.
    pub fn user(&self, device: Option<&Device>, caller: &Caller) -> Result<String, Explanation> {
        let known = device.and_then(|device| enrolled_for(device.note.raw()));
        match self.user.clone().or_else(|| known.map(str::to_owned)) {
            Some(user) => Ok(user),
            None => caller.own_user(),
        }
    }
}

impl Caller {
    /// IAM, to be called.
    pub fn iam(&self) -> Iam<'_> {
        Iam { client: self.client(), endpoint: &self.iam, keys: &self.keys }
    }

    /// Refuses a device of another account than that of the keys.
    pub fn must_own(&self, serial: &str) -> Result<(), Explanation> {
        let Some(arn) = MfaArn::parse(serial) else { return Ok(()) };
        let caller = self.client().caller(&self.sts, &self.keys).map_err(|error| error.explain())?;
        let account = caller.split(':').nth(4).unwrap_or_default().to_owned();
        if account == arn.account_id {
            return Ok(());
        }
        Err(NoUser::OtherAccount { serial: serial.to_owned(), account }.explain())
    }

    /// Whether keys that prove a code could be had instead: accounts often ask for that before a device is taken away.
    pub fn may_prove(&self) -> bool {
        self.may_prove
    }

    /// Takes these keys instead.
    pub fn prove_with(&mut self, keys: Keys) {
        self.keys = keys;
        self.may_prove = false;
    }

    /// Lets time go by.
    pub(super) fn pause(&self, how_long: Duration) {
        (self.pace.pause)(how_long);
    }

    /// The user whom the keys belong to.
    fn own_user(&self) -> Result<String, Explanation> {
        let arn = self.client().caller(&self.sts, &self.keys).map_err(|error| error.explain())?;
        user_of(&arn).map_err(|error| error.explain())
    }

    fn client(&self) -> Client<'_> {
        let pause = |how_long: Duration| self.pause(how_long);
        Client { wire: &self.wire, clock: self.pace.clock.as_ref(), pause: Box::new(pause) }
    }
}

/// The user that an ARN names.
fn user_of(arn: &str) -> Result<String, NoUser> {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    match resource.split_once('/') {
        Some(("user", path)) => Ok(path.rsplit('/').next().unwrap_or(path).to_owned()),
        None if resource == "root" => Err(NoUser::Root),
        _ => Err(NoUser::NotUser { arn: arn.to_owned() }),
    }
}
