//! Asking on the terminal, with nothing of the answer shown.

use crate::terminal::ENDING_SIGNALS;
use rustix::termios::{self, LocalModes, OptionalActions, QueueSelector, Termios};
use signal_hook::consts::SIGTSTP;
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::thread::JoinHandle;
use zeroize::Zeroizing;

/// The longest line that a terminal hands over at once (Linux: 4095 and the line end).
const LINE: usize = 4096;

/// The terminal with echo off, from the first question until this is dropped, so that what is typed
/// while scrypt runs is not shown either. Whatever ends or stops the program gives the echo back first.
pub(super) struct Quiet {
    tty: Arc<Tty>,
    signals: Handle,
    watcher: Option<JoinHandle<()>>,
}

struct Tty {
    file: File,
    before: Termios,
    silent: Termios,
}

impl Quiet {
    /// Opens the terminal that this process belongs to, wherever standard input and output lead.
    pub(super) fn open() -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let before = termios::tcgetattr(&file)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        let tty = Arc::new(Tty { file, before, silent });
        let (signals, watcher) = give_back_on_signals(Arc::clone(&tty))?;
        termios::tcsetattr(&tty.file, OptionalActions::Flush, &tty.silent)?;
        Ok(Self { tty, signals, watcher: Some(watcher) })
    }

    /// Asks; the answer comes without its line end. None: the end of input was typed.
    pub(super) fn ask(&self, question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let mut tty = &self.tty.file;
        tty.write_all(question.as_bytes())?;
        let answer = read_line(tty);
        tty.write_all(b"\n")?;
        answer
    }
}

fn read_line(mut tty: &File) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(LINE));
    let mut piece = Zeroizing::new([0; LINE]);
    loop {
        let read = tty.read(piece.as_mut_slice())?;
        let piece = piece.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Ok((!line.is_empty()).then_some(line));
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        // What goes beyond one line's length is counted by nobody: no passphrase is that long.
        let room = LINE.saturating_sub(line.len());
        line.extend(piece.iter().take(end.unwrap_or(read)).take(room));
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // Whoever takes the terminal next, the full screen say, looks after the signals itself.
        self.signals.close();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
        self.tty.give_back();
    }
}

impl Tty {
    /// Forgets what was typed and not read (it would land in the shell), and turns the echo on again.
    fn give_back(&self) {
        let _ = termios::tcflush(&self.file, QueueSelector::IFlush);
        let _ = termios::tcsetattr(&self.file, OptionalActions::Now, &self.before);
    }
}

fn give_back_on_signals(tty: Arc<Tty>) -> io::Result<(Handle, JoinHandle<()>)> {
    let mut signals = Signals::new(ENDING_SIGNALS.into_iter().chain([SIGTSTP]))?;
    let handle = signals.handle();
    let watcher = std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            tty.give_back();
            let _ = emulate_default_handler(signal);
            // Only a stop comes back from there, when the shell lets the program go on.
            let _ = termios::tcsetattr(&tty.file, OptionalActions::Now, &tty.silent);
        }
    })?;
    Ok((handle, watcher))
}
