//! A program in a terminal: what it draws, what it is sent, and what it leaves behind.
#![allow(clippy::disallowed_methods)] // deadlines: how long a test waits before it gives up, never what it measures

use super::escapes::left_set;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Written into the terminal from our side after the program's last word, so that the reader knows that
/// it has seen everything.
const END: &[u8] = b"\x1b]7777;end\x07";

/// How to start a program.
#[derive(Clone)]
pub struct Start {
    command: CommandBuilder,
    size: PtySize,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With an exit code.
    Code(u32),
    /// By a signal, as the system calls it: `Terminated`, `Hangup`, `Killed`.
    Signal(String),
}

enum Event {
    Output(Vec<u8>),
    /// The reader has seen [`END`] and let go of the terminal.
    Read,
    Ended(Exit),
}

/// How fast a terminal takes what is written to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At once.
    Free,
    /// So many bytes in a tenth of a second.
    Slow(usize),
    /// Not at all.
    Stalled,
}

type Tap = Arc<(Mutex<Flow>, Condvar)>;

/// The pace, and whether the reader stands still by it: a read that waited already is made by then.
struct Flow {
    pace: Pace,
    stands: bool,
}

/// A program in a terminal. It is killed when this is dropped.
pub struct Pty {
    tap: Tap,
    open: Option<Open>,
    events: Receiver<Event>,
    emulator: vt100::Parser,
    raw: Vec<u8>,
    before: String,
    pid: Pid,
    /// Whether the reader still runs.
    reading: bool,
    exit: Option<Exit>,
}

/// Our side of the terminal. Dropping it is what a lost connection does.
struct Open {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    /// The program's side, held open so that the terminal's settings can be read when the program is gone.
    slave: File,
}

impl Start {
    /// A program in an empty environment and a terminal of 100 columns and 30 rows.
    pub fn new(program: &Path) -> Self {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        Self { command, size: size(100, 30) }
    }

    /// Arguments.
    pub fn args<S: AsRef<std::ffi::OsStr>>(mut self, arguments: &[S]) -> Self {
        self.command.args(arguments);
        self
    }

    /// A variable of its environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The terminal's size.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = size(columns, rows);
        self
    }

    /// Starts it.
    pub fn start(self) -> Pty {
        let pair = native_pty_system().openpty(self.size).unwrap();
        let slave = open_terminal(&pair.master.tty_name().unwrap());
        let before = settings(&slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let mut child = pair.slave.spawn_command(self.command).unwrap();
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let (sender, events) = channel();
        let ended = sender.clone();
        let tap = Tap::new((Mutex::new(Flow { pace: Pace::Free, stands: false }), Condvar::new()));
        let held = Arc::clone(&tap);
        std::thread::spawn(move || read_all(&mut reader, &held, &sender));
        std::thread::spawn(move || ended.send(Event::Ended(wait(child.as_mut()))));
        let emulator = emulator(self.size.cols, self.size.rows);
        let open = Some(Open { master: pair.master, keyboard, slave });
        Pty { tap, open, events, emulator, raw: Vec::new(), before, pid, reading: true, exit: None }
    }
}

impl Pty {
    /// The screen as text, each row without the spaces at its end.
    pub fn text(&self) -> String {
        let columns = self.emulator.screen().size().1.get();
        let rows: Vec<String> =
            self.emulator.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// The program's process id.
    pub fn pid(&self) -> i32 {
        self.pid.as_raw_pid()
    }

    /// Every byte that the program wrote.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits until the screen is as wanted; `what` says in words what that is.
    #[track_caller]
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.wait_until(what, |pty| wanted(&pty.text()));
    }

