//! The help: the keys that work in a place, printed from their table, in as many columns as there is room for.

use super::keymap::{Action, Binding, Context};
use super::layout::Pane;
use super::model::Model;
use crate::explain::notices;
use crate::text::{width, wrap};

/// From this many cells on there are two columns.
const TWO_FROM: usize = 92;
/// Between two columns.
const BETWEEN: usize = 3;
/// Before keys, under their topic.
const MARGIN: usize = 2;
/// Cells of keys where there are two columns: the longest are broken.
const FEW_KEYS: usize = 9;
/// Between keys and what they do.
const GAP: usize = 2;

/// A row of the help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpRow {
    /// What the rows below are about; then there are no keys.
    pub topic: Option<&'static str>,
    /// The keys.
    pub keys: String,
    /// What they do, or more of it.
    pub help: String,
}

/// The help as it is laid out on a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpPage {
    /// The rows of each column.
    pub columns: Vec<Vec<HelpRow>>,
    /// Cells of a column, the gap after it left out.
    pub column: usize,
    /// Cells from the start of a column to its sentences.
    pub indent: usize,
}

/// Keys and the sentence about them.
struct Entry {
    topic: &'static str,
    keys: String,
    help: String,
}

/// The entries about one thing, each on its rows.
#[derive(Clone)]
struct Group {
    topic: &'static str,
    entries: Vec<Vec<HelpRow>>,
}

impl Group {
    fn rows(&self) -> Vec<HelpRow> {
        let head = HelpRow { topic: Some(self.topic), ..HelpRow::default() };
        std::iter::once(head).chain(self.entries.iter().flatten().cloned()).collect()
    }
}

impl HelpPage {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// From which column of cells on a column is drawn.
    pub fn start_of(&self, column: usize) -> usize {
        column * (self.column + BETWEEN)
    }

    /// Lays it out, with air between the topics where all of it then fits in so many rows.
    fn of(entries: &[Entry], cells: usize, rows: usize) -> Self {
        let two = cells >= TWO_FROM;
        let column = if two { (cells - BETWEEN) / 2 } else { cells };
        let most = if two { FEW_KEYS } else { column / 3 };
        let keys = entries.iter().map(|entry| width(&entry.keys)).max().unwrap_or(0).min(most);
        let page = Self { columns: Vec::new(), column, indent: MARGIN + keys + GAP };
        let groups = page.groups(entries, keys);
        if !two {
            return Self { columns: vec![joined(&groups, &[HelpRow::default()])], ..page };
        }
        let airy = in_two(&groups, &[HelpRow::default()], false);
        let fits = airy.iter().all(|column| column.len() <= rows);
        let columns = if fits { airy } else { in_two(&groups, &[], true) };
        Self { columns: columns.into(), ..page }
    }

    /// The entries of each topic, in the order in which the topics come first.
    fn groups(&self, entries: &[Entry], keys: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for entry in entries {
            let rows = self.wrapped(entry, keys);
            match groups.iter_mut().find(|group| group.topic == entry.topic) {
                Some(group) => group.entries.push(rows),
                None => groups.push(Group { topic: entry.topic, entries: vec![rows] }),
            }
        }
        groups
    }

    /// Keys and a sentence, each on as many rows as it needs.
    fn wrapped(&self, entry: &Entry, keys: usize) -> Vec<HelpRow> {
        let room = self.column.saturating_sub(self.indent + 1);
        let (left, right) = (wrap(&entry.keys, keys), wrap(&entry.help, room));
        let at = |lines: &[String], row: usize| lines.get(row).cloned().unwrap_or_default();
        let rows = 0..left.len().max(right.len());
        rows.map(|row| HelpRow { topic: None, keys: at(&left, row), help: at(&right, row) }).collect()
    }
}

/// Groups one below the other.
fn joined(groups: &[Group], between: &[HelpRow]) -> Vec<HelpRow> {
    groups.iter().map(Group::rows).collect::<Vec<_>>().join(between)
}

/// Groups in two columns, parted where the longer one is shortest: between groups, or `within` one too, whose
/// topic then stands over both parts.
fn in_two(groups: &[Group], between: &[HelpRow], within: bool) -> [Vec<HelpRow>; 2] {
    let mut best = [joined(groups, between), Vec::new()];
    for (at, group) in groups.iter().enumerate() {
        let entries = if within { 0..group.entries.len() } else { 0..1 };
        for entry in entries {
            let part = parted(groups, at, entry).map(|part| joined(&part, between));
            let longer = |part: &[Vec<HelpRow>; 2]| part.iter().map(Vec::len).max();
            if longer(&part) < longer(&best) {
                best = part;
            }
        }
    }
    best
}

/// The groups before this entry of this group, and those from there on.
fn parted(groups: &[Group], at: usize, entry: usize) -> [Vec<Group>; 2] {
    let mut left: Vec<Group> = groups.iter().take(at + 1).cloned().collect();
    let mut right: Vec<Group> = groups.iter().skip(at).cloned().collect();
    if let (Some(before), Some(after)) = (left.last_mut(), right.first_mut()) {
        after.entries = before.entries.split_off(entry.min(before.entries.len()));
    }
    left.retain(|group| !group.entries.is_empty());
    [left, right]
}

impl Model {
    /// The help of this place, on so much room.
    pub fn help_page(&self, room: Pane) -> HelpPage {
        let contexts = self.contexts();
        let mut entries: Vec<Entry> = Vec::new();
        for context in contexts.iter().chain(&[Context::Everywhere]) {
            for row in self.keys.rows(*context).filter(|row| !row.keys.is_empty() && row.works(self.facts()))
            {
                self.add_entry(&mut entries, row);
            }
        }
        HelpPage::of(&entries, room.width.into(), room.height.into())
    }

    /// Adds a row of the table; one without a sentence belongs to the one before.
    fn add_entry(&self, entries: &mut Vec<Entry>, row: &Binding) {
        let unicode = self.appearance.unicode;
        let keys = row.keys.iter().map(|key| key.shown(unicode)).collect::<Vec<_>>().join(" ");
        match entries.last_mut() {
            Some(entry) if row.help.is_empty() && row.action != Action::Cancel => {
                entry.keys = format!("{} {keys}", entry.keys);
            }
            _ if row.help.is_empty() => {}
            _ => entries.push(Entry { topic: topic(row), keys, help: row.help.to_owned() }),
        }
    }
}

/// What a row is about. Only the list has so many keys that they need to be told apart.
fn topic(row: &Binding) -> &'static str {
    match row.context {
        Context::List => of_list(row.action),
        Context::Heading | Context::Group => notices::TOPIC_LIST,
        Context::Everywhere => notices::TOPIC_EVERYWHERE,
        _ => notices::TOPIC_HERE,
    }
}

fn of_list(action: Action) -> &'static str {
    match action {
        Action::Copy | Action::CopyNext | Action::HideCodes | Action::Check | Action::StepBack => {
            notices::TOPIC_CODES
        }
        Action::Add
        | Action::Edit
        | Action::Delete
        | Action::Undo
        | Action::Redo
        | Action::Favourite
        | Action::Aws
        | Action::ShowSecret
        | Action::ShowQr => notices::TOPIC_DEVICES,
        Action::Export | Action::Import | Action::PastePicture | Action::Lock | Action::Retry => {
            notices::TOPIC_VAULT
        }
        Action::Help | Action::Palette | Action::Quit => notices::TOPIC_PROGRAM,
        _ => notices::TOPIC_LIST,
    }
}
