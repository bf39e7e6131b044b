//! What would come of every entry that was read.

use crate::app::field::Full;
use crate::app::key::KeyPress;
use crate::app::list::Find;
use crate::clock::UnixTime;
use crate::device::{Candidate, Device};
use crate::exchange::{Item, Outcome, Place, missing_parts, take_in};
use crate::explain::{Reason as _, notices, report};
use crate::foreign::Read;
use crate::text::{Fuzzy, Text};
use crate::vault::Vault;
use std::cmp::Reverse;

/// What would come of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreseen {
    /// It would be added, where it is chosen.
    New {
        /// Whether it is.
        chosen: bool,
    },
    /// The vault has it as this device.
    There(String),
    /// It was read before, under this name.
    Twice(String),
    /// It is no use: why.
    Refused(String),
}

/// An entry that was read. Nothing of its secret is in here.
#[derive(Clone, Debug)]
pub struct ImportRow {
    /// What it is called, raw.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// What would come of it.
    pub foreseen: Foreseen,
}

/// All that was read.
#[derive(Debug, Default)]
pub struct ImportTable {
    files: Vec<Read>,
    rows: Vec<ImportRow>,
    find: Find,
    /// The places of the rows that are shown, in their order.
    shown: Vec<usize>,
    /// Which of those is selected.
    cursor: usize,
}

impl ImportTable {
    /// Adds files that were read. What was chosen of those before them stays so.
    pub(super) fn add(&mut self, files: Vec<Read>, vault: &Vault, now: UnixTime) {
        let before = self.files.iter().map(|file| file.entries.len()).sum();
        self.files.extend(files);
        let chosen: Vec<bool> = self.rows.iter().take(before).map(ImportRow::is_chosen).collect();
        self.rows = rows(&self.files, vault, now);
        for (row, chosen) in self.rows.iter_mut().zip(chosen) {
            if let Foreseen::New { chosen: now } = &mut row.foreseen {
                *now = chosen;
            }
        }
        // What was just read is not to be hidden.
        self.find = Find::Off;
        self.narrow();
        self.cursor = if before == 0 { 0 } else { before.min(self.last()) };
    }

    /// Whether nothing was read yet.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files.
    pub fn files(&self) -> &[Read] {
        &self.files
    }

    /// All entries, in their order; then the missing parts of batches.
    pub fn rows(&self) -> &[ImportRow] {
        &self.rows
    }

    /// The rows that are shown, from this one on: all, or those that fit what is looked for, the best fit first.
    pub fn shown_from(&self, first: usize) -> impl Iterator<Item = &ImportRow> {
        self.shown.iter().skip(first).filter_map(|place| self.rows.get(*place))
    }

