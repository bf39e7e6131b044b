//! The loop: waits for a key, a signal, the worker or the next second, lets the model take it in, does what
//! the model asks for, and shows what changed. It never waits for anything else.

use super::clipboard::{Answer, Clipboard};
use super::error::TerminalError;
use super::guard::{self, Guard};
use super::input::Parser;
use super::post::{Event, Mailbox};
use super::screen::Screen;
use super::signals::{self, Signals};
use super::tty::Tty;
use super::worker::Worker;
use crate::app::{Effect, Message, Model, Moment, Outcome};
use crate::clock::{Clock, UnixTime};
use crate::vault::{FileStamp, Store};
use crate::view;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use zeroize::{Zeroize as _, Zeroizing};

/// How long a save that is under way when a signal ends us gets: it takes milliseconds.
const SAVE_ON_SIGNAL: Duration = Duration::from_millis(500);
/// How long it gets when the user quits: the vault's lock may be held by somebody else for that long.
const SAVE_ON_QUIT: Duration = Duration::from_secs(11);
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
    pub worker: Worker,
    pub clipboard: Clipboard,
    pub clock: Arc<dyn Clock>,
    pub store: Store,
    pub model: Model,
    pub screen: Screen,
    pub parser: Parser,
    pub wire: Wire,
    pub watch: Watch,
    pub ended: Option<Ended>,
}

/// What is still to be sent.
#[derive(Default)]
pub(super) struct Wire {
    /// For the terminal besides the next frame, in the same write.
    extra: Zeroizing<Vec<u8>>,
    /// What the terminal did not take yet. Meanwhile nothing is drawn: then it is the newest that comes next.
    unsent: Zeroizing<Vec<u8>>,
    /// Whether anything happened since the last frame.
    stale: bool,
}

/// What the clocks and the vault's file said last.
#[derive(Default)]
pub(super) struct Watch {
    second: UnixTime,
    /// The file as the worker read or saved it last.
    ours: Option<FileStamp>,
    /// The file as it was when the model was last told of it.
    told: Option<FileStamp>,
}

impl Watch {
    /// The file looks like this where the vault is open.
    pub(super) fn starting_from(ours: Option<FileStamp>) -> Self {
        Self { ours, ..Self::default() }
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
        self.wire.stale = true;
        self.watch.second = self.clock.now();
        self.perform(effects)?;
        let ended = self.until_ended();
        let patience = if matches!(ended, Ok(Ended::Quit)) { SAVE_ON_QUIT } else { SAVE_ON_SIGNAL };
        self.worker.finish_saving(&self.mailbox, self.clock.as_ref(), patience);
        guard::set_farewell(self.clipboard.farewell());
        guard::leave();
        self.clipboard.finish();
        ended
    }

