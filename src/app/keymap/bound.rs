//! The keys in force: the table, and the keys that were given in place of its own.

use super::{Action, BINDINGS, Binding, Context, Facts};
use crate::app::{KeyPress, TextField};
use std::borrow::Cow;
use std::sync::Arc;

/// The keys in force. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Keymap(Arc<[Binding]>);

/// Why keys can't be bound like this. No key ever means two things where both would work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKeys {
    /// Two actions have the same key; the first one was given it.
    Both(Action, Action, KeyPress),
    /// The key has a meaning that stays.
    Fixed(Action, KeyPress),
    /// The action works in every place, and the key types a character.
    Types(Action, KeyPress),
    /// The action works in every place, and the key is one that changes a text.
    Edits(Action, KeyPress),
    /// No key quits from every place.
    NoQuit,
}

impl Default for Keymap {
    fn default() -> Self {
        Self(BINDINGS.into())
    }
}

impl Keymap {
    /// The table with these keys in place of those that the actions have in it. An empty list takes an
    /// action's keys away.
    ///
    /// Where an action works on the list and in every place, keys that type a character are the list's.
    pub fn with(changes: &[(Action, Vec<KeyPress>)]) -> Result<Self, BadKeys> {
        let mut rows = BINDINGS.to_vec();
        for (action, keys) in changes {
            bind(&mut rows, *action, keys)?;
        }
        let given = |row: &&Binding| changes.iter().any(|(action, _)| row.action == *action);
        for row in rows.iter().filter(|row| is_changeable(row)).filter(given) {
            check(&rows, row)?;
        }
        let quits = |row: &Binding| row.context == Context::Everywhere && row.action == Action::Quit;
        if !rows.iter().any(|row| quits(row) && !row.keys.is_empty()) {
            return Err(BadKeys::NoQuit);
        }
        Ok(Self(rows.into()))
    }

    /// What a key means in the first of these contexts that knows it.
    pub fn action(&self, contexts: &[Context], press: KeyPress, facts: Facts) -> Option<Action> {
        contexts.iter().find_map(|context| {
            let mut rows = self.rows(*context).filter(|row| row.works(facts));
            rows.find(|row| row.keys.contains(&press)).map(|row| row.action)
        })
    }

    /// The rows of a context.
    pub fn rows(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.0.iter().filter(move |row| row.context == context)
    }

    /// The key to be named for an action on the list or else in every place, if it has one.
    pub fn first(&self, action: Action) -> Option<KeyPress> {
        self.first_in(&[Context::List, Context::Everywhere], action)
    }

    /// The key to be named for an action in the first of these contexts that has one.
    pub fn first_in(&self, contexts: &[Context], action: Action) -> Option<KeyPress> {
        let mut rows = contexts.iter().flat_map(|context| self.rows(*context));
        rows.find_map(|row| row.keys.first().filter(|_| row.action == action).copied())
    }

    /// The keys of an action on the list and in every place.
    pub fn all(&self, action: Action) -> impl Iterator<Item = KeyPress> {
        let rows = self.0.iter().filter(move |row| row.action == action && is_changeable(row));
        rows.flat_map(|row| row.keys.iter().copied())
    }
}

/// Whether the keys of a row can be changed.
fn is_changeable(row: &Binding) -> bool {
    matches!(row.context, Context::List | Context::Everywhere) && row.action.name().is_some()
}

fn bind(rows: &mut [Binding], action: Action, keys: &[KeyPress]) -> Result<(), BadKeys> {
    let has = |context| rows.iter().any(|row| row.context == context && row.action == action);
    let (on_list, everywhere) = (has(Context::List), has(Context::Everywhere));
    if let Some(key) = keys.iter().find(|key| key.types() && !on_list) {
        return Err(BadKeys::Types(action, *key));
    }
    // After a vault was made, its next steps have the keys that they have on the list.
    let follows = |row: &Binding| is_changeable(row) || row.context == Context::Made;
    for row in rows.iter_mut().filter(|row| row.action == action && follows(row)) {
        let here = |key: &&KeyPress| match row.context {
            Context::Everywhere => !key.types(),
            _ => key.types() || !everywhere,
        };
        row.keys = Cow::Owned(keys.iter().filter(here).copied().collect());
    }
    Ok(())
}

/// Whether each key of a row means only this wherever the row works.
fn check(rows: &[Binding], row: &Binding) -> Result<(), BadKeys> {
    for key in row.keys.iter() {
        if row.context == Context::Everywhere && TextField::knows(*key) {
            return Err(BadKeys::Edits(row.action, *key));
        }
        let taken = |other: &&Binding| {
            other.action != row.action
                && other.keys.contains(key)
                && are_live_together(row, other)
                && !gives_way(row, other, *key)
        };
        match rows.iter().find(taken) {
            Some(other) if is_changeable(other) => {
                return Err(BadKeys::Both(row.action, other.action, *key));
            }
            Some(_) => return Err(BadKeys::Fixed(row.action, *key)),
            None => {}
        }
    }
    Ok(())
}

fn are_live_together(row: &Binding, other: &Binding) -> bool {
    let on_list = |row: &Binding| matches!(row.context, Context::List | Context::Group | Context::Heading);
    row.context == other.context
        || [row.context, other.context].contains(&Context::Everywhere)
        || (on_list(row) && on_list(other))
}

/// Whether the table itself has a key of the list mean something else where there are headings.
fn gives_way(row: &Binding, other: &Binding, key: KeyPress) -> bool {
    let own = |known: &Binding| known.action == row.action && known.keys.contains(&key);
    matches!(other.context, Context::Group | Context::Heading) && BINDINGS.iter().any(own)
}
