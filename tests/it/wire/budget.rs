//! What typical frames cost, in bytes: over SSH each is a packet.

use crate::app::stage::{Stage, add, empty};
use keyfob::terminal::screen::Screen;
use keyfob::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::{Modifier, Style};

const SIZE: Size = Size { width: 120, height: 40 };

/// A list of 30 devices at the left, one of them selected, and a countdown at the top right.
fn draw(buffer: &mut Buffer, selected: u16, seconds: u16) {
    buffer.set_string(1, 0, "keyfob  ~/vault.age", Style::new().bold());
    buffer.set_string(90, 0, format!("{seconds:2}s "), Style::new());
    let bar: String = (0..30).map(|cell| if cell < seconds { '█' } else { '░' }).collect();
    buffer.set_string(94, 0, bar, Style::new().cyan());
    for y in 2..38 {
        buffer.set_string(0, y, "│", Style::new().dim());
        buffer.set_string(60, y, "││", Style::new().dim());
        buffer.set_string(119, y, "│", Style::new().dim());
    }
    for row in 0..30 {
        let style =
            if row == selected { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        buffer.set_string(
            2,
            3 + row,
            format!("{:<22}{:<24}", format!("Issuer {row}"), "alice@example"),
            style,
        );
        buffer.set_string(48, 3 + row, format!("{:03} {:03}", 100 + row * 7, 900 - row * 11), style.bold());
    }
}

fn costs(screen: &mut Screen, selected: u16, seconds: u16) -> usize {
    screen
        .frame(|_, buffer| {
            draw(buffer, selected, seconds);
            None
        })
        .len()
}

#[test]
fn the_first_frame_is_no_larger_than_what_is_on_it_and_a_little() {
    let cost = costs(&mut Screen::new(SIZE), 0, 30);
    assert!(cost < 5_000, "{cost} bytes");
}

#[test]
fn a_second_costs_a_cell_and_its_address() {
    let mut screen = Screen::new(SIZE);
    costs(&mut screen, 0, 30);
    for seconds in (0..30).rev() {
        let cost = costs(&mut screen, 0, seconds);
        assert!(cost <= 25, "{cost} bytes at {seconds} s");
    }
}

#[test]
fn moving_the_selection_costs_two_rows() {
    let mut screen = Screen::new(SIZE);
    costs(&mut screen, 0, 30);
    let cost = costs(&mut screen, 1, 30);
    assert!(cost <= 200, "{cost} bytes");
}

#[test]
fn nothing_costs_nothing() {
    let mut screen = Screen::new(SIZE);
    costs(&mut screen, 0, 30);
    assert_eq!(costs(&mut screen, 0, 30), 0);
}

#[test]
fn an_emptied_row_is_erased_not_overwritten() {
    let mut screen = Screen::new(SIZE);
    screen.frame(|_, buffer| {
        buffer.set_string(0, 7, "x".repeat(120), Style::new());
        None
    });
    assert_eq!(screen.frame(|_, _| None).as_slice(), b"\x1b[8H\x1b[K");
}

#[test]
fn only_frames_that_may_be_cut_are_announced() {
    let mut screen = Screen::new(SIZE);
    let first = screen.frame(|_, buffer| {
        draw(buffer, 0, 30);
        None
    });
    assert!(first.starts_with(b"\x1b[?2026h") && first.ends_with(b"\x1b[?2026l"));
    let second = screen.frame(|_, buffer| {
        draw(buffer, 0, 29);
        None
    });
    assert!(!second.windows(7).any(|bytes| bytes == b"\x1b[?2026"));
}

/// Byte by byte, so that a change of the writer shows what it does: from one address, in the shortest steps.
#[test]
fn the_shortest_way_is_taken() {
    let mut screen = Screen::new(Size::new(40, 10));
    let mut steps = |cells: &[(u16, u16)]| {
        screen.frame(|_, _| None);
        let sent = screen.frame(|_, buffer| {
            for &at in cells {
                buffer[at].set_symbol("x");
            }
            None
        });
        String::from_utf8(sent.to_vec()).unwrap()
    };
    assert_eq!(steps(&[(0, 0)]).trim_start_matches("\x1b[?25l\x1b[m"), "\x1b[Hx");
    assert_eq!(steps(&[(3, 2), (4, 2)]), "\x1b[3;4Hxx");
    assert_eq!(steps(&[(3, 2), (5, 2)]), "\x1b[3;4Hx x");
    assert_eq!(steps(&[(3, 2), (9, 2)]), "\x1b[3;4Hx\x1b[5Cx");
    assert_eq!(steps(&[(3, 2), (0, 3)]), "\x1b[3;4Hx\n\rx");
    assert_eq!(steps(&[(3, 2), (3, 3)]), "\x1b[3;4Hx\n\x1b[Dx");
    assert_eq!(steps(&[(3, 2), (4, 3), (5, 4)]), "\x1b[3;4Hx\nx\nx");
    assert_eq!(steps(&[(39, 2), (0, 3)]), "\x1b[3;40Hx\x1b[4Hx");
}

/// Forty devices with the common period.
fn forty() -> Stage {
    let mut vault = empty();
    for at in 0..40u8 {
        let secret =
            keyfob::otp::Secret::from_bytes(&[b"sixteen bytes ok", [at].as_slice()].concat()).unwrap();
        let secret = secret.to_base32();
        let uri = format!("otpauth://totp/Issuer%20{at}:alice@example.org?secret={}", *secret);
        add(&mut vault, &uri, |_| ());
    }
    Stage::of(vault).at_size(SIZE.width, SIZE.height)
}

/// What the real screen costs now.
fn frame(screen: &mut Screen, stage: &Stage) -> Vec<u8> {
    screen.frame(|area, buffer| view::draw(&stage.model, area, buffer)).to_vec()
}

#[test]
fn the_real_screen_keeps_to_its_budget() {
    let (mut stage, mut screen) = (forty(), Screen::new(SIZE));
    let first = frame(&mut screen, &stage).len();
    assert!(first < 5_000, "{first} bytes for the first frame");
    assert!(frame(&mut screen, &stage).is_empty());
    let mut seconds = Vec::new();
    for _ in 0..60 {
        stage.wait(1);
        seconds.push(frame(&mut screen, &stage).len());
    }
    seconds.sort_unstable();
    assert!(seconds[30] <= 30, "{seconds:?} bytes a second");
    let mut keys = Vec::new();
    for _ in 0..30 {
        stage.keys("down");
        keys.push(frame(&mut screen, &stage).len());
    }
    keys.sort_unstable();
    assert!(keys[15] <= 320 && keys[29] <= 400, "{keys:?} bytes for an arrow key with the details open");
}

/// What is in a frame for nothing: a pen or a place that is given up before anything is drawn with it, or the
/// announcement of a frame that arrives in one piece anyway.
fn waste(frame: &[u8]) -> Option<&'static str> {
    let announced = frame.starts_with(b"\x1b[?2026h");
    let body = frame.len() - if announced { 16 } else { 0 };
    if announced != (body > 256) {
        return Some("announced though short, or not though long");
    }
    let mut last = None;
    let mut rest = frame;
    while let Some((&byte, after)) = rest.split_first() {
        if byte != 0x1b {
            (last, rest) = (None, after);
            continue;
        }
        let end = rest.iter().skip(2).position(|byte| (0x40..=0x7e).contains(byte)).unwrap() + 3;
        let (sequence, after) = rest.split_at(end);
        match (last, sequence[end - 1]) {
            (Some(b'm'), b'm') => return Some("two pens and nothing between"),
            (Some(b'H' | b'C'), b'H' | b'C') => return Some("two places and nothing between"),
            (_, kind) => (last, rest) = (Some(kind), after),
        }
    }
    None
}

#[test]
fn no_frame_says_anything_for_nothing() {
    let (mut stage, mut screen) = (forty(), Screen::new(SIZE));
    // The first one makes everything certain, the pen too.
    frame(&mut screen, &stage);
    let journey =
        ["down", "down", "c", "n", "space", "space", "/", "'3'", "'1'", "esc", "a", "'krsx'", "esc", "y"];
    for keys in
        journey.into_iter().chain(["v", "'123'", "tab", "esc", "y", "x", "tab", "'abc'", "esc", "y", "?"])
    {
        stage.keys(keys);
        for wait in 0..8 {
            let frame = frame(&mut screen, &stage);
            assert_eq!(waste(&frame), None, "{keys}: {:?}", String::from_utf8_lossy(&frame));
            stage.wait(wait);
        }
    }
}