    fn until_ended(&mut self) -> Result<Ended, TerminalError> {
        loop {
            self.draw();
            if let Some(ended) = self.ended {
                return Ok(ended);
            }
            let woken = self.wait()?;
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
        let wanted = if self.wire.unsent.is_empty() { PollFlags::IN } else { PollFlags::IN | PollFlags::OUT };
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
        let mut result = Ok(());
        step(&mut parser, &mut |message| {
            if result.is_ok() && self.ended.is_none() {
                result = self.tell(message);
            }
        });
        self.parser = parser;
        result
    }

    fn tell(&mut self, message: Message) -> Result<(), TerminalError> {
        self.wire.stale = true;
        let effects = self.model.update(message);
        self.perform(effects)
    }

    fn on_signals(&mut self) -> Result<(), TerminalError> {
        let came = self.signals.take();
        if let Some(signal) = came.end {
            self.ended = Some(Ended::Signal(signal));
            return Ok(());
        }
        if came.stop {
            self.stop()?;
        } else if came.go_on {
            self.go_on()?;
        }
        let size = self.tty.size();
        if size != self.screen.size() {
            self.screen.resize(size);
            self.tell(Message::Resized(size.width, size.height))?;
        }
        Ok(())
    }

    /// Gives the terminal back and stops, until somebody lets us go on.
    fn stop(&mut self) -> Result<(), TerminalError> {
        guard::leave();
        self.wire.unsent.zeroize();
        signals::stop_here();
        // The SIGCONT that let us go on needs no answer of its own.
        let came = self.signals.take();
        self.ended = came.end.map(Ended::Signal);
        if self.ended.is_none() { self.go_on() } else { Ok(()) }
    }

    /// Takes the terminal again: whoever had it meanwhile may have left anything on it.
    fn go_on(&mut self) -> Result<(), TerminalError> {
        guard::enter(&self.tty)?;
        guard::set_farewell(self.clipboard.farewell());
        self.screen.forget();
        let moment = self.moment();
        self.tell(Message::Resumed(moment))
    }

    fn on_event(&mut self, event: Event) -> Result<(), TerminalError> {
        match event {
            Event::Done(outcome, stamp) => {
                self.watch.ours = stamp;
                self.tell(Message::Done(outcome))
            }
            Event::Tmux(settings) => {
                let answer = self.clipboard.on_tmux(settings);
                self.on_clipboard(answer)
            }
            Event::Local { took } => {
                let answer = self.clipboard.on_local(took);
                self.on_clipboard(answer)
            }
            Event::WorkerGone => Err(TerminalError::WorkerGone),
        }
    }

    fn on_clipboard(&mut self, answer: Answer) -> Result<(), TerminalError> {
        self.wire.extra.extend_from_slice(&answer.bytes);
        guard::set_farewell(self.clipboard.farewell());
        match answer.outcome {
            Some(outcome) => self.tell(Message::Done(Outcome::Copied(outcome))),
            None => Ok(()),
        }
    }

    /// Once a second: the model's clock, the vault's file, and whoever was given time.
    fn on_time(&mut self) -> Result<(), TerminalError> {
        let moment = self.moment();
        if moment.now == self.watch.second || self.ended.is_some() {
            return Ok(());
        }
        self.watch.second = moment.now;
        let answer = self.clipboard.on_time(moment.uptime);
        self.on_clipboard(answer)?;
        self.tell(Message::Tick(moment))?;
        self.look_at_file()
    }

    /// Tells the model when somebody else saved. While the worker is at it, the file may be ours in a moment.
    fn look_at_file(&mut self) -> Result<(), TerminalError> {
        if self.watch.ours.is_none() || !self.worker.is_idle() {
            return Ok(());
        }
        let now = self.store.stamp();
        if now == self.watch.ours || now == self.watch.told {
            return Ok(());
        }
        self.watch.told = now;
        self.tell(Message::FileChanged)
    }

    fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), uptime: self.clock.uptime() }
    }

    /// Does what the model asks for.
    fn perform(&mut self, effects: Vec<Effect>) -> Result<(), TerminalError> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => {
                    let answer = self.clipboard.copy(text, self.clock.uptime());
                    self.on_clipboard(answer)?;
                }
                Effect::ClearClipboard => self.clear_clipboard()?,
                Effect::Redraw => self.screen.forget(),
                Effect::Suspend => {
                    signals::ask_job_to_stop();
                }
                Effect::Quit => self.ended = Some(Ended::Quit),
                Effect::Lock => {
                    self.screen.wipe();
                    self.clear_clipboard()?;
                    self.worker.submit(Effect::Lock);
                }
                slow => self.worker.submit(slow),
            }
        }
        Ok(())
    }

    fn clear_clipboard(&mut self) -> Result<(), TerminalError> {
        let answer = Answer { bytes: self.clipboard.clear(), outcome: None };
        self.on_clipboard(answer)
    }

    /// Sends what is to be sent: the rest of the last frame, or else the next one, in one write.
    fn draw(&mut self) {
        if self.wire.unsent.is_empty() {
            std::mem::swap(&mut self.wire.unsent, &mut self.wire.extra);
            if std::mem::take(&mut self.wire.stale) {
                let model = &self.model;
                let frame = self.screen.frame(|area, buffer| view::draw(model, area, buffer));
                self.wire.unsent.extend_from_slice(&frame);
            }
        }
        if !self.wire.unsent.is_empty() {
            self.send();
        }
    }

    fn send(&mut self) {
        match self.tty.write(&self.wire.unsent) {
            Ok(written) if written >= self.wire.unsent.len() => self.wire.unsent.zeroize(),
            Ok(written) => drop(self.wire.unsent.drain(..written)),
            Err(_) => self.ended = Some(Ended::HungUp),
        }
    }
}
