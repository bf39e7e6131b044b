//! Who calls IAM, and for which user.

use super::session::{Asked, endpoint, http};
use super::{files, keys};
use crate::aws::{Endpoint, Http, Iam, Keys, Plan, Service, enrolled_for};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::device::Device;
use crate::explain::aws::NoUser;
use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct Who {
    /// The profile whose keys sign; else the keys of the environment, else `AWS_PROFILE`, else `default`
    #[arg(long, value_name = "P")]
    profile: Option<String>,
    /// The user whose devices these are; else the one that the keys belong to
    #[arg(long, value_name = "U")]
    user: Option<String>,
}

/// IAM as somebody calls it.
pub(super) struct Caller {
    wire: Http,
    iam: Endpoint,
    sts: Endpoint,
    keys: Keys,
    plan: Plan,
    profile: Option<String>,
}

impl Who {
    /// Gets the keys: the profile's own, or those of a session where it takes on a role.
    pub(super) fn caller(&self, context: &mut Context) -> Result<Caller, Failure> {
        keys::not_inside()?;
        let asked = Asked::of_profile(self.profile.as_deref());
        let config = files::config()?;
        let name = self.profile.clone().unwrap_or_else(files::usual_profile);
        let plan = asked.plan(&config, &name)?;
        let keys =
            if plan.roles.is_empty() { keys::of_base(&plan.base)? } else { asked.session(context)?.0.keys };
        let arn = plan.serial.as_deref().or_else(|| plan.roles.first().map(|role| role.arn.as_str()));
        let (iam, _) = endpoint(Service::Iam, &config, &name, arn)?;
        let (sts, _) = endpoint(Service::Sts, &config, &name, arn)?;
        Ok(Caller { wire: http()?, iam, sts, keys, plan, profile: self.profile.clone() })
    }

    /// The user that is meant: the one that was named, the one that the device was enrolled for, or the one that the
    /// keys belong to.
    pub(super) fn user(
        &self,
        device: Option<&Device>,
        caller: &Caller,
        context: &Context,
    ) -> Result<String, Failure> {
        let known = device.and_then(|device| enrolled_for(device.note.raw()));
        match self.user.clone().or_else(|| known.map(str::to_owned)) {
            Some(user) => Ok(user),
            None => Ok(user_of(&context.client(&caller.wire).caller(&caller.sts, &caller.keys)?)?),
        }
    }
}

impl Caller {
    pub(super) fn iam<'a>(&'a self, context: &'a Context) -> Iam<'a> {
        Iam { client: context.client(&self.wire), endpoint: &self.iam, keys: &self.keys }
    }

    /// Takes a session's keys instead, which prove a code: accounts often ask for that before a device is taken away.
    /// Whether there is a device to prove it with.
    pub(super) fn prove(&mut self, context: &mut Context) -> Result<bool, Failure> {
        if self.plan.serial.is_none() || self.keys.token.is_some() {
            return Ok(false);
        }
        self.keys = Asked::of_profile(self.profile.as_deref()).session(context)?.0.keys;
        Ok(true)
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