    /// Waits until the screen or what was written so far is as wanted.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !wanted(self) {
            if self.exit.is_none() {
                assert!(self.next_event(deadline), "no {what}; the screen:\n{}", self.text());
                continue;
            }
            self.read_to_end();
            assert!(wanted(self), "{:?} before {what}; the screen:\n{}", self.exit, self.text());
        }
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn wait_text(&mut self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| screen.contains(text));
    }

    /// Presses keys, and again whenever the screen has changed, until it is as wanted: for forms, where
    /// Enter goes on to the next field or submits.
    #[track_caller]
    pub fn press_until(&mut self, keys: &str, what: &str, wanted: impl Fn(&str) -> bool) {
        loop {
            let before = self.text();
            self.press(keys);
            self.wait(what, |screen| wanted(screen) || words(screen) != words(&before));
            if wanted(&self.text()) {
                return;
            }
        }
    }

    /// Presses keys and waits until that shows, whatever it is; the clock does not count.
    #[track_caller]
    pub fn press_and_see(&mut self, keys: &str) {
        let before = words(&self.text());
        self.press(keys);
        self.wait(&format!("answer to {keys}"), |screen| words(screen) != before);
    }

    /// Presses keys by their names, with spaces between: `a Tab Ctrl-u Down Enter Esc`.
    /// Whoever sends Esc must see what it does before the next key: Esc and a letter are Alt and that letter.
    pub fn press(&mut self, keys: &str) {
        let bytes: Vec<u8> = keys.split(' ').flat_map(key).collect();
        self.send(&bytes);
    }

    /// Types a text, as one who types fast.
    pub fn type_text(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Pastes a text, as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let keyboard = &mut self.open.as_mut().unwrap().keyboard;
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.open.as_ref().unwrap().master.resize(size(columns, rows)).unwrap();
        self.emulator
            .screen_mut()
            .set_size(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
    }

    /// Takes what the program writes at another pace from now on. A read that waits already is still made.
    pub fn set_pace(&self, pace: Pace) {
        self.tap.0.lock().unwrap().pace = pace;
        self.tap.1.notify_all();
    }

    /// Waits until the program has read all keys.
    #[track_caller]
    pub fn wait_taken(&self) {
        let slave = &self.open.as_ref().unwrap().slave;
        super::eventually("all keys read", || rustix::io::ioctl_fionread(slave).unwrap() == 0);
    }

    /// Whether nothing that the program writes gets anywhere until the pace is another one: nobody reads, and the system
    /// holds as much as it takes.
    pub fn is_full(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let stands = self.tap.0.lock().unwrap().stands;
        // While it writes there seems to be no room, either.
        let rests = super::state_of(u32::try_from(self.pid()).unwrap()) == Some('S');
        if !stands || !rests {
            return false;
        }
        let mut slave = [PollFd::new(&self.open.as_ref().unwrap().slave, PollFlags::OUT)];
        poll(&mut slave, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).unwrap() == 0
    }

    /// The memory that the program holds, in KiB.
    pub fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// What is on the screen without what time changes: its first line, digits small and big, the notice, `fresh`.
    pub fn still(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let (above, below) = lines.split_at(lines.len().saturating_sub(2));
        let kept = above.concat().replace("fresh", "") + below.last().unwrap_or(&"");
        let of_the_clock = |c: &char| c.is_ascii_digit() || matches!(c, '█' | '▀' | '▄' | '▌' | ' ' | '!');
        kept.chars().filter(|c| !of_the_clock(c)).collect()
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid, signal).unwrap();
    }

    /// Closes the terminal under the program, as a lost connection does.
    pub fn hang_up(&mut self) {
        self.read_to_end();
        let open = self.open.take().unwrap();
        // Without an end-of-file character portable-pty types none of its own when it lets go.
        let mut settings = tcgetattr(&open.slave).unwrap();
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&open.slave, OptionalActions::Now, &settings).unwrap();
    }

    /// Waits for the program's end, and for its last word where the terminal still stands.
    #[track_caller]
    pub fn wait_exit(&mut self) -> Exit {
        let deadline = Instant::now() + PATIENCE;
        while self.exit.is_none() {
            assert!(self.next_event(deadline), "it does not end; the screen:\n{}", self.text());
        }
        self.read_to_end();
        self.exit.clone().unwrap()
    }

    /// In words, how the terminal is not as the program found it.
    pub fn not_restored(&self) -> Vec<String> {
        let mut left = left_set(&self.raw);
        let now = settings(&self.open.as_ref().unwrap().slave);
        left.extend((now != self.before).then(|| format!("settings {now}, before {}", self.before)));
        left.extend(self.emulator.screen().alternate_screen().then(|| "alternate screen".to_owned()));
        left
    }

    /// Insists that the terminal is as the program found it.
    #[track_caller]
    pub fn assert_restored(&self) {
        let left = self.not_restored();
        assert!(left.is_empty(), "left in the terminal: {left:?}");
    }

    /// Ends the program with `q` and insists that it goes well.
    #[track_caller]
    pub fn quit(mut self) -> Vec<u8> {
        self.press("q");
        assert_eq!(self.wait_exit(), Exit::Code(0), "the screen:\n{}", self.text());
        self.assert_restored();
        std::mem::take(&mut self.raw)
    }

    /// Takes in one event; whether there was one before the deadline.
    fn next_event(&mut self, deadline: Instant) -> bool {
        match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Event::Output(bytes)) => {
                self.emulator.process(&bytes);
                self.raw.extend(bytes);
            }
            Ok(Event::Ended(exit)) => self.exit = Some(exit),
            Ok(Event::Read) => self.reading = false,
            Err(_) => return false,
        }
        true
    }

    /// Takes in all that was written up to now, and ends the reader.
    fn read_to_end(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        if let Some(open) = self.open.as_mut().filter(|_| self.reading) {
            open.slave.write_all(END).unwrap();
        }
        while self.reading {
            assert!(self.next_event(deadline), "the terminal's reader does not end");
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.set_pace(Pace::Free);
        if self.exit.is_none() {
            let _ = rustix::process::kill_process(self.pid, Signal::KILL);
        }
        // Its home is taken away next: nobody may be writing there any more.
        let deadline = Instant::now() + PATIENCE;
        while self.exit.is_none() && self.next_event(deadline) {}
    }
}

