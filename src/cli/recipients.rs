//! The recipients that a vault or a backup is locked to.

use super::context::Context;
use super::failure::Failure;
use super::open::read_file;
use crate::explain::{FileProblem, Reason as _, Trouble};
use crate::vault::Recipient;
use clap::Args;
use std::path::{Path, PathBuf};

/// The largest recipients file, in bytes.
const MAX_BYTES: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(super) struct Recipients {
    /// Lock it to an age or ssh public key instead of a passphrase (repeatable)
    #[arg(long, value_name = "R")]
    recipient: Vec<String>,
    /// Lock it to the recipients that a file holds, one a line (repeatable)
    #[arg(long, value_name = "FILE")]
    recipients_file: Vec<PathBuf>,
}

impl Recipients {
    /// Those of the command line, and those of its files.
    pub(super) fn read(&self, context: &Context) -> Result<Vec<Recipient>, Failure> {
        let stdin: Vec<_> =
            self.recipients_file.iter().map(|path| ("--recipients-file", Some(path.as_path()))).collect();
        context.one_stdin(&stdin)?;
        let mut all = Vec::new();
        for (index, text) in self.recipient.iter().enumerate() {
            let parsed = Recipient::parse(text);
            // By number: what was pasted there may be a secret key.
            all.push(parsed.map_err(|error| error.about(format!("--recipient number {}", index + 1)))?);
        }
        for path in &self.recipients_file {
            all.extend(of_file(path)?);
        }
        Ok(all)
    }
}

fn of_file(path: &Path) -> Result<Vec<Recipient>, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Trouble::File(path.into(), FileProblem::NotText))?;
    let read = Recipient::parse_file(text);
    let found = read.map_err(|(line, error)| error.about(format!("{}, line {line}", path.display())))?;
    if found.is_empty() {
        Err(Trouble::File(path.into(), FileProblem::NoRecipient).into())
    } else {
        Ok(found)
    }
}
