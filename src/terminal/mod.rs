//! The real terminal: entering and leaving it, input, clipboard, the loop, and the world behind effects.
//!
//! One thread waits, one works: [`run`] is the loop, and all that takes time happens in the worker.

mod appearance;
#[cfg(feature = "aws")]
mod calls;
pub mod clipboard;
mod error;
mod folders;
mod guard;
mod harden;
mod home;
pub mod input;
mod perform;
mod pictures;
mod planted;
mod post;
mod react;
mod readings;
mod runtime;
pub mod screen;
mod signals;
mod telling;
mod tty;
pub mod wipe;
mod wire;
mod worker;

pub use appearance::{appearance, is_dumb, locale_variable};
pub use error::TerminalError;
pub use guard::{ENTER, LEAVE};
pub use harden::{harden, soften};
#[doc(hidden)]
pub use planted::fault_if_planted;
pub use runtime::Ended;
pub use signals::ENDING as ENDING_SIGNALS;
pub use telling::Telling;

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
    /// Where sessions with AWS are kept, where there is a place for them.
    #[cfg(feature = "aws")]
    pub sessions: Option<crate::caller::Folders>,
    /// The interface's; its size and moment are set anew.
    pub options: Options,
}

/// Whether there is a terminal for the full screen. To be asked before anything else is: nobody shall type a
/// passphrase only to be told that there is not.
pub fn check() -> Result<(), TerminalError> {
    if is_dumb(|name| std::env::var(name).ok()) {
        return Err(TerminalError::Dumb);
    }
    tty::Tty::open().map(drop)
}

/// Shows the full screen until it ends. Whatever happens, the terminal is then as it was before.
pub fn run(setup: Setup) -> Result<Ended, TerminalError> {
    check()?;
    #[cfg(feature = "aws")]
    let sessions = setup.sessions;
    let (clock, store, session, state) = (setup.clock, setup.store, setup.session, setup.state);
    let (identity_files, choice, mut options) = (setup.identity_files, setup.clipboard, setup.options);
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
    #[cfg(feature = "aws")]
    let calls = calls::Calls::new(sessions, Arc::clone(&clock), post.clone());
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
        #[cfg(feature = "aws")]
        calls,
        clipboard: clipboard::Clipboard::new(choice, stays, &variable, post.for_clipboard()),
        screen: screen::Screen::new(size),
        parser: Box::default(),
        wire: wire::Wire::default(),
        ended: None,
        tty,
        signals,
        mailbox,
        post,
        clock,
        store,
        state,
        model,
        watch,
        stop_due: false,
    };
    runtime.run(effects)
}
