//! Entering the full screen, and leaving it exactly once: on return, error, panic, signal and suspend.

use super::error::TerminalError;
use super::tty::Tty;
use crate::explain::terminal as words;
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use std::io::{self, Write as _};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// The alternate screen, a hidden cursor, bracketed paste, focus events, and the mouse: presses and the wheel (1000),
/// told in decimal (1006). With Shift terminals select text themselves.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1004h\x1b[?1000h\x1b[?1006h";

/// All of that undone, the other way round, from within a frame or even a sequence that was cut: ESC ends those.
pub const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?1006l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long a terminal that takes nothing can keep us from ending.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// The terminal as it was found. Here, and not in the guard, so that the panic hook can give it back as well.
static FOUND: Mutex<Option<Found>> = Mutex::new(None);

struct Found {
    tty: Tty,
    modes: Termios,
    farewell: Zeroizing<Vec<u8>>,
}

/// Gives the terminal back when it is dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal.
    pub(super) fn new(tty: &Tty) -> Result<Self, TerminalError> {
        enter(tty)?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

fn found() -> MutexGuard<'static, Option<Found>> {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: anew, after [`leave`], or only to make sure of its modes after somebody else had it.
pub(super) fn enter(tty: &Tty) -> Result<(), TerminalError> {
    let mut slot = found();
    let modes = match slot.take() {
        Some(before) => before.modes,
        None => tcgetattr(tty)?,
    };
    let mut raw = modes.clone();
    raw.make_raw();
    *slot = Some(Found { tty: tty.duplicate()?, modes, farewell: Zeroizing::default() });
    drop(slot);
    rustix::io::retry_on_intr(|| tcsetattr(tty, OptionalActions::Now, &raw))?;
    tty.write_all(ENTER, LAST_WORDS)?;
    Ok(())
}

/// What is to be sent before the terminal is given back, however that comes about: it takes a code off the clipboard.
pub(super) fn set_farewell(bytes: Zeroizing<Vec<u8>>) {
    if let Some(found) = found().as_mut() {
        found.farewell = bytes;
    }
}

/// Writes what the terminal takes now, in one call; how much that was. Where another thread's panic has given it
/// back, nothing more gets there, and all counts as taken: the loop is about to hear of it.
pub(super) fn write(tty: &Tty, bytes: &[u8]) -> io::Result<usize> {
    let held = found();
    if held.is_some() { tty.write(bytes) } else { Ok(bytes.len()) }
}

/// Whether the terminal is ours. Where it is not, though the loop has not left it, some thread has panicked.
pub(super) fn is_held() -> bool {
    found().is_some()
}

/// Gives the terminal back as it was found, if that was not done yet.
pub(super) fn leave() {
    let Some(Found { tty, modes, mut farewell }) = found().take() else { return };
    farewell.extend_from_slice(LEAVE);
    // A terminal that is gone can't be given back: then all of these fail, and that is fine.
    let _ = tty.write_all(&farewell, LAST_WORDS);
    // What was typed ahead may be half a passphrase: the shell shall not get it.
    let _ = tcflush(&tty, QueueSelector::IFlush);
    let _ = rustix::io::retry_on_intr(|| tcsetattr(&tty, OptionalActions::Now, &modes));
}

/// Has every panic from now on give the terminal back, and keep its message to itself.
pub(super) fn hush_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| std::panic::set_hook(Box::new(on_panic)));
}

/// Says where, but not what: the message of a panic may quote what was typed, or a secret.
fn on_panic(panic: &std::panic::PanicHookInfo<'_>) {
    leave();
    let (file, line) = panic.location().map_or(("?", 0), |location| (location.file(), location.line()));
    let _ = std::io::stderr().write_all(words::panicked(file, line).as_bytes());
}
