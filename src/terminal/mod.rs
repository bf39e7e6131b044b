//! The real terminal: entering and leaving it, input, clipboard, the loop, and the world behind effects.
//!
//! One thread waits, one works: [`run`] is the loop, and all that takes time happens in the worker.

mod appearance;
pub mod clipboard;
mod error;
mod folders;
mod guard;
mod harden;
mod home;
pub mod input;
mod perform;
mod pictures;
mod post;
mod react;
mod readings;
mod runtime;
pub mod screen;
mod signals;
mod tty;
pub mod wipe;
mod wire;
mod worker;

pub use appearance::{appearance, locale_variable};
pub use error::TerminalError;
pub use guard::{ENTER, LEAVE};
pub use harden::{harden, soften};
pub use runtime::Ended;

use crate::app::{Model, Moment, Options};
use crate::clock::Clock;
use crate::state::State;
use crate::vault::{Session, Store};
use perform::Keeper;
use std::path::PathBuf;
use std::sync::Arc;

/// What the full screen needs.
pub struct Setup {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where the vault is.
    pub store: Store,
    /// The vault, where it is open already.
    pub session: Option<Session>,
    /// What this machine remembers, where it does.
    pub state: Option<State>,
    /// What may open a vault that is locked to recipients.
    pub identity_files: Vec<PathBuf>,
    /// Where copied codes go.
    pub clipboard: clipboard::Choice,
    /// The interface's; its size and moment are set anew.
    pub options: Options,
}

/// Whether there is a terminal for the full screen. To be asked before anything else is: nobody shall type a
/// passphrase only to be told that there is not.
pub fn check() -> Result<(), TerminalError> {
    if appearance::is_dumb(|name| std::env::var(name).ok()) {
        return Err(TerminalError::Dumb);
    }
    tty::Tty::open().map(drop)
}

/// Shows the full screen until it ends. Whatever happens, the terminal is then as it was before.
pub fn run(setup: Setup) -> Result<Ended, TerminalError> {
    let Setup { clock, store, session, state, identity_files, clipboard: choice, mut options } = setup;
    check()?;
    let variable = |name: &str| std::env::var(name).ok();
    let tty = tty::Tty::open()?;
    let signals = signals::Signals::catch()?;
    let (post, mailbox) = post::post()?;
    let size = tty.size();
    options.size = (size.width, size.height);
    options.moment = Moment { now: clock.now(), uptime: clock.uptime() };
    let watch = runtime::Watch::starting_from(
        session.as_ref().map(Session::stamp),
        state.as_ref().and_then(State::stamp),
    );
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let folders = folders::Folders::start(home.clone(), post.clone());
    let readings = readings::Readings::start(home.clone(), identity_files.clone(), post.clone());
    let keeper = Keeper {
        store: store.clone(),
        session,
        state: state.clone(),
        identity_files,
        home,
        clock: Arc::clone(&clock),
    };
    let stays = options.clear_clipboard.is_zero();
    let (model, effects) = Model::new(options);
    let runtime = runtime::Runtime {
        _guard: guard::Guard::new(&tty)?,
        worker: worker::Worker::start(keeper, post.clone()),
        folders,
        readings,
        clipboard: clipboard::Clipboard::new(
            choice,
            stays,
            &variable,
            Arc::new(move |news| post.send(post::Event::Clipboard(news))),
        ),
        screen: screen::Screen::new(size),
        parser: Box::default(),
        wire: wire::Wire::default(),
        ended: None,
        tty,
        signals,
        mailbox,
        clock,
        store,
        state,
        model,
        watch,
        stop_due: false,
    };
    runtime.run(effects)
}
