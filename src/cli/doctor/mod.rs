//! `doctor`: looks at everything that keyfob rests on, and says what to do.
//!
//! A file for each family of checks: facts are gathered at the edge, and each check is a pure function of them.

#[cfg(feature = "aws")]
mod aws;
mod backup;
mod machine;
mod opening;
mod terminal;
mod vault;

use super::context::Context;
use super::failure::Failure;
use crate::explain::Exit;
use crate::explain::doctor::{Finding, State, summary};
use crate::vault::Session;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  keyfob doctor                         asks once; Enter alone leaves it closed
  keyfob doctor --backup backup.age     opens a backup too
  keyfob doctor --json                  for scripts; 1 when something is to do";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A backup to open, without changing anything
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    /// Read the backup's passphrase from P's first line; `-` is standard input
    #[arg(long, value_name = "P", requires = "backup")]
    backup_passphrase_file: Option<PathBuf>,
}

/// What one family found.
struct Family {
    name: &'static str,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Row<'a> {
    family: &'static str,
    check: &'static str,
    /// `ok`, `note` or `to-do`.
    state: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct Told<'a> {
    /// How many checks say that something needs doing.
    to_do: usize,
    checks: Vec<Row<'a>>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    context.one_stdin(&[("--backup-passphrase-file", arguments.backup_passphrase_file.as_deref())])?;
    let families = families(arguments, context);
    let findings = || families.iter().flat_map(|family| &family.findings);
    let to_do = findings().filter(|finding| finding.state == State::ToDo).count();
    if context.global.json {
        let checks = families.iter().flat_map(Family::rows).collect();
        context.out.json(&Told { to_do, checks })?;
    } else {
        findings().for_each(|finding| context.out.print(&finding.told()));
        context.out.print(&summary(to_do));
    }
    Ok(if to_do == 0 { Exit::Done } else { Exit::No })
}

fn families(arguments: &Arguments, context: &mut Context) -> Vec<Family> {
    let family = |name, findings| Family { name, findings };
    let (facts, sealed) = vault::gather(context);
    let mut vault = vault::findings(&facts);
    let opened = sealed.map(|sealed| opening::open(sealed, context));
    vault.extend(opened.as_ref().map(opening::finding));
    let contents = opened.as_ref().and_then(|opened| opened.as_ref().ok()).map(Session::vault);
    let (path, key) = (arguments.backup.as_deref(), arguments.backup_passphrase_file.as_deref());
    let tried = backup::gather(path, key, context);
    let mut families = vec![
        family("vault", vault),
        family("backup", backup::findings(contents, tried.as_ref())),
        family("machine", machine::findings(&machine::gather(context))),
        family("terminal", terminal::findings(&terminal::gather())),
    ];
    #[cfg(feature = "aws")]
    families.push(family("aws", aws::findings(&aws::gather(), contents)));
    families.retain(|family| !family.findings.is_empty());
    families
}

impl Family {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.findings.iter().map(|finding| Row {
            family: self.name,
            check: finding.check,
            state: finding.state.as_str(),
            message: &finding.message,
            hint: finding.hint.as_deref(),
        })
    }
}
