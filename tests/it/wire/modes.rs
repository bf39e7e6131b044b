//! Entering and leaving: a recorded stream, and what a terminal looks like after it.

use super::emulator::emulator;
use keyfob::terminal::screen::Screen;
use keyfob::terminal::{ENTER, LEAVE};
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

fn session() -> Vec<u8> {
    let mut screen = Screen::new(Size::new(80, 24));
    let frame = screen.frame(|_, buffer| {
        buffer.set_string(0, 0, "code 123 456", Style::new().red().on_blue().bold());
        None
    });
    [ENTER, &frame].concat()
}

#[test]
fn the_terminal_is_as_it_was_before() {
    let mut terminal = emulator(Rect::new(0, 0, 80, 24));
    terminal.process(b"$ keyfob\r\n");
    let before = terminal.screen().clone();
    terminal.process(&session());
    assert!(terminal.screen().alternate_screen() && terminal.screen().hide_cursor());
    assert!(terminal.screen().bracketed_paste());
    terminal.process(LEAVE);
    let after = terminal.screen();
    assert!(!after.alternate_screen() && !after.hide_cursor() && !after.bracketed_paste());
    assert_eq!(after.contents_formatted(), before.contents_formatted());
    assert_eq!(after.cursor_position(), before.cursor_position());
    assert_eq!(after.fgcolor(), vt100::Color::Default);
    assert!(!after.bold());
}

#[test]
fn every_mode_that_is_set_is_taken_back() {
    let modes = |bytes: &[u8], end: char| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let mut modes: Vec<_> = text
            .split("\x1b[?")
            .skip(1)
            .filter_map(|rest| rest.split_once(end))
            .map(|(number, _)| number.to_owned())
            .filter(|number| number.chars().all(|letter| letter.is_ascii_digit()))
            .collect();
        modes.sort();
        modes
    };
    // Mode 25 is the cursor: it is on where the others are off.
    let set = modes(ENTER, 'h');
    let reset = modes(LEAVE, 'l');
    assert!(set.iter().all(|mode| reset.contains(mode)), "{set:?} {reset:?}");
    assert_eq!(modes(ENTER, 'l'), ["25"]);
    assert_eq!(modes(LEAVE, 'h'), ["25"]);
}

/// A terminal may have stalled in the middle of anything: leaving works from there too.
#[test]
fn leaving_works_from_the_middle_of_a_frame() {
    let session = session();
    for cut in ENTER.len()..session.len() {
        let mut terminal = emulator(Rect::new(0, 0, 80, 24));
        terminal.process(session.get(..cut).unwrap());
        terminal.process(LEAVE);
        let screen = terminal.screen();
        assert!(
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(),
            "cut at {cut}"
        );
        assert_eq!(screen.bgcolor(), vt100::Color::Default, "cut at {cut}");
    }
}