/// A screen without what the clock changes: its first line, and all digits.
fn words(screen: &str) -> String {
    let below = screen.split_once('\n').map_or("", |(_, below)| below);
    below.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Opens a terminal, but not as our own.
fn open_terminal(path: &Path) -> File {
    use rustix::fs::{Mode, OFlags, open};
    open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap().into()
}

fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 0)
}

/// The terminal's settings (termios), comparable.
fn settings(terminal: &File) -> String {
    let Termios { input_modes, output_modes, control_modes, local_modes, special_codes, .. } =
        tcgetattr(terminal).unwrap();
    format!("{input_modes:?} {output_modes:?} {control_modes:?} {local_modes:?} {special_codes:?}")
}

fn wait(child: &mut (dyn Child + Send + Sync)) -> Exit {
    let status = child.wait().unwrap();
    status.signal().map_or(Exit::Code(status.exit_code()), |name| Exit::Signal(name.to_owned()))
}

/// How many bytes may be read now; waits until some may.
fn allowed((flow, changed): &(Mutex<Flow>, Condvar)) -> usize {
    let mut flow = flow.lock().unwrap();
    loop {
        flow.stands = flow.pace == Pace::Stalled;
        match flow.pace {
            Pace::Free => return 4096,
            Pace::Slow(bytes) => {
                // Woken before the time is up, it looks again.
                let (now, waited) = changed.wait_timeout(flow, Duration::from_millis(100)).unwrap();
                if waited.timed_out() {
                    return bytes;
                }
                flow = now;
            }
            Pace::Stalled => flow = changed.wait(flow).unwrap(),
        }
    }
}

/// Passes on all that is read, up to [`END`].
fn read_all(reader: &mut dyn Read, tap: &(Mutex<Flow>, Condvar), sender: &Sender<Event>) {
    let mut held = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut buffer[..allowed(tap)]) {
        held.extend_from_slice(&buffer[..count]);
        if let Some(end) = held.windows(END.len()).position(|window| window == END) {
            let _ = sender.send(Event::Output(held[..end].to_vec()));
            break;
        }
        // What may be the start of the mark waits for its rest.
        let doubtful = (0..END.len()).rev().find(|n| held.ends_with(&END[..*n])).unwrap_or(0);
        let rest = held.split_off(held.len() - doubtful);
        if sender.send(Event::Output(std::mem::replace(&mut held, rest))).is_err() {
            break;
        }
    }
    let _ = sender.send(Event::Read);
}

/// The bytes that a terminal sends for a key.
fn key(name: &str) -> Vec<u8> {
    let named: &[u8] = match name {
        "Enter" => b"\r",
        "Esc" => b"\x1b",
        "Tab" => b"\t",
        "Shift-Tab" => b"\x1b[Z",
        "Space" => b" ",
        "Backspace" => b"\x7f",
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "Right" => b"\x1b[C",
        "Left" => b"\x1b[D",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "PgUp" => b"\x1b[5~",
        "PgDn" => b"\x1b[6~",
        _ => match name.strip_prefix("Ctrl-").map(str::as_bytes) {
            Some([letter]) => return vec![letter & 0x1f],
            _ if name.chars().count() == 1 => name.as_bytes(),
            _ => panic!("no key is called {name:?}"),
        },
    };
    named.to_vec()
}
