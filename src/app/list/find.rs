//! Finding devices as one types: which fit, the best first.

use crate::app::TextField;
use crate::device::Device;
use crate::text::{Fuzzy, MAX_LINE, Text};

/// Whether the list is narrowed.
#[derive(Debug, Default)]
pub enum Find {
    /// All devices are shown.
    #[default]
    Off,
    /// The text is being typed.
    Typing(TextField),
    /// The text is kept, and the keys are those of the list.
    Kept(TextField),
}

impl Find {
    /// The text that narrows the list.
    pub fn text(&self) -> &str {
        match self {
            Self::Off => "",
            Self::Typing(field) | Self::Kept(field) => field.text(),
        }
    }

    /// Begins to type a text, or goes on with the one that is kept.
    pub(in crate::app) fn start(&mut self) {
        *self = match std::mem::take(self) {
            Self::Off => Self::Typing(TextField::new(MAX_LINE)),
            Self::Kept(field) | Self::Typing(field) => Self::Typing(field),
        };
    }

    /// Keeps the text; an empty one narrows nothing.
    pub(in crate::app) fn keep(&mut self) {
        *self = match std::mem::take(self) {
            Self::Typing(field) if !field.is_empty() => Self::Kept(field),
            Self::Kept(field) => Self::Kept(field),
            _ => Self::Off,
        };
    }
}

/// What was found for a text.
#[derive(Debug)]
pub(super) struct Found {
    text: String,
    /// The places of those that fit, in the order of the list.
    fitting: Vec<usize>,
    /// The same, the best fit first; of equal ones the order of the list decides.
    pub(super) best_first: Vec<usize>,
}

impl Found {
    /// Looks for a text among devices in the order of the list; none when there is nothing to look for.
    /// Where it only goes on from what was looked for before, only those that fitted then are looked at.
    pub(super) fn look(
        text: &str,
        devices: &[&Device],
        listed: &[usize],
        before: Option<&Self>,
    ) -> Option<Self> {
        let mut fuzzy = Fuzzy::new(text);
        if fuzzy.is_empty() {
            return None;
        }
        // A backslash makes the space after it a part of the word: that is not a longer text of the same words.
        let goes_on = |before: &&Self| text.starts_with(&before.text) && !text.contains('\\');
        let pool = before.filter(goes_on).map_or(listed, |before| &before.fitting);
        let mut scored: Vec<(u32, usize)> = Vec::with_capacity(pool.len());
        for place in pool {
            let Some(device) = devices.get(*place) else { continue };
            scored.extend(fuzzy.score_among(&texts(device)).map(|score| (score, *place)));
        }
        let places = |scored: &[(u32, usize)]| scored.iter().map(|(_, place)| *place).collect();
        let fitting = places(&scored);
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        Some(Self { text: text.to_owned(), fitting, best_first: places(&scored) })
    }
}

/// Where a text is looked for. An AWS account id stands in the serial or in the account.
fn texts(device: &Device) -> impl Iterator<Item = &str> + Clone {
    let names = [&device.issuer, &device.account].into_iter();
    names.chain(&device.tags).chain(&device.serial).map(Text::raw)
}
