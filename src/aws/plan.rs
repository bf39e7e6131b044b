//! How a profile comes to its credentials: whose keys sign, and which roles are taken on, one after the other.

use super::config::{Config, Profile};
use super::keys::Keys;
use zeroize::Zeroizing;

/// Where the keys come from that sign the first call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// They stand in the files.
    Keys(Keys),
    /// They stand in the environment (`AWS_ACCESS_KEY_ID` and so on).
    Environment,
    /// This profile gets them from a program, single sign-on or a web identity: the AWS CLI knows how.
    Elsewhere(String),
}

/// A role to take on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its ARN.
    pub arn: String,
    /// What the session is called in logs.
    pub session_name: Option<String>,
    /// What the role's owner asks for.
    pub external_id: Option<String>,
    /// How long it lasts, in seconds.
    pub duration: Option<u32>,
}

/// How a profile comes to its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose keys sign the first call.
    pub base: Base,
    /// The roles, the first one first.
    pub roles: Vec<Role>,
    /// The MFA device whose code goes with the first call.
    pub serial: Option<String>,
    /// How long a session without a role lasts, in seconds.
    pub duration: Option<u32>,
}

/// Why a profile comes to none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// There is no such profile.
    #[error("no profile {name}")]
    NoProfile {
        /// Its name.
        name: String,
        /// The profile that names it, where one does.
        named_by: Option<String>,
    },
    /// Profiles use each other's credentials in a circle: their names, the first one again at the end.
    #[error("a circle of {}", names.join(", "))]
    Circle {
        /// In their order.
        names: Vec<String>,
    },
    /// The profile has no keys, and nothing says where to get them.
    #[error("profile {name} has no credentials")]
    NoCredentials {
        /// Its name.
        name: String,
    },
    /// The profile gets its credentials from keyfob: there is nothing that keyfob could start from.
    #[error("profile {name} gets its credentials from keyfob")]
    Ourselves {
        /// Its name.
        name: String,
    },
    /// `duration_seconds` is not 900 to 129,600.
    #[error("profile {name}: bad duration_seconds")]
    Duration {
        /// Its name.
        name: String,
    },
    /// A role with neither `source_profile` nor a `credential_source` that can be had here.
    #[error("profile {name}: its role has no source")]
    NoSource {
        /// Its name.
        name: String,
    },
}

impl Plan {
    /// How the profile of this name comes to its credentials.
    pub fn of(config: &Config, name: &str) -> Result<Self, PlanError> {
        let chain = chain(config, name)?;
        let base = match chain.last() {
            Some(last) => base_of(*last)?,
            None => return Err(PlanError::NoProfile { name: name.to_owned(), named_by: None }),
        };
        let mut with_roles: Vec<(Profile<'_>, &str)> =
            chain.iter().rev().filter_map(|profile| Some((*profile, role_of(*profile)?))).collect();
        // The AWS CLI takes on the role of the profile whose keys it is asked for.
        if let Base::Elsewhere(asked) = &base {
            with_roles.retain(|(profile, _)| profile.name != asked);
        }
        let roles =
            with_roles.into_iter().map(|(profile, arn)| role(profile, arn)).collect::<Result<_, _>>()?;
        let duration = chain.first().map_or(Ok(None), |asked| duration(*asked))?;
        Ok(Self { base, roles, serial: config.serial_of(name).map(str::to_owned), duration })
    }
}

/// The profile and those whose credentials it uses, down to the one that has keys.
fn chain<'a>(config: &'a Config, name: &str) -> Result<Vec<Profile<'a>>, PlanError> {
    let mut chain: Vec<Profile<'a>> = Vec::new();
    let mut next = name;
    loop {
        if let Some(start) = chain.iter().position(|seen| seen.name == next) {
            let names = chain.iter().skip(start).map(|profile| profile.name).chain([next]);
            return Err(PlanError::Circle { names: names.map(str::to_owned).collect() });
        }
        let named_by = chain.last().map(|profile| profile.name.to_owned());
        let missing = || PlanError::NoProfile { name: next.to_owned(), named_by };
        let profile = config.profile(next).ok_or_else(missing)?;
        chain.push(profile);
        match profile.get("source_profile").filter(|_| role_of(profile).is_some()) {
            // A profile may name itself: then its own keys take its role on.
            Some(source) if source != next => next = source,
            _ => return Ok(chain),
        }
    }
}

/// The role that the profile takes on with other credentials than a web identity.
fn role_of(profile: Profile<'_>) -> Option<&str> {
    profile.get("role_arn").filter(|_| profile.get("web_identity_token_file").is_none())
}

fn base_of(profile: Profile<'_>) -> Result<Base, PlanError> {
    let name = || profile.name.to_owned();
    if role_of(profile).is_some() && profile.get("source_profile").is_none() {
        return match profile.get("credential_source") {
            Some("Environment") => Ok(Base::Environment),
            Some(_) => Ok(Base::Elsewhere(name())),
            None => Err(PlanError::NoSource { name: name() }),
        };
    }
    if let (Some(id), Some(secret)) = (profile.get("aws_access_key_id"), profile.get("aws_secret_access_key"))
    {
        let token = profile.get("aws_session_token").map(|token| Zeroizing::new(token.to_owned()));
        return Ok(Base::Keys(Keys { id: id.to_owned(), secret: Zeroizing::new(secret.to_owned()), token }));
    }
    if let Some(process) = profile.get("credential_process") {
        return if runs_keyfob(process) {
            Err(PlanError::Ourselves { name: name() })
        } else {
            Ok(Base::Elsewhere(name()))
        };
    }
    let elsewhere = ["sso_session", "sso_start_url", "web_identity_token_file", "login_session"];
    if elsewhere.iter().any(|setting| profile.get(setting).is_some()) {
        return Ok(Base::Elsewhere(name()));
    }
    Err(PlanError::NoCredentials { name: name() })
}

fn role(profile: Profile<'_>, arn: &str) -> Result<Role, PlanError> {
    let text = |setting| profile.get(setting).map(str::to_owned);
    Ok(Role {
        arn: arn.to_owned(),
        session_name: text("role_session_name"),
        external_id: text("external_id"),
        duration: duration(profile)?,
    })
}

/// The seconds that a session may last (`GetSessionToken`; a role's most are fewer, and its owner's to say).
pub const DURATIONS: std::ops::RangeInclusive<u32> = 900..=129_600;

fn duration(profile: Profile<'_>) -> Result<Option<u32>, PlanError> {
    let Some(text) = profile.get("duration_seconds") else { return Ok(None) };
    let seconds = text.parse().ok().filter(|seconds| DURATIONS.contains(seconds));
    seconds.map(Some).ok_or_else(|| PlanError::Duration { name: profile.name.to_owned() })
}

/// Whether a command line runs keyfob, by whatever path.
fn runs_keyfob(command: &str) -> bool {
    let command = command.trim_start();
    let program = match command.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => command.split_whitespace().next(),
    };
    program.and_then(|program| program.rsplit(['/', '\\']).next()).is_some_and(|name| name == "keyfob")
}
