//! The global options: usable before and after the subcommand.

use clap::Args;
use std::ffi::OsString;
use std::path::PathBuf;

/// What holds for every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The vault; else `$KEYFOB_VAULT`, else the configuration's, else `~/.local/share/keyfob/vault.age`
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) vault: Option<PathBuf>,
    /// An age identity file: an X25519 or SSH key, perhaps passphrase-encrypted (repeatable)
    #[arg(long, short = 'i', global = true, value_name = "FILE")]
    pub(super) identity: Vec<PathBuf>,
    /// Read the passphrase from FILE's first line; `-` is standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Write JSON, for the commands that have it
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Write nothing, take no path and export nothing: fit for an SSH forced command
    #[arg(long, global = true)]
    pub(super) read_only: bool,
}

/// Puts every identity before the subcommand. clap lets a global option's values after the subcommand
/// replace those before it, and an identity that was named must not be lost in silence.
pub(super) fn identities_first(arguments: &[OsString]) -> Vec<OsString> {
    let mut first: Vec<OsString> = arguments.iter().take(1).cloned().collect();
    let mut others = Vec::new();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let bytes = argument.as_encoded_bytes();
        if bytes == b"--" {
            others.push(argument.clone());
            others.extend(rest.by_ref().cloned());
        } else if bytes == b"-i" || bytes == b"--identity" {
            first.push(argument.clone());
            first.extend(rest.next().cloned());
        } else if bytes.starts_with(b"-i") || bytes.starts_with(b"--identity=") {
            first.push(argument.clone());
        } else {
            others.push(argument.clone());
        }
    }
    first.extend(others);
    first
}
