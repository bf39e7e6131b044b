//! The real program in a real terminal of 120x40: from its start to the list, from a key to its frame, and what it
//! does while nobody types (`cargo bench idle`). Its vault costs next to nothing to open (scrypt 2^10), so that what is
//! measured is ours.

use divan::Bencher;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const KEYFOB: &str = env!("CARGO_BIN_EXE_keyfob");
const SIZES: [usize; 3] = [10, 1000, 10_000];

/// A home with a vault of so many devices, made once a run.
struct Home(tempfile::TempDir);

fn home(devices: usize) -> &'static Home {
    static HOMES: [OnceLock<Home>; 3] = [const { OnceLock::new() }; 3];
    let at = SIZES.iter().position(|size| *size == devices).unwrap();
    HOMES[at].get_or_init(|| Home::with(devices))
}

impl Home {
    fn with(devices: usize) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::write(home.path("passphrase"), "correct horse battery staple 9\n").unwrap();
        // It is to be measured with its list up, however long that takes.
        let config = home.path(".config/keyfob/config.toml");
        std::fs::create_dir_all(config.parent().unwrap()).unwrap();
        std::fs::write(config, "idle_lock = 0\n").unwrap();
        let uri = |number: usize| {
            let secret =
                keyfob::otp::Secret::from_bytes(format!("sixteen bytes {number:05}").as_bytes()).unwrap();
            format!(
                "otpauth://totp/Issuer%20{number}:user{number}?secret={}&issuer=Issuer%20{number}\n",
                *secret.to_base32()
            )
        };
        std::fs::write(home.path("uris.txt"), (1..=devices).map(uri).collect::<Vec<_>>().concat()).unwrap();
        home.run(&["init", "--work-factor", "10"]);
        home.run(&["import", home.path("uris.txt").to_str().unwrap()]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn options(&self) -> Vec<String> {
        let file = |name: &str| self.path(name).display().to_string();
        ["--vault".into(), file("vault.age"), "--passphrase-file".into(), file("passphrase")].into()
    }

    fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(KEYFOB);
        command.env_clear().env("HOME", self.0.path()).args(self.options()).args(arguments);
        assert!(command.stdout(Stdio::null()).status().unwrap().success());
    }
}

/// The program with its list up. Ended when this is dropped.
struct Terminal {
    reader: Box<dyn Read + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(home: &Home) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(KEYFOB);
        command.env_clear();
        command.env("HOME", home.0.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.args(home.options());
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let mut terminal = Self { reader, keyboard, child, _master: pair.master };
        // Modes first, then the first frame, which is announced as one.
        terminal.read_until(b"\x1b[?2026l");
        terminal
    }

    /// Reads until a frame's end has come; how many bytes that were.
    fn read_until(&mut self, end: &[u8]) -> usize {
        let mut all = Vec::new();
        let mut buffer = [0; 8192];
        while !all.windows(end.len()).any(|window| window == end) {
            let read = self.reader.read(&mut buffer).unwrap();
            assert!(read > 0, "the program ended");
            all.extend_from_slice(&buffer[..read]);
        }
        all.len()
    }

    fn press(&mut self, key: &[u8]) -> usize {
        self.keyboard.write_all(key).unwrap();
        self.keyboard.flush().unwrap();
        // A frame is one write.
        self.reader.read(&mut [0; 8192]).unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn terminal_start_to_list(bencher: Bencher<'_, '_>, devices: usize) {
    let home = home(devices);
    bencher.bench_local(|| Terminal::start(home));
}

#[divan::bench(args = SIZES, sample_count = 50, sample_size = 1)]
fn terminal_arrow_key_to_frame(bencher: Bencher<'_, '_>, devices: usize) {
    let mut terminal = Terminal::start(home(devices));
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        terminal.press(if down { b"\x1b[B" } else { b"\x1b[A" })
    });
}

/// What `/proc` says of a process: wake-ups, milliseconds of processor time, KiB of memory, open files.
fn of_process(pid: u32) -> [u64; 4] {
    let of = Path::new("/proc").join(pid.to_string());
    let read = |name: &str| std::fs::read_to_string(of.join(name)).unwrap();
    let within = |name: &str| std::fs::read_dir(of.join(name)).unwrap().flatten();
    let number = |text: &str, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0)
    };
    let text =
        |task: &std::fs::DirEntry, name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
    let switches = |task| number(&text(&task, "status"), "voluntary_ctxt_switches:");
    let nanoseconds =
        |task| text(&task, "schedstat").split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or(0);
    let spent: u64 = within("task").map(nanoseconds).sum();
    let memory = number(&read("status"), "VmRSS:");
    [within("task").map(switches).sum(), spent / 1_000_000, memory, within("fd").count() as u64]
}

/// Lets it run for so many seconds while nobody types, with each number of devices at once, and prints what that costs.
#[allow(clippy::print_stdout)] // a measurement, printed
pub fn idle(seconds: u64) {
    println!("devices  bytes/s  writes/s  wake-ups/s  CPU ms/min  KiB first, last  open files first, last");
    let measured = SIZES.map(|devices| std::thread::spawn(move || idle_with(devices, seconds)));
    for line in measured {
        println!("{}", line.join().unwrap());
    }
}

#[allow(clippy::disallowed_methods)] // it measures time
fn idle_with(devices: usize, seconds: u64) -> String {
    let mut terminal = Terminal::start(home(devices));
    let pid = terminal.child.process_id().unwrap();
    let mut buffer = [0; 8192];
    // What the first second needs is there before the first look.
    assert!(terminal.reader.read(&mut buffer).unwrap() > 0, "the program ended");
    let [wakeups, spent, memory, files] = of_process(pid);
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut bytes, mut writes) = (0, 0);
    // The countdown wakes this once a second, too.
    while Instant::now() < until {
        bytes += terminal.reader.read(&mut buffer).unwrap() as u64;
        writes += 1;
    }
    let [wakeups_after, spent_after, memory_after, files_after] = of_process(pid);
    let tenths = |count: u64| format!("{}.{}", count / seconds, count % seconds * 10 / seconds);
    format!(
        "{devices:7}  {:>7}  {:>8}  {:>10}  {:>10}  {memory:>8}, {memory_after:>5}  {files:>17}, {files_after:>4}",
        tenths(bytes),
        tenths(writes),
        tenths(wakeups_after - wakeups),
        (spent_after - spent) * 60 / seconds,
    )
}
