//! The loop: waits for a key, a signal, the worker or the next second, lets the model take it in, does what
//! the model asks for, and shows what changed. It never waits for anything else.

#[cfg(feature = "aws")]
use super::calls::Calls;
use super::clipboard::Clipboard;
use super::error::TerminalError;
use super::folders::Folders;
use super::guard::{self, Guard};
use super::input::Parser;
use super::planted::fault_if_planted;
use super::post::{Event, Mailbox, Post};
use super::readings::Readings;
use super::screen::Screen;
use super::signals::Signals;
use super::tty::Tty;
use super::wipe::wipe_stack;
use super::wire::Wire;
use super::worker::Worker;
use crate::app::{Effect, Message, Model};
use crate::clock::{Clock, UnixTime};
use crate::state::{State, StateStamp};
use crate::vault::{FileStamp, Store};
use crate::view;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a save that is under way when a signal ends us gets: it takes milliseconds. The model does not
/// quit before everything is saved, unless it is told to.
const LAST_SAVE: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };
/// A timer that ends a little late wakes us once; one that ends a little early would wake us twice.
const LATE: Duration = Duration::from_millis(1);

/// How the full screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user quit.
    Quit,
    /// By this signal; the terminal is restored. The shell expects 128 and its number.
    Signal(i32),
    /// The terminal went away, as by SIGHUP (1).
    HungUp,
}

impl Ended {
    /// Ends the program as the signal would have: whoever started it learns of it. After [`Ended::Quit`] this returns.
    pub fn die(self) {
        let signal = match self {
            Self::Quit => return,
            Self::Signal(signal) => signal,
            Self::HungUp => signal_hook::consts::SIGHUP,
        };
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
}

/// Everything the loop holds.
pub(super) struct Runtime {
    pub tty: Tty,
    /// Held for its end.
    pub _guard: Guard,
    pub signals: Signals,
    pub mailbox: Mailbox,
    pub post: Post,
    pub worker: Worker,
    pub folders: Folders,
    pub readings: Readings,
    #[cfg(feature = "aws")]
    pub calls: Calls,
    pub clipboard: Clipboard,
    pub clock: Arc<dyn Clock>,
    pub store: Store,
    pub state: Option<State>,
    pub model: Model,
    pub screen: Screen,
    /// Boxed, since it is moved while it hands on keys, and each move of its bytes would be a copy of them.
    pub parser: Box<Parser>,
    pub wire: Wire,
    pub watch: Watch,
    /// Whether we were asked to stop, and do so once what is on its way to disk is there.
    pub stop_due: bool,
    pub ended: Option<Ended>,
}

/// What the clocks and the vault's file said last.
#[derive(Default)]
pub(super) struct Watch {
    pub second: UnixTime,
    /// The file as the worker read or saved it last.
    pub ours: Option<FileStamp>,
    /// What this machine remembers, as it was then.
    pub state: Option<StateStamp>,
    /// The file as it was when the model was last told of it.
    pub told: Option<FileStamp>,
    /// The uptime at which the kernel is to be asked about its clock.
    pub ask_of_clock: Duration,
}

impl Watch {
    /// The file looks like this where the vault is open.
    pub(super) fn starting_from(ours: Option<FileStamp>, state: Option<StateStamp>) -> Self {
        Self { ours, state, ..Self::default() }
    }
}

/// What woke the loop.
struct Woken {
    input: bool,
    gone: bool,
    silent: bool,
}

impl Runtime {
    /// Until the end.
    pub(super) fn run(mut self, effects: Vec<Effect>) -> Result<Ended, TerminalError> {
        self.wire.invalidate();
        self.watch.second = self.clock.now();
        self.perform(effects)?;
        self.ask_of_clock(self.clock.uptime())?;
        let ended = self.until_ended();
        self.finish_saving();
        guard::set_farewell(self.clipboard.farewell());
        guard::leave();
        self.clipboard.finish();
        ended
    }

