//! `agent`: holds the vault open for a while, so that its passphrase is not asked for each time.

use super::context::{Context, Time};
use super::failure::Failure;
use super::output::{self, READY};
use super::places;
use super::values::lifetime;
use crate::agent::{Agent, AgentError, Answer, Entry, LIFETIME, Place, Request, Server};
use crate::clock::SystemClock;
use crate::explain::{Exit, Explain as _, agent as words};
use crate::terminal::wipe::wipe_stack;
use crate::vault::LockInfo;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::io::Read as _;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  keyfob agent                          asks once, and holds the vault open
  keyfob agent --lifetime 1h            until nobody used it for an hour
  keyfob agent status                   what is held, and for how long
  keyfob agent lock                     forgets it at once";

/// How often it is looked whether an agent has ended, and how long it is waited in between.
const MOST_LOOKS: u32 = 200;
const LOOK: Duration = Duration::from_millis(25);

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    /// How long the vault is held while nobody uses it: 90s, 15m, 8h (15m)
    #[arg(long, value_name = "TIME", value_parser = lifetime)]
    lifetime: Option<Duration>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Be the agent, in the foreground, until a signal ends it: for a service manager
    Run(Run),
    /// Have the agent forget every vault
    Lock,
    /// Say which vaults the agent holds, and for how long; exit 1 where it holds none
    Status,
    /// Have the agent forget everything, and end
    Stop,
}

#[derive(Debug, Args)]
struct Run {
    /// How long a vault is held while nobody uses it: 90s, 15m, 8h (15m)
    #[arg(long, value_name = "TIME", value_parser = lifetime)]
    lifetime: Option<Duration>,
    /// Leave the terminal once it listens
    #[arg(long, hide = true)]
    detached: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    running: bool,
    memory_locked: bool,
    vaults: Vec<ToldEntry<'a>>,
}

#[derive(Serialize)]
struct ToldEntry<'a> {
    vault: &'a str,
    lifetime: u32,
    left: u32,
}

impl Arguments {
    /// As it was typed.
    pub(super) fn name(&self) -> &'static str {
        match self.command {
            None => "agent",
            Some(Command::Run(_)) => "agent run",
            Some(Command::Lock) => "agent lock",
            Some(Command::Status) => "agent status",
            Some(Command::Stop) => "agent stop",
        }
    }

    pub(super) fn has_json(&self) -> bool {
        matches!(self.command, Some(Command::Status))
    }

    /// Whoever is let in with `--read-only` does not decide what is held.
    pub(super) fn writes(&self) -> bool {
        !matches!(self.command, Some(Command::Status))
    }
}

pub(super) fn run(arguments: &Arguments, context: &mut Context) -> Result<Exit, Failure> {
    match &arguments.command {
        None => hold(arguments.lifetime, context),
        Some(Command::Run(run)) => serve(run),
        Some(Command::Lock) => {
            found()?.done(&Request::Lock)?;
            context.out.print(words::LOCKED);
            Ok(Exit::Done)
        }
        Some(Command::Status) => status(context),
        Some(Command::Stop) => {
            found()?.done(&Request::Stop)?;
            wait_for_end(&place()?, context.time.as_ref())?;
            context.out.print(words::STOPPED);
            Ok(Exit::Done)
        }
    }
}

/// Waits until the agent that was asked to stop has ended, but not for one that was started meanwhile.
fn wait_for_end(place: &Place, time: &dyn Time) -> Result<(), Failure> {
    for _ in 0..MOST_LOOKS {
        if place.is_free() {
            return Ok(());
        }
        time.sleep(LOOK);
    }
    Err(AgentError::Runs.into())
}

fn place() -> Result<Place, Failure> {
    Ok(Place::at(places::runtime_folder().ok_or_else(words::no_runtime_folder)?))
}

fn found() -> Result<Agent, Failure> {
    Ok(Agent::find(&place()?).ok_or(AgentError::None)?)
}

