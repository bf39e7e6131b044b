//! From a profile to a session.

use super::cache::Cache;
use super::code::mfa_serial;
use super::codes::Codes;
use super::{files, keys};
use crate::aws::{
    Base, Begin, CallError, Client, Config, Credentials, DURATIONS, Endpoint, Hints, Http, Keys, Mfa,
};
use crate::aws::{Plan, Role, Service, Why};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::note;
use crate::explain::aws::{NoAwsCode, notes};
use crate::explain::{FileProblem, Misuse, Trouble};
use clap::Args;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
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

/// How to come to a session, and where to ask.
pub(super) struct Way {
    pub(super) plan: Plan,
    pub(super) region: Option<String>,
    sts: Endpoint,
}

impl Asked {
    /// What a profile says, and nothing else.
    pub(super) fn of_profile(profile: Option<&str>) -> Self {
        Self { profile: profile.map(str::to_owned), role_arn: None, duration: None, serial: None }
    }

    /// The session that is asked for: the one that is kept, or a new one. However many ask at once, one of them calls.
    pub(super) fn session(&self, context: &mut Context) -> Result<(Credentials, Way), Failure> {
        keys::not_inside()?;
        if context.global.read_only {
            // A code that is sent has to be written down as spent.
            return Err(context.misuse(&Misuse::ReadOnly));
        }
        let way = self.way()?;
        let cache = Cache::of(&way.fingerprint())?;
        if let Some(kept) = cache.read(context.now()) {
            return Ok((kept, way));
        }
        let held = cache.hold()?;
        if let Some(kept) = cache.read(context.now()) {
            return Ok((kept, way));
        }
        let new = way.begin(context)?;
        match cache.write(&new) {
            Ok(true) => {}
            Ok(false) => context.out.note(notes::NOT_KEPT.into()),
            Err(error) => context.out.note(notes::not_kept(&error)),
        }
        drop(held);
        Ok((new, way))
    }

    fn way(&self) -> Result<Way, Failure> {
        let config = files::config()?;
        let profile = self.profile.clone().unwrap_or_else(files::usual_profile);
        let mut plan = self.plan(&config, &profile)?;
        if let Some(serial) = &self.serial {
            plan.serial = Some(mfa_serial(serial, None)?);
        } else if let Some(serial) = &plan.serial {
            plan.serial = Some(mfa_serial(serial, Some(&profile))?);
        }
        let role =
            |arn: &String| Role { arn: arn.clone(), session_name: None, external_id: None, duration: None };
        plan.roles.extend(self.role_arn.as_ref().map(role));
        if let Some(seconds) = self.duration {
            plan.duration = Some(seconds);
            plan.roles.last_mut().into_iter().for_each(|role| role.duration = Some(seconds));
        }
        if plan.roles.is_empty() && plan.serial.is_none() {
            return Err(NoAwsCode::NoSerial { profile }.into());
        }
        let arn = plan.serial.as_deref().or_else(|| plan.roles.first().map(|role| role.arn.as_str()));
        let (sts, region) = endpoint(Service::Sts, &config, &profile, arn)?;
        Ok(Way { plan, region, sts })
    }

    /// As the AWS CLI does it: a profile that is named goes before the environment, and that before any other.
    pub(super) fn plan(&self, config: &Config, profile: &str) -> Result<Plan, Failure> {
        if self.profile.is_none() && keys::of_environment().is_some() {
            let serial = config.serial_of(profile).map(str::to_owned);
            return Ok(Plan { base: Base::Environment, roles: Vec::new(), serial, duration: None });
        }
        Ok(Plan::of(config, profile)?)
    }
}

