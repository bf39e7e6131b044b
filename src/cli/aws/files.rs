//! The AWS CLI's files and variables.

use crate::aws::{Config, ConfigError, Which};
use crate::cli::failure::Failure;
use crate::cli::places;
use crate::explain::aws::BadAwsFile;
use crate::explain::{FileProblem, Trouble};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// More than any of these files has, in bytes.
const MAX_FILE: u64 = 4 << 20;

/// What `~/.aws/config` and `~/.aws/credentials` say; files that are not there say nothing.
pub(in crate::cli) fn config() -> Result<Config, Failure> {
    let config = places::aws_file("AWS_CONFIG_FILE", "config")?;
    let credentials = places::aws_file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
    let texts = (read(&config)?, read(&credentials)?);
    Config::parse(&texts.0, &texts.1).map_err(|error| bad(config, credentials, error))
}

fn bad(config: PathBuf, credentials: PathBuf, error: ConfigError) -> Failure {
    let path = match error.which {
        Which::Config => config,
        Which::Credentials => credentials,
    };
    BadAwsFile { path, error }.into()
}

fn read(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let trouble = |problem| Failure::from(Trouble::File(path.into(), problem));
    let mut text = Zeroizing::new(String::new());
    let read = File::open(path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Zeroizing::default()),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(trouble(FileProblem::NotText)),
        Err(error) => Err(trouble(FileProblem::System(error))),
        Ok(_) => Ok(text),
    }
}

/// The profile that is meant where none is named.
pub(super) fn usual_profile() -> String {
    let named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().find_map(variable);
    named.unwrap_or_else(|| "default".into())
}

/// A variable of the environment; an empty one is none.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
