//! Sentences that name a key: the one in force, which config.toml may have given. Where a command has no key,
//! nothing is said of it.

use super::made::counted;

/// The key of a command as people read it, if it has one.
pub type KeyName<'a> = Option<&'a str>;

/// `; u undoes it` at the end of a sentence.
pub(super) fn and(key: KeyName<'_>, does: &str) -> String {
    key.map(|key| format!("; {key} {does}")).unwrap_or_default()
}

/// A device was changed.
pub fn changed(label: &str, undo: KeyName<'_>) -> String {
    format!("changed {label}, saved{}", and(undo, "undoes it"))
}

/// A device was deleted.
pub fn deleted(label: &str, undo: KeyName<'_>) -> String {
    format!("deleted {label}, saved{}", and(undo, "brings it back"))
}

/// A counter was stepped back.
pub fn stepped_back(label: &str, counter: u64, undo: KeyName<'_>) -> String {
    format!("stepped {label} back to counter {counter}, saved{}", and(undo, "undoes it"))
}

/// A change was taken back: what is so now.
pub fn undone(state: &str, redo: KeyName<'_>) -> String {
    format!("undone, saved: {state}{}", and(redo, "redoes it"))
}

/// A change was made again: what is so now.
pub fn redone(state: &str, undo: KeyName<'_>) -> String {
    format!("redone, saved: {state}{}", and(undo, "undoes it"))
}

/// What undoing means for a deletion.
pub fn delete_hint(undo: KeyName<'_>) -> String {
    undo.map_or_else(|| "It stays in the history.".to_owned(), |key| format!("{key} brings it back."))
}

/// What it means that a device's codes go by another clock.
pub fn clock_hint(undo: KeyName<'_>) -> String {
    format!("The list, copies and keyfob code follow{}.", and(undo, "on the list undoes it"))
}

/// What is not saved, and why.
pub fn not_saved(changes: usize, why: &str, retry: KeyName<'_>) -> String {
    let why = reason_first(why);
    format!("not saved, {}{}: {why}", counted(changes, "change"), and(retry, "tries again"))
}

/// `PATH: WHAT: REASON` as `REASON (NAME: WHAT)`: the line is cut where the screen ends.
fn reason_first(message: &str) -> String {
    let Some((rest, reason)) = message.rsplit_once(": ") else { return message.to_owned() };
    let (path, what) = rest.split_once(": ").map_or((rest, None), |(path, what)| (path, Some(what)));
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    match what {
        Some(what) => format!("{reason} ({name}: {what})"),
        None => format!("{reason} ({name})"),
    }
}

/// What is not saved comes first.
pub fn save_before_undo(retry: KeyName<'_>) -> String {
    format!("not all is saved, that comes first{}", and(retry, "tries again"))
}

/// What to do where another vault stands.
pub fn other_vault_hint(changes: usize, quit: KeyName<'_>) -> String {
    let changes = counted(changes, "change");
    format!("not saved: {changes} for the vault that was open{}", and(quit, "drops that"))
}

/// There was no backup.
pub fn no_backup(export: KeyName<'_>) -> String {
    format!("no backup yet{}", and(export, "makes one"))
}

/// An empty list.
pub fn no_devices(add: KeyName<'_>, import: KeyName<'_>) -> String {
    format!("No devices{}{}.", and(add, "adds one"), and(import, "imports"))
}

/// Counter devices have no next code.
pub fn no_next_code(copy: KeyName<'_>) -> String {
    format!("a counter device shows no next code{}", and(copy, "takes it"))
}

/// Before a counter device's code is taken.
pub fn no_code_taken(copy: KeyName<'_>) -> String {
    copy.map(|key| format!("{key} takes the next code and copies it")).unwrap_or_default()
}

/// What shows hidden codes.
pub fn shows_codes(show: KeyName<'_>) -> String {
    show.map(|key| format!("{key} shows codes")).unwrap_or_default()
}

/// A note while codes are hidden.
pub fn note_hidden(lines: usize, show: KeyName<'_>) -> String {
    format!("note of {}{}", counted(lines, "line"), and(show, "shows it"))
}

/// Which page of a device's details is shown, and what shows the next.
pub fn detail_page(page: usize, pages: usize, open: KeyName<'_>) -> String {
    open.map_or_else(|| format!("{page} of {pages}"), |key| format!("{page} of {pages}  {key}"))
}

/// Lines of a note that there is no room for.
pub fn more_lines(lines: usize, edit: KeyName<'_>) -> String {
    format!("{} more{}", counted(lines, "line"), and(edit, "shows all"))
}
