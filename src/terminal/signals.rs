//! Signals, as something that the loop can wait for.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};
use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Those that end the program.
const ENDING: [i32; 4] = [SIGHUP, SIGTERM, SIGINT, SIGQUIT];
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
    use rustix::process::{Pid, getpgid, getpgrp, getppid, getsid};
    let (Ok(session), group) = (getsid(None), getpgrp()) else { return false };
    let mut ancestor = getppid();
    while let Some(pid) = ancestor {
        match (getsid(Some(pid)), getpgid(Some(pid))) {
            (Ok(its), Ok(other)) if its == session && other != group => return false,
            // One of our own job, such as the script that started us: its parent decides.
            (Ok(its), Ok(_)) if its == session => ancestor = parent(pid).and_then(Pid::from_raw),
            _ => return true,
        }
    }
    true
}

/// A process's parent, from the fourth field of its `stat`; the second is a name in parentheses, of any characters.
fn parent(pid: rustix::process::Pid) -> Option<i32> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
