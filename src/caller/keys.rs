//! The keys that sign the first call.

use super::files::variable;
use crate::aws::{Base, Keys};
use crate::explain::aws::NoAwsKeys;
use crate::explain::{Explain as _, Explanation};
use std::io::ErrorKind;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// Set for the programs that keyfob runs to get keys: run by one of them, keyfob would go round in a circle.
const INSIDE: &str = "KEYFOB_AWS_INSIDE";

/// Refuses to go round in a circle.
pub fn not_inside() -> Result<(), Explanation> {
    match std::env::var_os(INSIDE) {
        Some(_) => Err(NoAwsKeys::Inside.explain()),
        None => Ok(()),
    }
}

/// The keys of the environment, if they are there.
pub fn of_environment() -> Option<Keys> {
    Some(Keys {
        id: variable("AWS_ACCESS_KEY_ID")?,
        secret: Zeroizing::new(variable("AWS_SECRET_ACCESS_KEY")?),
        token: variable("AWS_SESSION_TOKEN").map(Zeroizing::new),
    })
}

/// Whether the AWS CLI may be run. It may write on the terminal, and ask there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Programs {
    /// It may.
    Allowed,
    /// The terminal is the full screen's.
    Refused,
}

/// The keys to start from.
pub fn of_base(base: &Base, programs: Programs) -> Result<Keys, Explanation> {
    match base {
        Base::Keys(keys) => Ok(keys.clone()),
        Base::Environment => of_environment().ok_or_else(|| NoAwsKeys::NotInEnvironment.explain()),
        Base::Elsewhere(profile) if programs == Programs::Refused => {
            Err(NoAwsKeys::OnCommandLine { profile: profile.clone() }.explain())
        }
        Base::Elsewhere(profile) => exported(profile),
    }
}

/// What the AWS CLI makes of a profile: it knows single sign-on, web identities and other programs.
fn exported(profile: &str) -> Result<Keys, Explanation> {
    let profile = || profile.to_owned();
    let output = Command::new("aws")
        .args(["configure", "export-credentials", "--format", "process", "--profile", &profile()])
        .env(INSIDE, "1")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => NoAwsKeys::NoAwsCli { profile: profile() }.explain(),
            _ => NoAwsKeys::NotExported { profile: profile() }.explain(),
        })?;
    let stdout = Zeroizing::new(output.stdout);
    let keys = output.status.success().then(|| Keys::from_process(&stdout)).flatten();
    keys.ok_or_else(|| NoAwsKeys::NotExported { profile: profile() }.explain())
}
