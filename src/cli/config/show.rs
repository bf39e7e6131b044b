//! `config`: every setting in force, and where it comes from.

use super::{Origin, Setting, Settings, read};
use crate::app::KeyPress;
use crate::app::keymap::Action;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::{places, table};
use crate::explain::{Exit, report};
use crate::text::safe;
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  keyfob config                         all settings, and where each comes from
  keyfob config --json                  the same for scripts";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {}

/// A value as TOML and JSON have it.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Number(u64),
    Switch(bool),
    Texts(Vec<String>),
}

/// One setting.
#[derive(Serialize)]
struct Row {
    /// The table that it stands in; none: before all tables.
    table: Option<&'static str>,
    name: &'static str,
    value: Value,
    /// `default`, `config.toml`, the variable's name with `$` before it, or the option.
    from: String,
    /// The line of config.toml.
    line: Option<usize>,
}

#[derive(Serialize)]
struct Paths {
    config: String,
    config_exists: bool,
    vault: String,
    state: String,
}

#[derive(Serialize)]
struct Told {
    paths: Paths,
    /// `NO_COLOR` is set: the theme is not used.
    no_color: bool,
    settings: Vec<Row>,
}

pub(in crate::cli) fn run(context: &mut Context) -> Result<Exit, Failure> {
    let settings = read()?;
    // Whole, so that it means the same wherever it is pasted.
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let vault = context.vault_setting(&settings)?.map(whole);
    let config = places::config_file()?;
    let paths = Paths {
        config: text(&config),
        config_exists: config.exists(),
        vault: text(&vault.value),
        state: text(&places::state_folder()?),
    };
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let told = Told { paths, no_color, settings: rows(&settings, &vault.map(|path| text(&path))) };
    if context.global.json {
        context.out.json(&told)?;
    } else {
        context.out.print(&toml(&told));
    }
    Ok(Exit::Done)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn rows(settings: &Settings, vault: &Setting<String>) -> Vec<Row> {
    let seconds = |time: &Setting<Duration>| time.clone().map(|time| Value::Number(time.as_secs()));
    let switch = |on: &Setting<bool>| on.clone().map(Value::Switch);
    let mut rows = vec![
        row(None, "vault", vault.clone().map(Value::Text)),
        row(None, "idle_lock", seconds(&settings.idle_lock)),
        row(
            None,
            "clipboard",
            settings.clipboard.clone().map(|choice| Value::Text(choice.name().to_owned())),
        ),
        row(None, "clear_clipboard", seconds(&settings.clear_clipboard)),
        row(None, "hide_codes", switch(&settings.hide_codes)),
        row(None, "blank_unfocused", switch(&settings.blank_unfocused)),
        row(None, "ascii", switch(&settings.ascii_in_force())),
    ];
    rows.extend(settings.theme.settings().iter().map(|(role, look)| {
        row(Some("theme"), role.name(), look.clone().map(|look| Value::Text(look.to_string())))
    }));
    rows.extend(Action::names().filter_map(|name| {
        let action = Action::named(name)?;
        let keys = settings.keys.keymap.all(action).map(KeyPress::written).collect();
        let setting = Setting { value: Value::Texts(keys), origin: settings.keys.origin(action) };
        Some(row(Some("keys"), name, setting))
    }));
    rows
}

fn row(table: Option<&'static str>, name: &'static str, setting: Setting<Value>) -> Row {
    let (from, line) = match setting.origin {
        Origin::Default => ("default".to_owned(), None),
        Origin::Line(line) => ("config.toml".to_owned(), Some(line)),
        Origin::Variable(name) => (format!("${name}"), None),
        Origin::Option(name) => (name.to_owned(), None),
    };
    Row { table, name, value: setting.value, from, line }
}

/// What could stand in config.toml, with where it comes from beside it.
fn toml(told: &Told) -> String {
    let Paths { config, config_exists, vault: _, state } = &told.paths;
    let mut shown = report::settings(config, *config_exists, state, told.no_color);
    for rows in told.settings.chunk_by(|one, next| one.table == next.table) {
        if let Some(table) = rows.first().and_then(|row| row.table) {
            shown.extend(["\n[", table, "]\n"]);
        }
        let cells: Vec<[String; 2]> = rows.iter().map(Row::cells).collect();
        shown.push_str(&table::lines(&cells));
    }
    shown
}

impl Row {
    fn cells(&self) -> [String; 2] {
        let line = self.line.map(|line| format!(", line {line}")).unwrap_or_default();
        [format!("{} = {}", self.name, self.value), format!("# {}{line}", self.from)]
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Texts(texts) => {
                write!(f, "[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A text as TOML's basic strings have it, harmless for any terminal.
fn quoted(text: &str) -> String {
    let letters: String = text.chars().map(letter).collect();
    format!("\"{letters}\"")
}

fn letter(letter: char) -> String {
    let plain = letter.to_string();
    match letter {
        '"' | '\\' => format!("\\{letter}"),
        _ if safe(&plain) == plain => plain,
        _ => format!("\\U{:08X}", u32::from(letter)),
    }
}
