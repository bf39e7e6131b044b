//! The AWS CLI's files and variables.

use crate::aws::{Config, ConfigError, Which};
use crate::explain::aws::BadAwsFile;
use crate::explain::{Explain as _, Explanation, FileProblem, Trouble};
use crate::foreign::read_within;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// More than any of these files has, in bytes.
const MAX_FILE: u64 = 4 << 20;

/// What `~/.aws/config` and `~/.aws/credentials` say; files that are not there say nothing.
pub fn config() -> Result<Config, Explanation> {
    let config = path_of("AWS_CONFIG_FILE", "config")?;
    let credentials = path_of("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
    let texts = (read(&config)?, read(&credentials)?);
    Config::parse(&texts.0, &texts.1).map_err(|error| bad(config, credentials, error))
}

/// Where a file is: where this variable says, else `~/.aws/NAME`.
fn path_of(variable: &str, name: &str) -> Result<PathBuf, Explanation> {
    let home = || etcetera::home_dir().map_err(|_| Trouble::NoHome.explain());
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(home()?.join(".aws").join(name));
    };
    match path.strip_prefix("~") {
        Ok(rest) => Ok(home()?.join(rest)),
        Err(_) => Ok(path),
    }
}

fn bad(config: PathBuf, credentials: PathBuf, error: ConfigError) -> Explanation {
    let path = match error.which {
        Which::Config => config,
        Which::Credentials => credentials,
    };
    BadAwsFile { path, error }.explain()
}

fn read(path: &Path) -> Result<Zeroizing<String>, Explanation> {
    let trouble = |problem| Trouble::File(path.into(), problem).explain();
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Zeroizing::default()),
        file => file.map_err(|error| trouble(FileProblem::System(error)))?,
    };
    let bytes = read_within(file, path, MAX_FILE).map_err(|trouble| trouble.explain())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| trouble(FileProblem::NotText))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The profile that is meant where none is named.
pub fn usual_profile() -> String {
    let named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().find_map(variable);
    named.unwrap_or_else(|| "default".into())
}

/// A variable of the environment; an empty one is none.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
