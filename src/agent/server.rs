//! The process that holds the identities: one thread, one loop, nobody is waited for.

use super::connection::{Connection, Next};
use super::keyring::{Keyring, Now};
use super::peer;
use super::place::Listening;
use super::signals::Signals;
use super::wire::{Answer, Request};
use crate::clock::Clock;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Resource, getrlimit};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// How many are heard at once, where the system lets us have so many files open; more wait in the kernel.
const MOST: usize = 512;
/// Files that are open besides.
const OTHER_FILES: u64 = 32;
/// How often the clocks are looked at while something is held: waiting does not count the time asleep.
const LOOK: Duration = Duration::from_secs(5);

/// The process that holds the identities.
pub struct Server {
    listening: Listening,
    signals: Signals,
    clock: Arc<dyn Clock>,
    keyring: Keyring,
    connections: Vec<Connection>,
    /// Wipes what an answer left on the stack.
    wipe: fn(),
    most: usize,
    stopped: bool,
}

/// Who has something for the loop.
struct Ready {
    listener: bool,
    connections: Vec<bool>,
}

impl Server {
    /// Catches signals from now on.
    pub fn new(
        listening: Listening,
        clock: Arc<dyn Clock>,
        lifetime: Duration,
        wipe: fn(),
    ) -> io::Result<Self> {
        let keyring = Keyring::new(lifetime, Now::by(clock.as_ref()));
        let signals = Signals::catch()?;
        let files = getrlimit(Resource::Nofile)
            .current
            .map_or(MOST, |files| usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(MOST));
        let most = files.clamp(1, MOST);
        Ok(Self { listening, signals, clock, keyring, connections: Vec::new(), wipe, most, stopped: false })
    }

    /// Answers until somebody asks it to stop, or SIGTERM, SIGINT or SIGQUIT comes. SIGHUP locks it.
    pub fn run(mut self) -> io::Result<()> {
        loop {
            let ready = self.wait()?;
            if self.signals.take_lock() {
                self.keyring.lock();
            }
            if self.stopped || self.signals.end() {
                return Ok(());
            }
            self.serve(&ready);
            if ready.listener {
                self.accept();
            }
            (self.wipe)();
        }
    }

    fn now(&self) -> Now {
        Now::by(self.clock.as_ref())
    }

    /// Waits until somebody is there, or until something has to be forgotten.
    fn wait(&mut self) -> io::Result<Ready> {
        let now = self.now();
        self.keyring.on_time(now);
        self.connections.retain(|connection| connection.until() > now.uptime);
        let timeout = self.timeout(now).and_then(|time| Timespec::try_from(time).ok());
        let hears = if self.connections.len() < self.most { PollFlags::IN } else { PollFlags::empty() };
        let mut waits =
            vec![PollFd::new(&self.signals, PollFlags::IN), PollFd::new(&self.listening.listener, hears)];
        for connection in &self.connections {
            let flags = if connection.is_answered() { PollFlags::OUT } else { PollFlags::IN };
            waits.push(PollFd::new(connection, flags));
        }
        match poll(&mut waits, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut ready = waits.iter().skip(1).map(|wait| !wait.revents().is_empty());
        Ok(Ready { listener: ready.next().unwrap_or_default(), connections: ready.collect() })
    }

    fn timeout(&self, now: Now) -> Option<Duration> {
        let held = self.keyring.until_next(now).map(|time| time.min(LOOK));
        let overdue = self.connections.iter().map(|one| one.until().saturating_sub(now.uptime)).min();
        held.into_iter().chain(overdue).min()
    }

    fn serve(&mut self, ready: &Ready) {
        let now = self.now();
        let (keyring, stopped) = (&mut self.keyring, &mut self.stopped);
        let mut is_ready = ready.connections.iter();
        self.connections.retain_mut(|connection| {
            if !is_ready.next().copied().unwrap_or_default() {
                return true;
            }
            let next = connection.on_ready(|question| {
                let Some(request) = question.and_then(Request::from_bytes) else {
                    return Answer::Refused.to_bytes();
                };
                *stopped |= matches!(request, Request::Stop);
                keyring.answer(request, now).to_bytes()
            });
            next == Next::Wait
        });
    }

    /// Lets in who is waiting. Another user's process is not heard.
    fn accept(&mut self) {
        let uptime = self.now().uptime;
        while self.connections.len() < self.most {
            let Ok((stream, _)) = self.listening.listener.accept() else { return };
            if peer::is_ours(&stream) && stream.set_nonblocking(true).is_ok() {
                self.connections.push(Connection::new(stream, uptime));
            }
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({:?}, {})", self.keyring, self.connections.len())
    }
}
