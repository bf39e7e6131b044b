//! What the agent holds, and for how long. Time is an argument.

use super::locked::Pages;
use super::wire::{Answer, Entry, PLACES, Request};
use super::{LONGEST, MAX_LIFETIME};
use crate::clock::Clock;
use crate::vault::{HeldIdentity, Opener as _, WrappedKey};
use std::fmt;
use std::time::Duration;

/// Less sleep than this is none: two clocks that are read one after the other agree no better.
const TOLERANCE: Duration = Duration::from_millis(500);

/// A moment, by the clocks that nobody sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Since the machine started, suspend included.
    pub uptime: Duration,
    /// How much of that it was suspended.
    pub suspended: Duration,
}

impl Now {
    /// By this clock.
    pub fn by(clock: &dyn Clock) -> Self {
        Self { uptime: clock.uptime(), suspended: clock.suspended() }
    }
}

/// An identity, and until when it is held.
struct Place {
    held: HeldIdentity,
    name: String,
    lifetime: Duration,
    until: Duration,
    /// Until when at most, however much it is used.
    at_most: Duration,
}

impl Place {
    fn used(&mut self, now: Now) {
        self.until = self.at_most.min(now.uptime + self.lifetime);
    }
}

/// What the agent holds: up to 16 identities, on locked pages. Debug shows none.
pub struct Keyring {
    places: Box<Pages<[Option<Place>; PLACES]>>,
    memory_locked: bool,
    lifetime: Duration,
    suspended: Duration,
}

impl Keyring {
    /// An empty one, that holds for so long what is not used, where whoever adds it does not say how long.
    pub fn new(lifetime: Duration, now: Now) -> Self {
        let (places, memory_locked) = Pages::of(std::array::from_fn(|_| None));
        Self { places, memory_locked, lifetime, suspended: now.suspended }
    }

    /// Forgets what was not used for its lifetime, and everything when the machine was suspended meanwhile. To be called
    /// before anything is answered.
    pub fn on_time(&mut self, now: Now) {
        if now.suspended > self.suspended + TOLERANCE {
            self.lock();
        }
        self.suspended = self.suspended.max(now.suspended);
        for place in &mut self.places.0 {
            if place.as_ref().is_some_and(|place| place.until <= now.uptime) {
                *place = None;
            }
        }
    }

    /// Forgets everything.
    pub fn lock(&mut self) {
        self.places.0.iter_mut().for_each(|place| *place = None);
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.places.0.iter().all(Option::is_none)
    }

    /// How long until something has to be forgotten.
    pub fn until_next(&self, now: Now) -> Option<Duration> {
        self.held().map(|place| place.until.saturating_sub(now.uptime)).min()
    }

    /// Answers. Who asks to stop is answered as who asks to lock: ending is the server's.
    pub fn answer(&mut self, request: Request, now: Now) -> Answer {
        self.on_time(now);
        match request {
            Request::Open(wrapped) => self.open(&wrapped, now),
            Request::Add { held, lifetime, name } => self.add(held, lifetime, name, now),
            Request::Lock | Request::Stop => {
                self.lock();
                Answer::Done
            }
            Request::List => self.list(now),
        }
    }

    fn open(&mut self, wrapped: &WrappedKey, now: Now) -> Answer {
        for place in self.places.0.iter_mut().flatten() {
            if let Some(key) = place.held.unwrap_key(wrapped) {
                place.used(now);
                return Answer::Key(key);
            }
        }
        Answer::NotHeld
    }

    fn add(&mut self, held: HeldIdentity, lifetime: Option<Duration>, name: String, now: Now) -> Answer {
        let lifetime = lifetime.unwrap_or(self.lifetime).min(MAX_LIFETIME);
        let same = |place: &Option<Place>| place.as_ref().is_some_and(|p| p.held.stanza() == held.stanza());
        let at =
            self.places.0.iter().position(same).or_else(|| self.places.0.iter().position(Option::is_none));
        let Some(place) = at.and_then(|at| self.places.0.get_mut(at)) else { return Answer::Full };
        let at_most = now.uptime + lifetime.max(LONGEST);
        *place = Some(Place { held, name, lifetime, until: now.uptime + lifetime, at_most });
        Answer::Done
    }

    fn list(&self, now: Now) -> Answer {
        let seconds = |time: Duration| u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let entries = self.held().map(|place| Entry {
            name: place.name.clone(),
            lifetime: seconds(place.lifetime),
            left: seconds(place.until.saturating_sub(now.uptime)),
        });
        Answer::Held { memory_locked: self.memory_locked, entries: entries.collect() }
    }

    fn held(&self) -> impl Iterator<Item = &Place> {
        self.places.0.iter().flatten()
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({})", self.held().count())
    }
}