    /// How many rows are shown.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// What is looked for.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// Which of the rows that are shown is selected.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&ImportRow> {
        self.rows.get(*self.shown.get(self.cursor)?)
    }

    /// How many are chosen, there already, and refused.
    pub fn counts(&self) -> [usize; 3] {
        let count = |which: fn(&ImportRow) -> bool| self.rows.iter().filter(|row| which(row)).count();
        [
            count(ImportRow::is_chosen),
            count(|row| matches!(row.foreseen, Foreseen::There(_) | Foreseen::Twice(_))),
            count(|row| matches!(row.foreseen, Foreseen::Refused(_))),
        ]
    }

    /// Moves the selection by so many rows, to the ends at most.
    pub fn go(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.last());
    }

    /// Chooses the selected row, or no longer; whether there was anything to choose.
    pub fn toggle(&mut self) -> bool {
        let place = self.shown.get(self.cursor);
        let choice = place.and_then(|place| self.rows.get_mut(*place)).and_then(ImportRow::choice);
        choice.map(|chosen| *chosen = !*chosen).is_some()
    }

    /// Chooses all of the rows that are shown and can be, or where they are chosen none of them; whether there was
    /// anything to choose.
    pub fn toggle_all(&mut self) -> bool {
        let choose = self.shown_from(0).any(|row| matches!(row.foreseen, Foreseen::New { chosen: false }));
        let mut any = false;
        for place in &self.shown {
            if let Some(chosen) = self.rows.get_mut(*place).and_then(ImportRow::choice) {
                *chosen = choose;
                any = true;
            }
        }
        any
    }

    /// Begins to look for something, or goes on with what is looked for.
    pub fn start_finding(&mut self) {
        self.find.start();
    }

    /// Takes a key for what is looked for; whether it was one.
    pub fn find_key(&mut self, press: KeyPress) -> Result<bool, Full> {
        let Find::Typing(field) = &mut self.find else { return Ok(false) };
        let typed = field.on_key(press);
        self.narrow();
        typed
    }

    /// Takes a pasted text for what is looked for.
    pub fn find_pasted(&mut self, text: &str) -> Result<(), Full> {
        let Find::Typing(field) = &mut self.find else { return Ok(()) };
        let inserted = field.insert(text);
        self.narrow();
        inserted
    }

    /// Keeps what was found.
    pub fn keep_found(&mut self) {
        self.find.keep();
    }

    /// Shows all rows again; the selected one stays it. Whether they were not all shown.
    pub fn stop_finding(&mut self) -> bool {
        let place = self.shown.get(self.cursor).copied();
        if matches!(std::mem::take(&mut self.find), Find::Off) {
            return false;
        }
        self.narrow();
        self.cursor = place.unwrap_or(0);
        true
    }

    /// Shows what fits. What is chosen stays so, shown or not.
    fn narrow(&mut self) {
        let mut fuzzy = Fuzzy::new(self.find.text());
        self.cursor = 0;
        if fuzzy.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let scored = self.rows.iter().map(|row| fuzzy.score_among(&row.texts())).enumerate();
        let mut fitting: Vec<_> = scored.filter_map(|(place, score)| Some((score?, place))).collect();
        fitting.sort_by_key(|(score, _)| Reverse(*score));
        self.shown = fitting.into_iter().map(|(_, place)| place).collect();
    }

    /// The devices to be that are chosen.
    pub fn chosen(&self) -> Vec<Candidate> {
        let entries = self.files.iter().flat_map(|file| &file.entries);
        let chosen = entries.zip(&self.rows).filter(|(_, row)| row.is_chosen());
        chosen.filter_map(|(entry, _)| entry.found.as_ref().ok().cloned()).collect()
    }

    fn last(&self) -> usize {
        self.shown.len().saturating_sub(1)
    }
}

impl ImportRow {
    /// Whether it would be added.
    pub fn is_chosen(&self) -> bool {
        self.foreseen == Foreseen::New { chosen: true }
    }

    /// Where a text is looked for.
    fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        [&self.name, &self.place].into_iter().map(String::as_str)
    }

    /// Whether it is chosen, to be changed; none where it can't be.
    fn choice(&mut self) -> Option<&mut bool> {
        match &mut self.foreseen {
            Foreseen::New { chosen } => Some(chosen),
            _ => None,
        }
    }
}

/// What would come of the entries: they are taken into a copy of the vault, which is then dropped.
fn rows(files: &[Read], vault: &Vault, now: UnixTime) -> Vec<ImportRow> {
    let mut after = vault.clone();
    let mut rows = Vec::new();
    let one = files.len() == 1;
    for file in files {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        for item in take_in(&mut after, &file.entries, now).items {
            rows.push(row(&item, if one { "" } else { &name }, vault, &after));
        }
    }
    let parts: Vec<_> = files.iter().flat_map(|file| file.parts.iter().copied()).collect();
    let missing = take_in(&mut after, &missing_parts(&parts), now).items;
    rows.extend(missing.iter().map(|item| row(item, "", vault, &after)));
    rows
}

fn row(item: &Item, file: &str, vault: &Vault, after: &Vault) -> ImportRow {
    let label = |vault: &Vault, id| vault.get(id).map(Device::label);
    let foreseen = match &item.outcome {
        Outcome::New(_) => Foreseen::New { chosen: true },
        Outcome::Duplicate(id) => match label(vault, *id) {
            Some(label) => Foreseen::There(label),
            None => Foreseen::Twice(named(after.get(*id))),
        },
        Outcome::Refused(refusal) => Foreseen::Refused(refusal.reason()),
    };
    let place = if file.is_empty() { item.place.to_string() } else { report::place(file, item.place) };
    let names = [&item.names.issuer, &item.names.account];
    let names: Vec<&str> = names.into_iter().map(Text::raw).filter(|text| !text.is_empty()).collect();
    let name = match (names.is_empty(), item.place) {
        (false, _) => names.join(":"),
        // A part of a batch is called by its number, and so is what has no name.
        (true, Place::Part { .. }) => place.clone(),
        (true, _) => notices::WITHOUT_NAME.to_owned(),
    };
    ImportRow { name, place, foreseen }
}

/// A device to be has no id that anybody knows.
fn named(device: Option<&Device>) -> String {
    match device {
        Some(device) if !(device.issuer.is_empty() && device.account.is_empty()) => device.label(),
        _ => notices::WITHOUT_NAME.to_owned(),
    }
}
