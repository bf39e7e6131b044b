//! `list`: the devices, never a secret.

use super::context::Context;
use super::failure::Failure;
use super::json::DeviceFields;
use super::table;
use crate::device::{Device, query};
use crate::explain::{Exit, Trouble, report};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob list                           all devices
  keyfob list aws                       those in which `aws` stands
  keyfob list --json                    for scripts";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Only devices in which every word of this stands: issuer, account, tag, serial or note
    query: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let session = context.unlock()?;
    let all = session.vault().devices();
    let found: Vec<&Device> = match &arguments.query {
        Some(filter) => all.filter(|device| query::matches(device, filter)).collect(),
        None => all.collect(),
    };
    if context.global.json {
        let fields: Vec<DeviceFields<'_>> = found.iter().copied().map(DeviceFields::from).collect();
        context.out.json(&fields)?;
    } else {
        let rows: Vec<[String; 5]> = found.iter().copied().map(row).collect();
        context.out.print(&table::lines(&rows));
    }
    match arguments.query.as_ref().filter(|_| found.is_empty()) {
        Some(query) => Err(Trouble::NothingFits(query.clone()).into()),
        None => Ok(Exit::Done),
    }
}

fn row(device: &Device) -> [String; 5] {
    let tags: Vec<String> = device.tags.iter().map(ToString::to_string).collect();
    [
        report::short(device.id),
        device.issuer.to_string(),
        device.account.to_string(),
        device.method.kind().as_str().to_owned(),
        tags.join(" "),
    ]
}
