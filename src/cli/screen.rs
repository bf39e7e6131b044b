//! The full-screen interface, from the command line.

use super::config;
use super::context::Context;
use super::failure::Failure;
use super::places;
use super::samples;
use crate::app::{Moment, Options, Start};
use crate::explain::Exit;
use crate::terminal::{self, Ended, Setup};
use crate::vault::disk::MemoryDisk;
use crate::vault::{NewLock, Passphrase, Reason, Session, Store, VaultError, WorkFactor};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    terminal::check()?;
    let store = context.store()?;
    let (start, session) = match store.read() {
        Err(VaultError::Missing { .. }) if !context.global.read_only => (Start::FirstRun, None),
        Err(error) => return Err(error.into()),
        // With a passphrase file or identities there is nothing to ask for.
        Ok(sealed) if !context.global.identity.is_empty() || context.global.passphrase_file.is_some() => {
            opened(context.open(sealed)?)
        }
        Ok(sealed) => match context.by_agent(sealed) {
            Ok(session) => opened(session),
            Err(sealed) => (Start::Locked(sealed.lock().clone()), None),
        },
    };
    // What was asked on the terminal is over: the full screen takes care of it from here on.
    context.terminal = None;
    let shown = shown(store.path());
    show(context, store, start, session, shown, false)
}

pub(super) fn demo(context: &mut Context) -> Result<Exit, Failure> {
    terminal::check()?;
    let store = Store::on(Arc::new(MemoryDisk::default()), "/demo/vault.age".into());
    let (start, session) = opened(sample_vault(context, &store)?);
    show(context, store, start, session, "demo".into(), true)
}

fn opened(session: Session) -> (Start, Option<Session>) {
    (Start::Open(Box::new(session.vault().clone())), Some(session))
}

/// A vault with devices to play with. Its passphrase is `demo`, and costs nothing to try.
fn sample_vault(context: &Context, store: &Store) -> Result<Session, Failure> {
    let now = context.now();
    let passphrase = Passphrase::new(Zeroizing::new("demo".into()));
    let lock =
        passphrase.zip(WorkFactor::new(1)).map(|(passphrase, cost)| NewLock::Passphrase(passphrase, cost));
    let lock = lock.unwrap_or(NewLock::Recipients(Vec::new()));
    let mut session = store.create(&lock, now)?;
    session.update(Reason::Import, now, |vault| {
        samples::changes()
            .iter()
            .try_for_each(|change| vault.apply(change, now).map(drop))
            .map_err(Failure::from)
    })?;
    Ok(session)
}

fn show(
    context: &Context,
    store: Store,
    start: Start,
    mut session: Option<Session>,
    vault_shown: String,
    demo: bool,
) -> Result<Exit, Failure> {
    // Where there is no home folder nothing is remembered.
    let state = if demo { None } else { context.state().ok() };
    let remembered = state.as_ref().zip(session.as_ref());
    let remembered = remembered.map(|(state, session)| state.recall(session.vault().id()));
    let settings = config::read()?;
    let mut appearance = terminal::appearance(|name| std::env::var(name).ok());
    appearance.unicode = !settings.ascii_in_force().value;
    let options = Options {
        vault_shown,
        start,
        demo,
        aws: cfg!(feature = "aws"),
        read_only: context.global.read_only,
        appearance,
        looks: settings.looks(),
        keys: settings.keymap(),
        hide_codes: settings.hide_codes.value,
        blank_unfocused: settings.blank_unfocused.value,
        clear_clipboard: settings.clear_clipboard.value,
        idle_lock: settings.idle_lock.value,
        remembered: remembered.unwrap_or_default(),
        rollback: session.as_mut().and_then(Session::take_rollback),
        time_zone: jiff::tz::TimeZone::system(),
        size: (0, 0),
        moment: Moment::default(),
    };
    let clock = context.time.clone();
    let identity_files = context.global.identity.clone();
    let clipboard = settings.clipboard.value;
    let ended = terminal::run(Setup {
        clock,
        store,
        session,
        state,
        identity_files,
        clipboard,
        #[cfg(feature = "aws")]
        sessions: super::aws::folders().ok(),
        options,
    })?;
    if ended != Ended::Quit {
        ended.die();
    }
    Ok(Exit::Done)
}

/// The path, with `~` for the home folder.
fn shown(path: &Path) -> String {
    let in_home = places::led_home(Path::new("~"))
        .ok()
        .and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    in_home.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}