/// Where a service answers for a profile, and the profile's region.
pub(super) fn endpoint(
    service: Service,
    config: &Config,
    profile: &str,
    arn: Option<&str>,
) -> Result<(Endpoint, Option<String>), Failure> {
    let profile = config.profile(profile);
    let set = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(files::variable);
    let region = set.or_else(|| Some(profile?.get("region")?.to_owned()));
    let own = format!("AWS_ENDPOINT_URL_{}", service.as_str().to_ascii_uppercase());
    let ignored = files::variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|set| set == "true");
    let url = files::variable(&own)
        .or_else(|| files::variable("AWS_ENDPOINT_URL"))
        .or_else(|| Some(profile?.endpoint_url(service.as_str())?.to_owned()))
        .filter(|_| !ignored);
    let hints = Hints { region: region.as_deref(), arn, url: url.as_deref() };
    let endpoint = Endpoint::of(service, hints).map_err(CallError::from)?;
    Ok((endpoint, region))
}

/// What sends: it trusts what `AWS_CA_BUNDLE` says, where that is set.
pub(super) fn http() -> Result<Http, Failure> {
    let Some(path) = files::variable("AWS_CA_BUNDLE").map(PathBuf::from) else {
        return Http::new(None).ok_or_else(|| NoAwsCode::NoCertificate { path: PathBuf::new() }.into());
    };
    let bundle =
        std::fs::read(&path).map_err(|error| Trouble::File(path.clone(), FileProblem::System(error)))?;
    Http::new(Some(&bundle)).ok_or_else(|| NoAwsCode::NoCertificate { path }.into())
}

impl Context {
    /// Who calls AWS.
    pub(super) fn client<'a>(&'a self, wire: &'a Http) -> Client<'a> {
        let pause = |how_long: Duration| self.time.sleep(how_long);
        Client { wire, clock: self.time.as_ref(), pause: Box::new(pause) }
    }
}

impl Way {
    /// What tells this way of getting a session from others.
    fn fingerprint(&self) -> String {
        let base = match &self.plan.base {
            Base::Keys(keys) => keys.id.clone(),
            Base::Environment => files::variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
            Base::Elsewhere(profile) => format!("profile {profile}"),
        };
        let Plan { roles, serial, duration, .. } = &self.plan;
        let all = format!("{base:?} {roles:?} {serial:?} {duration:?} {:?}", self.sts);
        let digest = Sha256::digest(all.as_bytes());
        format!(
            "{:032x}",
            digest.iter().take(16).fold(0, |number: u128, byte| number << 8 | u128::from(*byte))
        )
    }

    fn begin(&self, context: &mut Context) -> Result<Credentials, Failure> {
        let keys = keys::of_base(&self.plan.base)?;
        let wire = http()?;
        let mut roles = self.plan.roles.iter();
        let first = roles.next().map_or(Begin::Session(self.plan.duration), Begin::Role);
        let mut session = self.first(first, &keys, &wire, context)?;
        for role in roles {
            session = context.client(&wire).begin(&self.sts, &session.keys, Begin::Role(role), None)?;
        }
        Ok(session)
    }

    /// The call that the long-term keys sign, with the device's code where there is a device. AWS says of a wrong
    /// code and of one that somebody else used the same: the next code tells which it is.
    fn first(
        &self,
        begin: Begin<'_>,
        keys: &Keys,
        wire: &Http,
        context: &mut Context,
    ) -> Result<Credentials, Failure> {
        let Some(serial) = &self.plan.serial else {
            return Ok(context.client(wire).begin(&self.sts, keys, begin, None)?);
        };
        let codes = Codes::of(serial, context)?;
        let mut is_second = false;
        loop {
            let code = codes.next(serial, context)?;
            let mfa = Mfa { serial, code: code.as_str() };
            let answer = context.client(wire).begin(&self.sts, keys, begin, Some(mfa));
            match answer {
                Err(CallError::Refused(refusal)) if refusal.why == Why::Code && !is_second => {
                    is_second = true;
                    note(notes::SECOND_CODE);
                }
                Ok(session) => {
                    if is_second {
                        context.out.note(notes::USED_ELSEWHERE.into());
                    }
                    return Ok(session);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
