//! AWS's profiles against the devices here.

use crate::caller::config;
use crate::device::query::pick_by_serial;
use crate::device::{ArnKind, Device, MfaArn};
use crate::explain::aws::NoAwsCode;
use crate::explain::doctor::{Finding, aws as words};
use crate::explain::{Explain as _, Explanation};
use crate::text::Text;
use crate::vault::Vault;

/// A profile's name and its own `mfa_serial`.
pub(super) type Profile = (String, String);

/// The profiles that have an `mfa_serial`, or why the files can't be read.
pub(super) fn gather() -> Result<Vec<Profile>, Explanation> {
    let config = config()?;
    let serial = |name: &str, serial: Option<&str>| Some((name.to_owned(), serial?.to_owned()));
    Ok(config.profiles().filter_map(|profile| serial(profile.name, profile.get("mfa_serial"))).collect())
}

/// Profiles that name no device, or none that is here, and devices that no profile names.
pub(super) fn findings(profiles: &Result<Vec<Profile>, Explanation>, vault: Option<&Vault>) -> Vec<Finding> {
    let profiles = match profiles {
        Ok(profiles) => profiles,
        Err(why) => return vec![Finding::stopped("aws", why)],
    };
    let mut found: Vec<Finding> = profiles.iter().filter_map(no_mfa_device).collect();
    let Some(vault) = vault else {
        found.extend((!profiles.is_empty()).then(|| words::unopened(profiles.len())));
        return found;
    };
    found.extend(profiles.iter().filter_map(|profile| no_device(profile, vault)));
    if found.is_empty() {
        found.push(words::fine(profiles.len()));
    }
    if !profiles.is_empty() {
        found.extend(vault.devices().filter_map(|device| no_profile(device, profiles)));
    }
    found
}

/// What stands there as a serial number names a user, or a security key.
fn no_mfa_device((name, serial): &Profile) -> Option<Finding> {
    let kind = ArnKind::parse(serial).filter(|kind| !matches!(kind, ArnKind::Mfa(_)))?;
    let error = NoAwsCode::NotMfa { serial: serial.clone(), profile: Some(name.clone()), kind };
    Some(Finding::stopped("aws", &error.explain()))
}

fn no_device((name, serial): &Profile, vault: &Vault) -> Option<Finding> {
    let kind = ArnKind::parse(serial);
    let is_usable = matches!(kind, None | Some(ArnKind::Mfa(_)));
    let is_missing = pick_by_serial(vault.devices(), serial).is_err();
    (is_usable && is_missing).then(|| words::no_device(name, serial, kind.is_none()))
}

fn no_profile(device: &Device, profiles: &[Profile]) -> Option<Finding> {
    let serial = device.serial.as_ref().map(Text::raw).filter(|serial| MfaArn::parse(serial).is_some())?;
    let is_named = profiles.iter().any(|(_, named)| named.eq_ignore_ascii_case(serial));
    (!is_named).then(|| words::no_profile(&device.label(), serial))
}
