//! What the loop does about signals, the worker's answers, the time, and what the model asks for.

use super::clipboard::Answer;
use super::error::TerminalError;
use super::guard;
use super::pictures;
use super::post::Event;
use super::runtime::{Ended, Runtime};
use super::signals;
use crate::app::{Effect, Message, Moment, Outcome};
use std::time::Duration;

/// How often the kernel is asked about its clock: NTP daemons lose their servers in hours, not in seconds.
const CLOCK_ASKED: Duration = Duration::from_secs(300);
/// Between giving the terminal back and stopping: whoever watches both sees them in that order.
const SEEN: Duration = Duration::from_millis(20);

impl Runtime {
    pub(super) fn on_signals(&mut self) -> Result<(), TerminalError> {
        let came = self.signals.take();
        if let Some(signal) = came.end {
            self.ended = Some(Ended::Signal(signal));
            return Ok(());
        }
        if came.stop {
            self.tell(Message::Stopping)?;
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
    pub(super) fn stop(&mut self) -> Result<(), TerminalError> {
        // A stopped process would hold the vault's lock for as long as it stands still.
        self.stop_due = self.worker.is_saving();
        if self.stop_due {
            return Ok(());
        }
        guard::leave();
        self.wire.give_up();
        std::thread::sleep(SEEN);
        signals::stop_here();
        // The SIGCONT that let us go on needs no answer of its own.
        let came = self.signals.take();
        self.ended = came.end.map(Ended::Signal);
        if self.ended.is_none() { self.go_on() } else { Ok(()) }
    }

    /// Takes the terminal again: whoever had it meanwhile may have left anything on it.
    pub(super) fn go_on(&mut self) -> Result<(), TerminalError> {
        if guard::enter(&self.tty).is_err() {
            // A hang-up wakes us too (SIGCONT), perhaps before its own signal is seen: the terminal is gone.
            self.ended = Some(Ended::HungUp);
            return Ok(());
        }
        guard::set_farewell(self.clipboard.farewell());
        self.screen.forget();
        let moment = self.moment();
        self.tell(Message::Resumed(moment))
    }

    pub(super) fn on_event(&mut self, event: Event) -> Result<(), TerminalError> {
        match event {
            Event::Done(outcome, stamp) => {
                self.watch.ours = stamp;
                self.tell(Message::Done(outcome))
            }
            Event::Aside(outcome) => self.tell(Message::Done(outcome)),
            Event::Finished { save } => {
                self.worker.on_finished(save);
                if self.stop_due { self.stop() } else { Ok(()) }
            }
            Event::Clipboard(news) => {
                let answer = self.clipboard.on_news(news);
                self.on_clipboard(answer)
            }
            Event::WorkerGone => Err(TerminalError::WorkerGone),
        }
    }

    pub(super) fn on_clipboard(&mut self, answer: Answer) -> Result<(), TerminalError> {
        self.wire.send_along(&answer.bytes);
        guard::set_farewell(self.clipboard.farewell());
        match answer.outcome {
            Some(outcome) => self.tell(Message::Done(Outcome::Copied(outcome))),
            None => Ok(()),
        }
    }

    /// Once a second: the model's clock, the vault's file, and whoever was given time.
    pub(super) fn on_time(&mut self) -> Result<(), TerminalError> {
        let moment = self.moment();
        if moment.now == self.watch.second || self.ended.is_some() {
            return Ok(());
        }
        self.watch.second = moment.now;
        let answer = self.clipboard.on_time(moment.uptime);
        self.on_clipboard(answer)?;
        self.tell(Message::Tick(moment))?;
        if self.watch.ask_of_clock <= moment.uptime {
            self.ask_of_clock(moment.uptime)?;
        }
        self.look_at_file()?;
        self.look_at_state()
    }

    /// Tells the model when somebody else may have handed out codes.
    fn look_at_state(&mut self) -> Result<(), TerminalError> {
        let Some(state) = self.state.as_ref().filter(|_| self.worker.is_idle()) else { return Ok(()) };
        let now = state.stamp();
        if now == self.watch.state {
            return Ok(());
        }
        self.watch.state = now;
        self.tell(Message::StateChanged)
    }

    /// Asks the kernel about its clock, and says when to ask again.
    pub(super) fn ask_of_clock(&mut self, uptime: Duration) -> Result<(), TerminalError> {
        self.watch.ask_of_clock = uptime + CLOCK_ASKED;
        self.tell(Message::Clock(self.clock.synchronised()))
    }

    /// Tells the model when somebody else saved. While the worker is at it, the file may be ours in a moment.
    pub(super) fn look_at_file(&mut self) -> Result<(), TerminalError> {
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

    /// Does what the model asks for.
    pub(super) fn perform(&mut self, effects: Vec<Effect>) -> Result<(), TerminalError> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => {
                    let answer = self.clipboard.copy(text, self.clock.uptime());
                    self.on_clipboard(answer)?;
                }
                Effect::ClearClipboard => self.clear_clipboard()?,
                Effect::Wipe => self.screen.wipe(),
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
                Effect::ReadClipboard => pictures::read_clipboard(self.post.clone()),
                Effect::ReadFolder(folder) => self.folders.ask(folder),
                Effect::ReadImport(request) => self.readings.ask(*request),
                #[cfg(feature = "aws")]
                Effect::AskAws(call) => self.calls.ask(*call),
                slow => self.worker.submit(slow),
            }
        }
        Ok(())
    }

    pub(super) fn clear_clipboard(&mut self) -> Result<(), TerminalError> {
        let answer = Answer { bytes: self.clipboard.clear(), outcome: None };
        self.on_clipboard(answer)
    }

    fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), uptime: self.clock.uptime() }
    }
}
