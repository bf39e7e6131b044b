//! The real program in a real terminal.

mod changes;
mod clipboard;
mod importing;
mod mouse;
mod random;
mod secrets;
mod sharing;
mod signals;
mod sizes;
mod stalled;
mod start;

use crate::harness::home::Home;
use crate::harness::pty::Pty;

/// A screen that is up and shows `AWS:alice` and `GitHub:bob`.
#[track_caller]
fn two(home: &Home) -> Pty {
    up(home.screen().start())
}

/// Waits until both devices are there.
#[track_caller]
fn up(mut pty: Pty) -> Pty {
    pty.wait("list of both devices", |screen| screen.contains("alice") && screen.contains("bob"));
    pty
}

/// Whether the first line says that so many devices are there and all is on disk.
fn holds(devices: usize) -> impl Fn(&str) -> bool {
    move |screen| {
        let first = screen.lines().next().unwrap_or_default();
        let plural = if devices == 1 { "" } else { "s" };
        first.contains(&format!(" {devices} device{plural} "))
            && first.contains("saved")
            && !first.contains("not saved")
    }
}

/// Whether a code stands on the screen: three digits, a gap, three digits.
fn shows_a_code(screen: &str) -> bool {
    screen.as_bytes().windows(7).any(|seen| {
        seen.iter().enumerate().all(|(at, byte)| if at == 3 { *byte == b' ' } else { byte.is_ascii_digit() })
    })
}
