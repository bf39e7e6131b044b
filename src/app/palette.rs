//! All commands of a place in one list, found as one types.

use super::KeyPress;
use super::field::{Full, TextField};
use super::keymap::{Action, Binding};
use crate::text::{Fuzzy, MAX_LINE};

/// The commands that work, and the text that narrows them.
#[derive(Debug)]
pub struct Palette {
    /// What is typed.
    pub field: TextField,
    commands: Vec<Binding>,
    found: Vec<Found>,
    cursor: usize,
}

/// A command that fits.
#[derive(Debug)]
pub struct Found {
    /// Which one, as it stands among the commands.
    at: usize,
    /// Which characters of its sentence were found.
    pub marks: Vec<u32>,
}

impl Palette {
    /// A palette of these rows of the table. What only moves is left out: it is done over and over, by its key.
    pub fn new<'a>(rows: impl Iterator<Item = &'a Binding>) -> Self {
        let mut commands: Vec<Binding> = Vec::new();
        for row in rows.filter(|row| !row.help.is_empty() && !row.action.moves()) {
            let again = commands.iter().any(|known| known.action == row.action);
            if row.action != Action::Palette && !again {
                commands.push(row.clone());
            }
        }
        let mut palette = Self { field: TextField::new(MAX_LINE), commands, found: Vec::new(), cursor: 0 };
        palette.find();
        palette
    }

    /// The commands that fit, the best one first.
    pub fn found(&self) -> impl ExactSizeIterator<Item = (&Binding, &Found)> {
        let fits: Vec<_> =
            self.found.iter().filter_map(|found| Some((self.commands.get(found.at)?, found))).collect();
        fits.into_iter()
    }

    /// Which of them is selected.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The selected one.
    pub fn selected(&self) -> Option<&Binding> {
        let found = self.found.get(self.cursor)?;
        self.commands.get(found.at)
    }

    /// Moves the selection by so many rows, to the ends at most.
    pub fn go(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Types.
    pub fn on_key(&mut self, press: KeyPress) -> Result<bool, Full> {
        let typed = self.field.on_key(press);
        self.find();
        typed
    }

    /// Puts a pasted text in.
    pub fn paste(&mut self, text: &str) -> Result<(), Full> {
        let inserted = self.field.insert(text.trim());
        self.find();
        inserted
    }

    /// Finds anew, in what each command says of itself: its sentence, its short word, and its name.
    fn find(&mut self) {
        let mut fuzzy = Fuzzy::new(self.field.trimmed());
        let mut scored: Vec<(u32, Found)> = Vec::new();
        for (at, row) in self.commands.iter().enumerate() {
            let texts = [row.help, row.short, row.action.name().unwrap_or_default()];
            let best = texts.into_iter().filter_map(|text| fuzzy.score(text)).max();
            let Some(score) = best else { continue };
            let marks = if fuzzy.is_empty() { Vec::new() } else { fuzzy.marks(row.help) };
            scored.push((score, Found { at, marks }));
        }
        // Those that fit as well stay as the table has them.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.found = scored.into_iter().map(|(_, found)| found).collect();
        self.cursor = 0;
    }
}
