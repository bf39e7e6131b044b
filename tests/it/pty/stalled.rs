//! A terminal that takes little or nothing: nothing is queued for it but what the system itself holds.

use super::two;
use crate::harness::escapes::clipboard;
use crate::harness::home::Home;
use crate::harness::pty::{Pace, Pty};

/// Presses keys one by one, each when the program has read those before.
fn press_each(pty: &mut Pty, keys: &[&str], times: usize) {
    for _ in 0..times {
        for key in keys {
            pty.press(key);
            pty.wait_taken();
        }
    }
}

#[test]
fn only_the_newest_frame_comes_after_a_stall() {
    let home = Home::with_two();
    let mut pty = home.screen().env("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2").start();
    pty.wait("list of both devices", |screen| screen.contains("alice") && screen.contains("bob"));
    // What a key costs when the terminal takes all.
    let start = pty.raw().len();
    for key in ["Down", "Up", "Down", "Up"] {
        pty.press_and_see(key);
    }
    let each = (pty.raw().len() - start) / 4;
    // What copying and finding need at their first use is there before what is held is measured.
    press_each(&mut pty, &["c", "/", "b", "Esc"], 1);
    pty.wait_text("alice");
    let (before, held) = (pty.raw().len(), pty.resident());
    pty.set_pace(Pace::Stalled);
    // However many keys a busy machine makes one frame of: from here on nothing gets through.
    while !pty.is_full() {
        press_each(&mut pty, &["Ctrl-l"], 1);
    }
    press_each(&mut pty, &["Down", "Up"], 250);
    // Now, since it can take minutes until the terminal has the text.
    let codes = || ["alice", "bob"].iter().flat_map(|account| home.codes(account)).collect::<Vec<_>>();
    let mut known = codes();
    press_each(&mut pty, &["c"], 100);
    known.extend(codes());
    press_each(&mut pty, &["/", "b", "o", "x", "Backspace", "b"], 1);
    // Far under what a screen kept for each key would need: 600 of 24 x 80 cells, each of some words, are 20 MiB.
    let now = pty.resident();
    assert!(now < held + 4096, "{held} KiB before the stall, {now} KiB after it");
    pty.set_pace(Pace::Slow(400));
    pty.wait("what was typed last", |screen| screen.contains("/ bob") && screen.contains("1 of 2"));
    pty.set_pace(Pace::Free);
    assert!(!pty.text().contains("alice"), "{}", pty.text());
    // 500 keys' frames and more were due. What came is what the system held, and one whole screen at most.
    let came = pty.raw().len() - before;
    assert!(came < 500 * each / 2, "{came} bytes, with {each} for a key");
    let sent = clipboard(pty.raw());
    assert!(sent.last().is_some_and(|text| known.contains(text)), "{sent:?} {known:?}");
    assert!(sent.len() < 20, "{} texts for the clipboard came after the stall", sent.len());
    pty.press("Esc");
    pty.wait_text("alice");
    pty.quit();
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_it_from_ending() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.set_pace(Pace::Stalled);
    press_each(&mut pty, &["Down", "Up"], 250);
    let pid = u32::try_from(pty.pid()).unwrap();
    pty.signal(rustix::process::Signal::TERM);
    crate::harness::eventually("end of keyfob", || !crate::harness::is_alive(pid));
    assert_eq!(home.accounts(), ["alice", "bob"]);
}
