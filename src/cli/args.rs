//! The command line as a whole: global options and the subcommands.

#[cfg(feature = "aws")]
use super::aws;
use super::global::Global;
use super::{
    add, agent, check, code, completions, config, doctor, edit, export, import, init, list, lock, man, merge,
    qr, remove, restore,
};
use clap::{Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  keyfob                                the full-screen interface
  keyfob demo                           the same, with sample devices
  keyfob add -                          adds the URI that standard input holds
  keyfob code github                    prints GitHub's code and nothing else
  keyfob check aws 123456 654321        do these codes come from that device?
  keyfob export backup.age              writes an encrypted backup, proves it

Exit codes: 0 done, 1 the answer is no, 2 the command line is wrong, 3 the vault could not be \
unlocked, 4 bad input, 5 the system said no.";

const DEMO_EXAMPLES: &str = "\
Examples:
  keyfob demo                           nothing is kept; your vault stays closed";

/// A full-screen terminal vault for MFA devices
///
/// Without a command keyfob opens the full-screen interface; on a first run that helps to make a vault.
#[derive(Debug, Parser)]
#[command(name = "keyfob", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct CommandLine {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the full-screen interface on a throw-away vault in memory with sample devices
    #[command(after_help = DEMO_EXAMPLES)]
    Demo,
    /// Make a vault, locked by a passphrase or to age recipients
    Init(init::Arguments),
    /// List the devices, never a secret
    List(list::Arguments),
    /// Print a device's code and nothing else
    Code(code::Arguments),
    /// Add one device
    Add(add::Arguments),
    /// Change what people call a device, never its secret
    Edit(edit::Arguments),
    /// Remove a device; it stays in the history
    Remove(remove::Arguments),
    /// Say whether codes come from a device, one after the other, and with what drift
    Check(check::Arguments),
    /// Add the devices of other apps' files
    Import(import::Arguments),
    /// Write an encrypted backup and read it back to prove it
    Export(export::Arguments),
    /// Bring a backup or an earlier generation back
    Restore(restore::Arguments),
    /// Draw a device's QR code, for another phone or app to scan
    Qr(qr::Arguments),
    /// Merge another copy of this vault into it
    Merge(merge::Arguments),
    /// Show or change how the vault is locked
    #[command(subcommand, after_help = lock::EXAMPLES)]
    Lock(lock::Command),
    /// Hold the vault open for a while, so that its passphrase is not asked for each time
    Agent(agent::Arguments),
    /// Codes, sessions and devices for AWS
    #[cfg(feature = "aws")]
    #[command(subcommand, after_help = aws::EXAMPLES)]
    Aws(aws::Command),
    /// Print every setting in force, and where it comes from
    Config(config::Arguments),
    /// Look at vault, backups, machine, terminal and AWS profiles, and say what to do
    Doctor(doctor::Arguments),
    /// Print what names a device, for a shell to complete, where an agent opens the vault
    #[command(hide = true)]
    Names,
    /// Print a shell's completions
    Completions(completions::Arguments),
    /// Print the manual page, or write all of them into a folder
    Man(man::Arguments),
}

impl Command {
    /// As it was typed.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Init(_) => "init",
            Self::List(_) => "list",
            Self::Code(_) => "code",
            Self::Add(_) => "add",
            Self::Edit(_) => "edit",
            Self::Remove(_) => "remove",
            Self::Check(_) => "check",
            Self::Import(_) => "import",
            Self::Export(_) => "export",
            Self::Restore(_) => "restore",
            Self::Qr(_) => "qr",
            Self::Merge(_) => "merge",
            Self::Lock(_) => "lock",
            Self::Agent(arguments) => arguments.name(),
            #[cfg(feature = "aws")]
            Self::Aws(command) => command.name(),
            Self::Config(_) => "config",
            Self::Doctor(_) => "doctor",
            Self::Names => "names",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }

    /// Whether `--json` means something for it.
    pub(super) fn has_json(&self) -> bool {
        if let Self::Agent(arguments) = self {
            return arguments.has_json();
        }
        #[cfg(feature = "aws")]
        if let Self::Aws(command) = self {
            return command.has_json();
        }
        matches!(
            self,
            Self::List(_)
                | Self::Code(_)
                | Self::Add(_)
                | Self::Edit(_)
                | Self::Check(_)
                | Self::Import(_)
                | Self::Config(_)
                | Self::Doctor(_)
                | Self::Merge(_)
        )
    }

    /// Whether it writes, or shows a secret, so that `--read-only` forbids it.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Init(_)
            | Self::Add(_)
            | Self::Edit(_)
            | Self::Remove(_)
            | Self::Export(_)
            | Self::Merge(_)
            | Self::Qr(_) => true,
            Self::Import(arguments) => !arguments.dry_run,
            Self::Restore(arguments) => !arguments.list,
            Self::Lock(command) => command.writes(),
            Self::Agent(arguments) => arguments.writes(),
            #[cfg(feature = "aws")]
            Self::Aws(command) => command.writes(),
            Self::Man(arguments) => arguments.folder.is_some(),
            Self::Demo
            | Self::List(_)
            | Self::Code(_)
            | Self::Check(_)
            | Self::Config(_)
            | Self::Doctor(_)
            | Self::Names
            | Self::Completions(_) => false,
        }
    }
}
