//! What was taken in, as `add` and `import` tell it.

use super::context::Context;
use super::failure::Failure;
use super::json::ItemFields;
use crate::exchange::{Intake, Outcome};
use crate::explain::{Reason, report};
use serde::Serialize;
use zeroize::Zeroizing;

/// What stands before the devices.
pub(super) struct Head<'a> {
    pub(super) format: &'a str,
    pub(super) dry_run: bool,
    /// A secret that keyfob drew itself and has to hand out once.
    pub(super) secret: Option<Zeroizing<String>>,
}

#[derive(Serialize)]
struct Told<'a> {
    format: &'a str,
    dry_run: bool,
    devices: Vec<ItemFields<'a>>,
    new: usize,
    duplicate: usize,
    refused: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
}

/// The JSON of `add` and `import`.
pub(super) fn json(intake: &Intake, head: &Head<'_>, context: &mut Context) -> Result<(), Failure> {
    let fields = Told {
        format: head.format,
        dry_run: head.dry_run,
        devices: intake.items.iter().map(|item| ItemFields::new(item, head.dry_run)).collect(),
        new: intake.new_ones(),
        duplicate: intake.duplicates(),
        refused: intake.refused(),
        secret: head.secret.as_ref().map(|secret| secret.as_str()),
    };
    context.out.json(&fields)
}

/// The words of `import`: what was refused and why, then how many came to what.
pub(super) fn words(intake: &Intake, dry_run: bool, context: &mut Context) {
    for item in &intake.items {
        if let Outcome::Refused(refusal) = &item.outcome {
            context.out.print(&report::refused(&refusal.about(item.place).message));
        }
    }
    context.out.print(&report::taken(intake.new_ones(), intake.duplicates(), intake.refused(), dry_run));
}
