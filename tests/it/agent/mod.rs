//! The agent: what it holds and for how long, what it answers, and the real process.

mod completing;
mod held;
mod keyring;
mod messages;
mod process;
mod socket;

use crate::harness::home::{Home, Ran};
use keyfob::agent::{Agent, Keyring, LIFETIME, Now, Place};
use keyfob::clock::UnixTime;
use keyfob::vault::disk::MemoryDisk;
use keyfob::vault::{HeldIdentity, NewLock, Passphrase, Session, Store, Unlock, WorkFactor};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.into())).unwrap()
}

/// A vault in memory whose passphrase `open` costs nothing to try.
fn vault() -> (Store, Session) {
    let store = Store::on(Arc::new(MemoryDisk::default()), "/home/me/vault.age".into());
    let lock = NewLock::Passphrase(passphrase("open"), WorkFactor::new(1).unwrap());
    let session = store.create(&lock, UnixTime(1)).unwrap();
    (store, session)
}

fn held(store: &Store) -> HeldIdentity {
    store.read().unwrap().open(Unlock::Passphrase(&passphrase("open"))).unwrap().held().unwrap()
}

/// So many seconds after the start, of which the machine slept so many.
fn at(uptime: u64, suspended: u64) -> Now {
    Now { uptime: Duration::from_secs(uptime), suspended: Duration::from_secs(suspended) }
}

fn keyring() -> Keyring {
    Keyring::new(LIFETIME, at(1000, 0))
}

/// A home whose agent is stopped when this is dropped.
struct WithAgent(Home);

impl WithAgent {
    fn new() -> Self {
        Self(Home::with_two())
    }

    /// The program, with a terminal nowhere and nothing named but the vault.
    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(&[], arguments)
    }

    fn run_with(&self, options: &[&str], arguments: &[&str]) -> Ran {
        self.0.run_alone(options, arguments)
    }

    /// Has the vault held.
    #[track_caller]
    fn hold(&self) {
        self.0.done(&["agent"]);
    }

    fn place(&self) -> Place {
        Place::at(self.0.path("keyfob"))
    }

    fn agent(&self) -> Agent {
        Agent::find(&self.place()).unwrap()
    }

    /// The process that listens.
    fn pid(&self) -> u32 {
        let peer = std::os::unix::net::UnixStream::connect(self.place().socket()).unwrap();
        let credentials = rustix::net::sockopt::socket_peercred(&peer).unwrap();
        credentials.pid.as_raw_nonzero().get().try_into().unwrap()
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(self.pid().try_into().unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }
}

impl Drop for WithAgent {
    fn drop(&mut self) {
        let _ = self.run(&["agent", "stop"]);
    }
}