    /// Waits for what is on its way to disk. Unlocking and exports are not waited for.
    fn finish_saving(&mut self) {
        while self.worker.is_saving() {
            let mut news = [PollFd::new(&self.mailbox, PollFlags::IN)];
            match poll(&mut news, Some(&LAST_SAVE)) {
                Ok(1..) => {}
                Err(Errno::INTR) => continue,
                _ => return,
            }
            while let Some(event) = self.mailbox.take() {
                match event {
                    Event::Finished { save } => self.worker.on_finished(save),
                    Event::WorkerGone => return,
                    _ => {}
                }
            }
        }
    }

    fn until_ended(&mut self) -> Result<Ended, TerminalError> {
        loop {
            // A thread that panicked has given the terminal back: nobody could see what goes on here.
            if !guard::is_held() {
                return Err(TerminalError::WorkerGone);
            }
            self.draw();
            if let Some(ended) = self.ended {
                return Ok(ended);
            }
            wipe_stack();
            let woken = self.wait()?;
            fault_if_planted("loop");
            if woken.gone {
                return Ok(Ended::HungUp);
            }
            self.on_signals()?;
            while let Some(event) = self.mailbox.take() {
                self.on_event(event)?;
            }
            if woken.input {
                self.read()?;
            } else if woken.silent {
                self.parse(|parser, on| parser.silence(on))?;
            }
            self.on_time()?;
        }
    }

    /// Sleeps until there is something to do.
    fn wait(&self) -> Result<Woken, TerminalError> {
        let second = self.clock.until_next_second().saturating_add(LATE);
        let silence = self.parser.patience().filter(|&patience| patience < second);
        let timeout = Timespec::try_from(silence.unwrap_or(second)).unwrap_or_default();
        let wanted = if self.wire.is_blocked() { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
        let mut descriptors = [
            PollFd::new(&self.tty, wanted),
            PollFd::new(&self.signals, PollFlags::IN),
            PollFd::new(&self.mailbox, PollFlags::IN),
        ];
        let ready = match poll(&mut descriptors, Some(&timeout)) {
            Err(Errno::INTR) => return Ok(Woken { input: false, gone: false, silent: false }),
            ready => ready?,
        };
        let tty = descriptors[0].revents();
        let gone = tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        Ok(Woken { input: tty.contains(PollFlags::IN), gone, silent: ready == 0 && silence.is_some() })
    }

    /// Reads once what is there; the next round reads on.
    fn read(&mut self) -> Result<(), TerminalError> {
        let mut buffer = Zeroizing::new([0; 4096]);
        match self.tty.read(&mut *buffer) {
            Ok(0) => self.ended = Some(Ended::HungUp),
            Ok(read) => self.parse(|parser, on| parser.feed(buffer.get(..read).unwrap_or_default(), on))?,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            // EIO: the terminal is gone.
            Err(_) => self.ended = Some(Ended::HungUp),
        }
        Ok(())
    }

    /// Lets the parser hand its messages to the model one by one.
    fn parse(
        &mut self,
        step: impl FnOnce(&mut Parser, &mut dyn FnMut(Message)),
    ) -> Result<(), TerminalError> {
        let mut parser = std::mem::take(&mut self.parser);
        let uptime = self.clock.uptime();
        let mut result = Ok(());
        step(&mut parser, &mut |message| {
            if result.is_ok() && self.ended.is_none() {
                result = self.tell(message.at(uptime));
            }
        });
        self.parser = parser;
        result
    }

    pub(super) fn tell(&mut self, message: Message) -> Result<(), TerminalError> {
        self.wire.invalidate();
        let effects = self.model.update(message);
        self.perform(effects)
    }

    fn draw(&mut self) {
        let model = &self.model;
        let sent =
            self.wire.send(&self.tty, &mut self.screen, |area, buffer| view::draw(model, area, buffer));
        if sent.is_err() {
            self.ended = Some(Ended::HungUp);
        }
    }
}
