//! Faults of our own: whatever panics, the terminal is given back, and nobody's secrets are in the last words.
//!
//! The test runs itself again in a pseudoterminal, as a program with a full screen and a clock or a disk
//! that panics.

use keyfob::app::keymap::Keymap;
use keyfob::app::{Appearance, Looks, Moment, Options, Start};
use keyfob::clock::{Clock, UnixTime};
use keyfob::terminal::clipboard::Choice;
use keyfob::terminal::{LEAVE, Setup, TerminalError, run};
use keyfob::vault::Store;
use keyfob::vault::disk::MemoryDisk;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const CHILD: &str = "KEYFOB_TEST_FAULT";
const SECRET: &str = "hunter2 in a panic's message";

/// A clock that panics when it is looked at for the so-manieth time, or in another thread than it was made in;
/// or that lets a thread panic which nobody waits for, as the clipboard's.
struct Faulty {
    looks_left: AtomicU32,
    thread: Option<std::thread::ThreadId>,
    elsewhere: bool,
}

impl Clock for Faulty {
    fn now(&self) -> UnixTime {
        let left = self.looks_left.fetch_sub(1, Ordering::Relaxed);
        if self.elsewhere {
            let thread = (left == 1).then(|| std::thread::spawn(|| panic!("{SECRET}")));
            assert!(thread.is_none_or(|thread| thread.join().is_err()));
        } else {
            assert!(left > 0, "{SECRET}");
        }
        assert!(self.thread.is_none_or(|own| own == std::thread::current().id()), "{SECRET}");
        UnixTime(1_900_000_000)
    }

    fn until_next_second(&self) -> Duration {
        Duration::from_millis(20)
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
}

fn setup(clock: Faulty) -> Setup {
    Setup {
        #[cfg(feature = "aws")]
        sessions: None,
        clock: Arc::new(clock),
        store: Store::on(Arc::new(MemoryDisk::default()), "/vault.age".into()),
        session: None,
        state: None,
        identity_files: Vec::new(),
        clipboard: Choice::Auto,
        options: Options {
            vault_shown: "vault.age".into(),
            start: Start::FirstRun,
            demo: false,
            aws: true,
            read_only: false,
            appearance: Appearance { colour: true, unicode: true },
            looks: Looks::default(),
            keys: Keymap::default(),
            hide_codes: false,
            blank_unfocused: false,
            clear_clipboard: Duration::from_secs(30),
            idle_lock: Duration::from_secs(300),
            remembered: keyfob::state::Remembered::default(),
            rollback: None,
            time_zone: jiff::tz::TimeZone::UTC,
            size: (80, 24),
            moment: Moment::default(),
        },
    }
}

/// The program that is at fault; in an ordinary test run there is nothing to do for it.
#[test]
fn the_one_at_fault() {
    let clock = match std::env::var(CHILD).as_deref() {
        Ok("loop") => Faulty { looks_left: 20.into(), thread: None, elsewhere: false },
        Ok("worker") => {
            let own = std::thread::current().id();
            Faulty { looks_left: u32::MAX.into(), thread: Some(own), elsewhere: false }
        }
        Ok("elsewhere") => Faulty { looks_left: 20.into(), thread: None, elsewhere: true },
        _ => return,
    };
    keyfob::terminal::harden();
    let error = run(setup(clock)).unwrap_err();
    assert!(matches!(error, TerminalError::WorkerGone));
}

/// What the program at fault writes, after these keys, and whether the terminal's modes are as before.
fn last_words(fault: &str, keys: &[&str]) -> (String, bool) {
    let size = PtySize { rows: 24, cols: 80, ..PtySize::default() };
    let pty = native_pty_system().openpty(size).unwrap();
    let before = format!("{:?}", pty.master.get_termios().unwrap());
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["wire::faults::the_one_at_fault", "--exact", "--nocapture"]);
    command.env(CHILD, fault);
    command.env("TERM", "xterm-256color");
    let mut child = pty.slave.spawn_command(command).unwrap();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut writer = pty.master.take_writer().unwrap();
    let keys: Vec<_> = keys.iter().map(|keys| (*keys).to_owned()).collect();
    let reading = std::thread::spawn(move || {
        let (mut written, mut keys, mut piece) = (Vec::new(), keys.iter(), [0; 4096]);
        // Each frame that ends is answered with the next keys. With its last slave the terminal ends.
        while let Ok(read @ 1..) = reader.read(&mut piece) {
            written.extend_from_slice(&piece[..read]);
            if written.ends_with(b"\x1b[?2026l")
                && let Some(next) = keys.next()
            {
                writer.write_all(next.as_bytes()).unwrap();
            }
        }
        String::from_utf8_lossy(&written).into_owned()
    });
    child.wait().unwrap();
    let after = format!("{:?}", pty.master.get_termios().unwrap());
    drop(pty.slave);
    (reading.join().unwrap(), before == after)
}

fn check(fault: &str, keys: &[&str]) {
    let (written, same_modes) = last_words(fault, keys);
    let leave = String::from_utf8_lossy(LEAVE);
    let (before, after) = written.split_once(&*leave).unwrap_or_else(|| panic!("it never left: {written:?}"));
    assert!(before.contains("\x1b[?1049h") && same_modes);
    assert!(after.contains("keyfob: a fault in keyfob"), "{after:?}");
    assert!(!after.contains(&*leave) && !after.contains('\x1b'), "left twice: {after:?}");
    assert!(!written.contains("hunter2"), "{after:?}");
}

#[test]
fn a_panic_in_the_loop_gives_the_terminal_back() {
    check("loop", &[]);
}

#[test]
fn a_panic_in_the_worker_gives_the_terminal_back() {
    check("worker", &["\r", "a passphrase of some length\ta passphrase of some length\r"]);
}

#[test]
fn a_panic_in_any_other_thread_ends_it_too() {
    check("elsewhere", &[]);
}
