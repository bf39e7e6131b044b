//! From a profile to a session: what is signed with which keys, and where to ask.

use super::files::{self, usual_profile, variable};
use super::keys;
use crate::aws::{Base, Config, DURATIONS, Endpoint, Hints, Http, Plan, Role, Service};
use crate::device::ArnKind;
use crate::explain::aws::NoAwsCode;
use crate::explain::{Explain as _, Explanation};
use crate::foreign::read_regular;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// More than any bundle of certificates has, in bytes.
const MAX_BUNDLE: u64 = 4 << 20;

/// The session that is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The profile; else the keys of the environment, else `AWS_PROFILE`, else `default`.
    pub profile: Option<String>,
    /// A role to take on besides those of the profile.
    pub role_arn: Option<String>,
    /// How many seconds it lasts, of those in [`DURATIONS`].
    pub duration: Option<u32>,
    /// The device's serial number, instead of the profile's `mfa_serial`.
    pub serial: Option<String>,
}

/// How to come to a session, and where to ask.
#[derive(Debug)]
pub struct Way {
    /// What is signed with which keys.
    pub plan: Plan,
    /// The region, where one is set.
    pub region: Option<String>,
    /// Where sessions are begun.
    pub sts: Endpoint,
}

impl Wanted {
    /// What a profile says, and nothing else.
    pub fn of_profile(profile: Option<&str>) -> Self {
        Self { profile: profile.map(str::to_owned), ..Self::default() }
    }

    /// How to come to it.
    pub fn way(&self) -> Result<Way, Explanation> {
        self.way_in(&files::config()?)
    }

    /// The same, by files that were read already.
    pub fn way_in(&self, config: &Config) -> Result<Way, Explanation> {
        let profile = self.name();
        let mut plan = self.plan(config)?;
        if let Some(serial) = &self.serial {
            plan.serial = Some(mfa_serial(serial, None)?);
        } else if let Some(serial) = &plan.serial {
            plan.serial = Some(mfa_serial(serial, Some(&profile))?);
        }
        let role =
            |arn: &String| Role { arn: arn.clone(), session_name: None, external_id: None, duration: None };
        plan.roles.extend(self.role_arn.as_ref().map(role));
        if let Some(seconds) = self.duration.filter(|seconds| DURATIONS.contains(seconds)) {
            plan.duration = Some(seconds);
            plan.roles.last_mut().into_iter().for_each(|role| role.duration = Some(seconds));
        }
        if plan.roles.is_empty() && plan.serial.is_none() {
            return Err(NoAwsCode::NoSerial { profile }.explain());
        }
        let (sts, region) = endpoint(Service::Sts, config, &profile, arn_of(&plan))?;
        Ok(Way { plan, region, sts })
    }

    /// The profile that is meant.
    pub(super) fn name(&self) -> String {
        self.profile.clone().unwrap_or_else(usual_profile)
    }

    /// As the AWS CLI does it: a profile that is named goes before the environment, and that before any other.
    pub(super) fn plan(&self, config: &Config) -> Result<Plan, Explanation> {
        let profile = self.name();
        if self.profile.is_none() && keys::of_environment().is_some() {
            let serial = config.serial_of(&profile).map(str::to_owned);
            return Ok(Plan { base: Base::Environment, roles: Vec::new(), serial, duration: None });
        }
        Plan::of(config, &profile).map_err(|error| error.explain())
    }
}

impl Way {
    /// What tells this way of getting a session from others.
    pub fn fingerprint(&self) -> String {
        let base = match &self.plan.base {
            Base::Keys(keys) => keys.id.clone(),
            Base::Environment => variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
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
}

/// An ARN of the account's, which tells the partition where no region does.
pub(super) fn arn_of(plan: &Plan) -> Option<&str> {
    plan.serial.as_deref().or_else(|| plan.roles.first().map(|role| role.arn.as_str()))
}

/// Where a service answers for a profile, and the profile's region.
pub(super) fn endpoint(
    service: Service,
    config: &Config,
    profile: &str,
    arn: Option<&str>,
) -> Result<(Endpoint, Option<String>), Explanation> {
    let profile = config.profile(profile);
    let set = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(variable);
    let region = set.or_else(|| Some(profile?.get("region")?.to_owned()));
    let own = format!("AWS_ENDPOINT_URL_{}", service.as_str().to_ascii_uppercase());
    let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|set| set == "true");
    let url = variable(&own)
        .or_else(|| variable("AWS_ENDPOINT_URL"))
        .or_else(|| Some(profile?.endpoint_url(service.as_str())?.to_owned()))
        .filter(|_| !ignored);
    let hints = Hints { region: region.as_deref(), arn, url: url.as_deref() };
    let endpoint = Endpoint::of(service, hints).map_err(|error| error.explain())?;
    Ok((endpoint, region))
}

/// What sends: it trusts what `AWS_CA_BUNDLE` says, where that is set.
pub fn wire() -> Result<Http, Explanation> {
    let no_certificate = |path| NoAwsCode::NoCertificate { path }.explain();
    let Some(path) = variable("AWS_CA_BUNDLE").map(PathBuf::from) else {
        return Http::new(None).ok_or_else(|| no_certificate(PathBuf::new()));
    };
    let bundle = read_regular(&path, MAX_BUNDLE).map_err(|trouble| trouble.explain())?;
    Http::new(Some(&bundle)).ok_or_else(|| no_certificate(path))
}

/// A serial number that is no ARN of anything but an MFA device.
pub fn mfa_serial(serial: &str, profile: Option<&str>) -> Result<String, Explanation> {
    match ArnKind::parse(serial) {
        Some(kind) => mfa(serial, profile, kind),
        None => Ok(serial.to_owned()),
    }
}

/// An ARN that names an MFA device.
pub fn mfa(serial: &str, profile: Option<&str>, kind: ArnKind) -> Result<String, Explanation> {
    match kind {
        ArnKind::Mfa(_) => Ok(serial.to_owned()),
        kind => {
            Err(NoAwsCode::NotMfa { serial: serial.to_owned(), profile: profile.map(str::to_owned), kind }
                .explain())
        }
    }
}
