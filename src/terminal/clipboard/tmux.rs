//! What tmux does with clipboards (3.3: `set-clipboard` and `allow-passthrough`).

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use zeroize::Zeroizing;

/// How long tmux gets to answer. It is a local socket.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 300_000_000 };
/// Longer answers are none that we asked for.
const LONGEST: usize = 64 << 10;

/// The settings that let OSC 52 through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `set-clipboard on`: tmux takes what programs send, and sends it on.
    pub clipboard: bool,
    /// `allow-passthrough on` or `all`: tmux sends on what is wrapped.
    pub passthrough: bool,
}

impl Settings {
    /// Asks tmux. Whatever it does not say is taken as off.
    pub fn ask() -> Self {
        let value = |name| answer(&["show", "-gv", name]).unwrap_or_default();
        let passthrough = value("allow-passthrough");
        Self {
            clipboard: value("set-clipboard").trim() == "on",
            passthrough: matches!(passthrough.trim(), "on" | "all"),
        }
    }
}

/// What takes a code's place: tmux passes no empty text on.
pub(super) const BLANK: &str = " ";
/// The buffer by which that is done, for a moment.
const OURS: &str = "keyfob";

/// Takes a text off where `set-clipboard on` brought it: out of tmux's buffers, and off the clipboards of the
/// terminals that show this session.
pub(super) fn forget(text: &str) {
    let names = answer(&["list-buffers", "-F", "#{buffer_name}"]).unwrap_or_default();
    // The newest come first; what is ours is among them.
    for name in names.lines().take(8) {
        if answer(&["show-buffer", "-b", name]).is_some_and(|held| [text, BLANK].contains(&held.as_str())) {
            answer(&["delete-buffer", "-b", name]);
        }
    }
    let pane = std::env::var("TMUX_PANE").unwrap_or_default();
    let terminals = answer(&["list-clients", "-t", &pane, "-F", "#{client_name}"]).unwrap_or_default();
    for terminal in terminals.lines() {
        answer(&["set-buffer", "-w", "-t", terminal, "-b", OURS, BLANK]);
    }
    answer(&["delete-buffer", "-b", OURS]);
}

fn answer(arguments: &[&str]) -> Option<Zeroizing<String>> {
    let tmux = Command::new("tmux")
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    in_time(tmux)
}

/// What the child prints, if it ends well in time.
fn in_time(mut child: Child) -> Option<Zeroizing<String>> {
    let printed = child.stdout.take().and_then(read_in_time);
    if printed.is_none() {
        let _ = child.kill();
    }
    let ended_well = child.wait().is_ok_and(|status| status.success());
    printed.filter(|_| ended_well)
}

fn read_in_time(mut pipe: std::process::ChildStdout) -> Option<Zeroizing<String>> {
    let mut printed = Zeroizing::new(Vec::new());
    let mut piece = Zeroizing::new([0; 1024]);
    while printed.len() < LONGEST {
        if !poll(&mut [PollFd::new(&pipe, PollFlags::IN)], Some(&PATIENCE)).is_ok_and(|ready| ready > 0) {
            return None;
        }
        match pipe.read(&mut *piece).ok()? {
            0 => return std::str::from_utf8(&printed).ok().map(|text| Zeroizing::new(text.into())),
            read => printed.extend_from_slice(piece.get(..read)?),
        }
    }
    None
}
