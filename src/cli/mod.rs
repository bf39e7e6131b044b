//! The command line: a second driver over the same floors.
//!
//! A file for each subcommand, with its arguments (whose comments are the help) and its `run`.

mod add;
mod agent;
mod args;
#[cfg(feature = "aws")]
mod aws;
mod check;
mod code;
mod completions;
mod config;
mod context;
mod doctor;
mod edit;
mod export;
mod failure;
mod fresh;
mod global;
mod guard;
mod import;
mod init;
mod intake;
mod json;
mod list;
mod lock;
mod man;
mod merge;
mod names;
mod open;
mod output;
mod parameters;
mod passphrase;
mod places;
mod progress;
mod prompt;
mod qr;
mod recipients;
mod remove;
mod restore;
pub mod samples;
mod screen;
mod source;
mod table;
mod usage;
mod values;

use crate::explain::{Exit, Explanation, Misuse};
use crate::picture::{answer, is_for_child};
use args::{Command, CommandLine};
use clap::{CommandFactory, FromArgMatches};
use context::Context;
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program.
pub fn main() -> ExitCode {
    crate::terminal::harden();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(argument) = arguments.get(1).filter(|argument| is_for_child(argument)) {
        // A child of ours: nothing else of the program runs in it.
        return answer(argument).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    ExitCode::from(run(&arguments) as u8)
}

/// Reads a configuration, and says what is wrong with it. For fuzzing.
#[doc(hidden)]
pub fn check_config(text: &str) -> Result<(), Explanation> {
    let checked = config::parse(text, std::path::Path::new("config.toml"));
    checked.map(|_| ()).map_err(|failure| failure.explanation().clone())
}

fn run(arguments: &[OsString]) -> Exit {
    let line = match parse(arguments) {
        Ok(line) => line,
        Err(error) => return misused(&error, arguments),
    };
    let mut context = Context::new(line.global, line.command.as_ref().map_or("", Command::name));
    let done = allowed(line.command.as_ref(), &context).and_then(|()| dispatch(line.command, &mut context));
    // What was said before the error counts too: the JSON of an import of which nothing was taken.
    let said = context.out.flush();
    match done.and_then(|exit| said.map(|()| exit)) {
        Ok(exit) => {
            context.out.flush_notes();
            exit
        }
        Err(failure) => {
            output::complain(failure.explanation());
            failure.explanation().exit
        }
    }
}

fn parse(arguments: &[OsString]) -> Result<CommandLine, clap::Error> {
    let matches = CommandLine::command().try_get_matches_from(global::identities_first(arguments))?;
    CommandLine::from_arg_matches(&matches)
}

/// `--help` and `--version` are clap's to print; everything else is an error in our form.
fn misused(error: &clap::Error, arguments: &[OsString]) -> Exit {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Done;
    }
    let explanation = usage::explain(error, &command_path(arguments));
    output::complain(&explanation);
    explanation.exit
}

/// The subcommand that an unusable command line was about, `lock passphrase` say.
fn command_path(arguments: &[OsString]) -> String {
    let mut level = CommandLine::command();
    let mut path = Vec::new();
    for word in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(next) = level.find_subcommand(word).cloned() {
            path.push(word.to_owned());
            level = next;
        }
    }
    path.join(" ")
}

fn allowed(command: Option<&Command>, context: &Context) -> Result<(), Failure> {
    guard::no_foreign_rights()?;
    match command {
        Some(command) if context.global.read_only && command.writes() => {
            Err(context.misuse(&Misuse::ReadOnly))
        }
        Some(command) if context.global.json && !command.has_json() => Err(context.misuse(&Misuse::NoJson)),
        None if context.global.json => Err(context.misuse(&Misuse::NoJson)),
        _ => Ok(()),
    }
}

fn dispatch(command: Option<Command>, context: &mut Context) -> Result<Exit, Failure> {
    crate::terminal::fault_if_planted("command");
    match command {
        None => screen::run(context),
        Some(Command::Demo) => screen::demo(context),
        Some(Command::Init(arguments)) => init::run(&arguments, context),
        Some(Command::List(arguments)) => list::run(&arguments, context),
        Some(Command::Code(arguments)) => code::run(&arguments, context),
        Some(Command::Add(arguments)) => add::run(arguments, context),
        Some(Command::Edit(arguments)) => edit::run(&arguments, context),
        Some(Command::Remove(arguments)) => remove::run(&arguments, context),
        Some(Command::Check(arguments)) => check::run(&arguments, context),
        Some(Command::Import(arguments)) => import::run(&arguments, context),
        Some(Command::Export(arguments)) => export::run(&arguments, context),
        Some(Command::Restore(arguments)) => restore::run(&arguments, context),
        Some(Command::Qr(arguments)) => qr::run(&arguments, context),
        Some(Command::Merge(arguments)) => merge::run(&arguments, context),
        Some(Command::Lock(command)) => lock::run(&command, context),
        #[cfg(feature = "aws")]
        Some(Command::Aws(command)) => aws::run(&command, context),
        Some(Command::Agent(arguments)) => agent::run(&arguments, context),
        Some(Command::Config(_)) => config::run(context),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, context),
        Some(Command::Completions(arguments)) => {
            Ok(completions::run(&arguments, CommandLine::command(), context))
        }
        Some(Command::Names) => Ok(names::run(context)),
        Some(Command::Man(arguments)) => man::run(&arguments, CommandLine::command(), context),
    }
}
