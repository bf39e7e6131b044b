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

/// As much as is told of what another program says, in characters.
const MOST_SAID: usize = 200;

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
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => NoAwsKeys::NoAwsCli { profile: profile() }.explain(),
            _ => NoAwsKeys::NotExported { profile: profile(), said: String::new() }.explain(),
        })?;
    let stdout = Zeroizing::new(output.stdout);
    let keys = output.status.success().then(|| Keys::from_process(&stdout)).flatten();
    let said = last_words(&String::from_utf8_lossy(&output.stderr));
    keys.ok_or_else(|| NoAwsKeys::NotExported { profile: profile(), said }.explain())
}

/// What a program says of what went wrong, in one line: the one that calls itself an error, else the last one. Some show
/// all of their help beside it.
fn last_words(said: &str) -> String {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines.clone().find(|line| line.to_ascii_lowercase().contains("error"));
    error.or_else(|| lines.next_back()).unwrap_or_default().chars().take(MOST_SAID).collect()
}
