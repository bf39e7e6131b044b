//! Time as an argument: the one place that asks the system what time it is.

mod kernel;

pub use kernel::Synchronised;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
///
/// Unsigned and 64 bits wide: a clock that stands before 1970 reads as 0, and 2038 and 2106 are
/// ordinary seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// This many seconds later, or the last second there is.
    #[must_use]
    pub fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Whole seconds from `earlier` to this time; 0 when `earlier` is later.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where the program gets its time from.
pub trait Clock: Send + Sync {
    /// The time of day.
    fn now(&self) -> UnixTime;

    /// How long until the next whole second, over 0 and at most one second.
    fn until_next_second(&self) -> Duration;

    /// Time since the machine started, suspend included (Linux: `CLOCK_BOOTTIME`). The idle lock
    /// counts by it, so that a closed lid counts too and a clock that is set does not.
    fn uptime(&self) -> Duration;

    /// How much of the uptime the machine was suspended (Linux: `CLOCK_BOOTTIME` less `CLOCK_MONOTONIC`); zero where the
    /// system does not tell.
    fn suspended(&self) -> Duration {
        Duration::ZERO
    }

    /// Whether something keeps it right.
    fn synchronised(&self) -> Synchronised {
        Synchronised::Unknown
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixTime {
        UnixTime(since_epoch().as_secs())
    }

    fn until_next_second(&self) -> Duration {
        Duration::from_nanos(u64::from(1_000_000_000 - since_epoch().subsec_nanos().min(999_999_999)))
    }

    fn uptime(&self) -> Duration {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let id = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let id = rustix::time::ClockId::Monotonic;
        Duration::try_from(rustix::time::clock_gettime(id)).unwrap_or_default()
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn suspended(&self) -> Duration {
        // In this order: what passes between the two looks like less sleep, never like more.
        let uptime = self.uptime();
        let awake = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        uptime.saturating_sub(Duration::try_from(awake).unwrap_or(Duration::MAX))
    }

    fn synchronised(&self) -> Synchronised {
        kernel::synchronised()
    }
}

#[allow(clippy::disallowed_methods)] // the crate's only one
fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// A clock that stands still until it is told otherwise: for tests and pictures.
#[derive(Debug, Default)]
pub struct FixedClock {
    seconds: std::sync::atomic::AtomicU64,
    synchronised: Synchronised,
}

impl FixedClock {
    /// A clock that stands at this second.
    pub fn at(seconds: u64) -> Self {
        Self { seconds: seconds.into(), synchronised: Synchronised::Unknown }
    }

    /// The same clock, of which this is said.
    #[must_use]
    pub fn said_to_be(self, synchronised: Synchronised) -> Self {
        Self { synchronised, ..self }
    }

    /// Lets this many seconds go by.
    pub fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> UnixTime {
        UnixTime(self.seconds.load(std::sync::atomic::Ordering::Relaxed))
    }

    fn until_next_second(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn uptime(&self) -> Duration {
        Duration::from_secs(self.now().0)
    }

    fn synchronised(&self) -> Synchronised {
        self.synchronised
    }
}
