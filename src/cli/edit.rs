//! `edit`: changes what people call a device, never its secret.

use super::context::Context;
use super::failure::Failure;
use super::json::DeviceFields;
use super::open::pick;
use super::values::{line, some_line, texts, too_long};
use crate::device::Device;
use crate::explain::{Exit, report};
use crate::text::Text;
use crate::vault::{Change, ChangeError, Edit, Reason};
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  keyfob edit github --account alice@example.com
  keyfob edit aws --untag old --serial arn:aws:iam::123456789012:mfa/alice
  keyfob edit vpn --note \"\"             takes the note away";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which device: an id, issuer:account, or any text that only one device has
    query: String,
    #[command(flatten)]
    change: Changes,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Changes {
    /// Who asks for its codes
    #[arg(long, value_name = "I")]
    issuer: Option<String>,
    /// Whom they are for
    #[arg(long, value_name = "A")]
    account: Option<String>,
    /// What the issuer calls it, an ARN say; empty takes it away
    #[arg(long, value_name = "S")]
    serial: Option<String>,
    /// Add a tag (repeatable)
    #[arg(long, value_name = "T")]
    tag: Vec<String>,
    /// Take a tag away (repeatable)
    #[arg(long, value_name = "T")]
    untag: Vec<String>,
    /// Free text; empty takes it away
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    let mut session = context.unlock()?;
    let now = context.now();
    let (id, _) = session.update(Reason::Change, now, |vault| -> Result<_, Failure> {
        let device = pick(vault, &arguments.query)?;
        let (id, edit) = (device.id, Box::new(arguments.change.edit(device)?));
        vault.apply(&Change::Edit { id, edit }, now)?;
        Ok(id)
    })?;
    let device = session.vault().get(id).ok_or(ChangeError::NoSuchDevice)?;
    if context.global.json {
        context.out.json(&DeviceFields::from(device))?;
    } else {
        context.out.print(&report::edited(device));
    }
    Ok(Exit::Done)
}

impl Changes {
    fn edit(&self, device: &Device) -> Result<Edit, Failure> {
        Ok(Edit {
            issuer: self.issuer.as_deref().map(|text| line("--issuer", text)).transpose()?,
            account: self.account.as_deref().map(|text| line("--account", text)).transpose()?,
            serial: self.serial.as_deref().map(|text| some_line("--serial", text)).transpose()?,
            tags: self.tags(device)?,
            note: self
                .note
                .as_deref()
                .map(Text::note)
                .transpose()
                .map_err(|error| too_long("--note", &error))?,
            ..Edit::default()
        })
    }

    fn tags(&self, device: &Device) -> Result<Option<Vec<Text>>, Failure> {
        if self.tag.is_empty() && self.untag.is_empty() {
            return Ok(None);
        }
        let gone = texts("--untag", &self.untag)?;
        let mut tags: Vec<Text> = device.tags.iter().filter(|tag| !gone.contains(tag)).cloned().collect();
        tags.extend(texts("--tag", &self.tag)?);
        tags.sort();
        tags.dedup();
        Ok(Some(tags))
    }
}
