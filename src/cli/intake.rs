//! What was taken in, as `add` and `import` tell it.

use super::context::Context;
use super::failure::Failure;
use super::json::ItemFields;
use crate::exchange::{Intake, Item, Outcome, Refusal};
use crate::explain::{Exit, Reason, report};
use serde::Serialize;
use zeroize::Zeroizing;

/// What stands before the devices.
pub(super) struct Head<'a> {
    pub(super) format: &'a str,
    pub(super) dry_run: bool,
    /// A secret that keyfob drew itself and has to hand out once.
    pub(super) secret: Option<Zeroizing<String>>,
    /// The files that were read, with how many entries each had. None for a single device.
    pub(super) files: Vec<(String, usize)>,
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

impl Head<'_> {
    /// Each entry with the file that it stood in.
    fn placed<'b>(&'b self, intake: &'b Intake) -> impl Iterator<Item = (&'b Item, Option<&'b str>)> {
        let files =
            self.files.iter().flat_map(|(path, count)| std::iter::repeat_n(Some(path.as_str()), *count));
        intake.items.iter().zip(files.chain(std::iter::repeat(None)))
    }

    /// Each refused entry: where it stands, and why it is refused.
    fn refused<'b>(&'b self, intake: &'b Intake) -> impl Iterator<Item = (String, &'b Refusal)> {
        self.placed(intake).filter_map(|(item, file)| match &item.outcome {
            Outcome::Refused(refusal) => Some((report::place(file.unwrap_or_default(), item.place), refusal)),
            _ => None,
        })
    }

    /// The JSON of `add` and `import`.
    pub(super) fn json(&self, intake: &Intake, context: &mut Context) -> Result<(), Failure> {
        let devices = self.placed(intake).map(|(item, file)| ItemFields::new(item, file, self.dry_run));
        context.out.json(&Told {
            format: self.format,
            dry_run: self.dry_run,
            devices: devices.collect(),
            new: intake.new_ones(),
            duplicate: intake.duplicates(),
            refused: intake.refused(),
            secret: self.secret.as_ref().map(|secret| secret.as_str()),
        })
    }

    /// All of it, in JSON or words; an error when nothing was taken.
    pub(super) fn tell(&self, intake: &Intake, context: &mut Context) -> Result<Exit, Failure> {
        if context.global.json {
            self.json(intake, context)?;
        }
        if let Some(failure) = self.nothing_taken(intake) {
            return Err(failure);
        }
        if !context.global.json {
            self.words(intake, context);
        }
        Ok(Exit::Done)
    }

    /// The words of `import`: what would be new in a dry run, what was refused and why, then how many came to what.
    fn words(&self, intake: &Intake, context: &mut Context) {
        let is_new = |item: &&Item| self.dry_run && matches!(item.outcome, Outcome::New(_));
        for item in intake.items.iter().filter(is_new) {
            context.out.print(&report::would_be_new(&item.names.issuer, &item.names.account));
        }
        for (place, refusal) in self.refused(intake) {
            context.out.print(&report::refused(&refusal.about(place).message));
        }
        let (new, duplicate, refused) = (intake.new_ones(), intake.duplicates(), intake.refused());
        context.out.print(&report::taken(new, duplicate, refused, self.dry_run));
    }

    /// Where every entry was refused: what is wrong with the first.
    fn nothing_taken(&self, intake: &Intake) -> Option<Failure> {
        if intake.refused() < intake.items.len() {
            return None;
        }
        let (place, refusal) = self.refused(intake).next()?;
        Some(Failure::from(refusal.about(place)).with_exit(Exit::BadInput))
    }
}