/// Opens the vault in person, and has the agent hold it; one is started where none runs.
fn hold(lifetime: Option<Duration>, context: &mut Context) -> Result<Exit, Failure> {
    let place = place()?;
    let store = context.store()?;
    let sealed = store.read()?;
    if !matches!(sealed.lock(), LockInfo::Passphrase { .. }) {
        return Err(words::nothing_to_hold(store.path()).into());
    }
    let held = context.open(sealed)?.held().ok_or_else(|| words::nothing_to_hold(store.path()))?;
    if entries(&place).is_err() && !start(lifetime)? {
        return Ok(Exit::System);
    }
    let path = std::fs::canonicalize(store.path()).unwrap_or_else(|_| store.path().to_owned());
    let name = path.to_string_lossy().into_owned();
    found()?.add(held, lifetime, name.clone())?;
    let (memory_locked, entries) = entries(&place)?;
    if !memory_locked {
        context.out.note(words::SWAPPABLE.to_owned());
    }
    let lifetime = entries.iter().find(|entry| entry.name == name).map_or(0, |entry| entry.lifetime);
    context.out.print(&words::holds(store.path(), lifetime));
    Ok(Exit::Done)
}

/// Starts an agent in the background and waits until it listens; whether it does. It has told why where it does not.
fn start(lifetime: Option<Duration>) -> Result<bool, Failure> {
    let failed = |error| AgentError::Io { path: "keyfob agent run".into(), error };
    let mut process = Process::new(std::env::current_exe().map_err(failed)?);
    process.args(["agent", "run", "--detached"]).stdin(Stdio::null()).stdout(Stdio::piped());
    if let Some(lifetime) = lifetime {
        process.arg("--lifetime").arg(format!("{}s", lifetime.as_secs()));
    }
    // It outlives us, and has no use for what else is in the environment.
    process.env_clear();
    process.envs(["HOME", "XDG_RUNTIME_DIR"].iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    let mut child = process.spawn().map_err(failed)?;
    let mut said = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(READY.len() as u64).read_to_end(&mut said).map_err(failed)?;
    }
    if said == READY {
        return Ok(true);
    }
    // Two that were started at once: one of them listens.
    Ok(child.wait().map_err(failed)?.success())
}

/// Is the agent.
fn serve(run: &Run) -> Result<Exit, Failure> {
    let listening = match place()?.listen() {
        Err(AgentError::Runs) if run.detached => return Ok(Exit::Done),
        listening => listening?,
    };
    let failed = |error| AgentError::Io { path: "agent".into(), error };
    let server = Server::new(listening, Arc::new(SystemClock), run.lifetime.unwrap_or(LIFETIME), wipe_stack)
        .map_err(failed)?;
    if run.detached {
        detach().map_err(failed)?;
    }
    server.run().map_err(failed)?;
    Ok(Exit::Done)
}

/// A session of its own, so that the terminal's end is not ours, and no folder that somebody wants to unmount.
fn detach() -> std::io::Result<()> {
    rustix::process::setsid()?;
    rustix::process::chdir("/")?;
    output::go_to_background()
}

/// What the agent at this place holds.
fn entries(place: &Place) -> Result<(bool, Vec<Entry>), AgentError> {
    match Agent::find(place).ok_or(AgentError::None)?.ask(&Request::List)? {
        Answer::Held { memory_locked, entries } => Ok((memory_locked, entries)),
        _ => Err(AgentError::NotUnderstood),
    }
}

fn status(context: &mut Context) -> Result<Exit, Failure> {
    let (running, memory_locked, entries) = match entries(&place()?) {
        Ok((memory_locked, entries)) => (true, memory_locked, entries),
        Err(AgentError::None) => (false, false, Vec::new()),
        Err(error) => return Err(error.into()),
    };
    if context.global.json {
        let vaults = entries.iter().map(|entry| ToldEntry {
            vault: &entry.name,
            lifetime: entry.lifetime,
            left: entry.left,
        });
        context.out.json(&Told { running, memory_locked, vaults: vaults.collect() })?;
    } else if running {
        context.out.print(&words::held(&entries));
    } else {
        return Err(AgentError::None.explain().into());
    }
    Ok(if entries.is_empty() { Exit::No } else { Exit::Done })
}
