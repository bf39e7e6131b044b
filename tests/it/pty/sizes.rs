//! Any size of terminal.

use super::{shows_a_code, two, up};
use crate::harness::home::Home;
use crate::harness::pty::Pty;

/// Resizes and waits for a screen that was drawn after that.
#[track_caller]
fn at(pty: &mut Pty, (columns, rows): (u16, u16), wanted: impl Fn(&str) -> bool) {
    let written = pty.raw().len();
    pty.resize(columns, rows);
    let what = format!("screen of {columns}x{rows}");
    pty.wait_until(&what, |pty| pty.raw().len() > written && wanted(&pty.text()));
}

fn too_small(screen: &str) -> bool {
    screen.to_lowercase().contains("too small")
}

#[test]
fn every_size_is_drawn_or_called_too_small() {
    let home = Home::with_two();
    let mut pty = two(&home);
    for size in [(200, 60), (40, 10), (80, 24), (40, 60), (200, 10), (60, 24), (100, 30)] {
        at(&mut pty, size, shows_a_code);
    }
    for size in [(39, 24), (80, 24), (60, 9), (60, 10), (20, 5), (80, 24)] {
        let fits = size.0 >= 40 && size.1 >= 10;
        at(&mut pty, size, |screen| if fits { shows_a_code(screen) } else { too_small(screen) });
    }
    pty.quit();
}

#[test]
fn the_smallest_sizes_do_no_harm() {
    let home = Home::with_two();
    let mut pty = two(&home);
    for columns in [1, 2, 5, 20, 39] {
        for rows in [1, 2, 5, 9, 24] {
            pty.resize(columns, rows);
            pty.press("Down Up");
        }
    }
    at(&mut pty, (80, 24), |screen| screen.contains("alice") && shows_a_code(screen));
    pty.quit();
}

/// However it got there, the screen is that of a program which was started at this size.
#[test]
fn after_hundreds_of_sizes_the_screen_is_whole() {
    let home = Home::with_two();
    let mut fresh = up(home.screen().size(80, 24).start());
    // The last that a frame draws: the frame may come in pieces.
    fresh.wait_text("q quit");
    let mut pty = two(&home);
    for step in 0..300u16 {
        pty.resize(1 + step * 37 % 200, 1 + step * 23 % 60);
        // Now and then it gets the time to draw that.
        if step % 25 == 0 {
            at(&mut pty, (60 + step / 5, 30), shows_a_code);
        }
    }
    pty.resize(80, 24);
    let same = |pty: &Pty| pty.still() == fresh.still();
    pty.wait_until("screen of one that was started so", same);
    pty.quit();
    fresh.press("q");
    fresh.wait_exit();
}

#[test]
fn a_code_can_be_read_and_copied_at_the_smallest_size() {
    let home = Home::with_two();
    let mut pty = home.screen().size(40, 10).env("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2").start();
    pty.wait("a code", shows_a_code);
    pty.press("c");
    pty.wait_text("sent");
    pty.quit();
}
