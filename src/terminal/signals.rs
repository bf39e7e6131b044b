//! Signals, as something that the loop can wait for.

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGWINCH, SIGXCPU,
};
use signal_hook::{flag, low_level};
use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Those that end a program which does nothing about them, and that somebody else can send: the terminal has to be
/// given back first. (Rust ignores SIGPIPE; what a fault of our own sends, SIGSEGV say, no code can take.)
pub const ENDING: [i32; 11] =
    [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGABRT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU];
/// Those that do not.
const OTHERS: [i32; 3] = [SIGTSTP, SIGCONT, SIGWINCH];

/// What came since the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Came {
    /// The number of one that ends the program.
    pub end: Option<i32>,
    /// Somebody asks us to stop.
    pub stop: bool,
    /// We go on after we were stopped.
    pub go_on: bool,
}

/// The signals that concern us.
#[derive(Debug)]
pub(super) struct Signals {
    wake: UnixStream,
    flags: Vec<(i32, Arc<AtomicBool>)>,
    over: Arc<AtomicBool>,
}

impl Signals {
    /// Catches them from now on.
    pub(super) fn catch() -> io::Result<Self> {
        let (wake, write) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let over = Arc::new(AtomicBool::new(false));
        let mut flags = Vec::new();
        for signal in ENDING.into_iter().chain(OTHERS) {
            // Once the full screen is gone, they do again what they always do.
            flag::register_conditional_default(signal, Arc::clone(&over))?;
            let came = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&came))?;
            low_level::pipe::register(signal, write.try_clone()?)?;
            flags.push((signal, came));
        }
        Ok(Self { wake, flags, over })
    }

    /// What came since the last look.
    pub(super) fn take(&mut self) -> Came {
        let mut bytes = [0; 64];
        while self.wake.read(&mut bytes).is_ok_and(|read| read > 0) {}
        let mut came = Came::default();
        for (signal, flag) in &self.flags {
            if flag.swap(false, Ordering::Relaxed) {
                match *signal {
                    SIGTSTP => came.stop = true,
                    SIGCONT => came.go_on = true,
                    SIGWINCH => {}
                    signal => came.end = Some(signal),
                }
            }
        }
        came
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Asks the whole job to stop, as the terminal does for Ctrl-Z where it is not raw. We get the signal too.
/// Whether anybody is there who could let it go on: a login shell's Ctrl-Z would hang for ever.
pub(super) fn ask_job_to_stop() -> bool {
    !is_orphaned() && rustix::process::kill_current_process_group(rustix::process::Signal::TSTP).is_ok()
}

/// Stops this process; returns when it goes on.
pub(super) fn stop_here() {
    if !is_orphaned() {
        let _ = low_level::emulate_default_handler(SIGTSTP);
    }
}

/// Whether our process group has no parent in this session outside itself (POSIX: an orphaned process
/// group), so that nobody waits for it to stop. The kernel then ignores SIGTSTP, and so do we.
fn is_orphaned() -> bool {
    let Some(own) = Kin::read("self") else { return true };
    let mut ancestor = own.parent;
    // An ancestor that can't be seen, such as one outside our container, can't let us go on.
    while let Some(kin) = Kin::read(&ancestor.to_string()) {
        if kin.session != own.session {
            return true;
        }
        if kin.group != own.group {
            return false;
        }
        // One of our own job, such as the script that started us: its parent decides.
        ancestor = kin.parent;
    }
    true
}

/// To whom a process belongs; 0 for whoever is outside our PID namespace. Not by `getsid`: a session's leader may be
/// out there, and rustix has no value for a PID of 0.
struct Kin {
    parent: u32,
    group: u32,
    session: u32,
}

impl Kin {
    /// Of this process, from its `stat` (proc(5)): fields 4 to 6. The second is a name in parentheses, of any characters.
    fn read(pid: &str) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(|field| field.parse().ok());
        Some(Self { parent: fields.next()??, group: fields.next()??, session: fields.next()?? })
    }
}
