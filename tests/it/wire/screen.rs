//! Frames are shown to a terminal emulator: whatever was there before, it has to show just what was drawn.

use super::emulator::{difference, emulator, side};
use keyfob::terminal::screen::Screen;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

const AREA: Rect = Rect { x: 0, y: 0, width: 14, height: 5 };

/// Pieces of text at random places: letters, blanks, wide characters, and those that are joined from several.
fn piece() -> impl Strategy<Value = (u16, u16, String, Style)> {
    let text = prop_oneof![
        "[a-c ]{1,14}",
        " {1,14}",
        Just("日本語".to_owned()),
        Just("é日 x".to_owned()),
        Just("e\u{301}x".to_owned()),
        Just("▕█░▏".to_owned()),
    ];
    let colours =
        [Color::Reset, Color::Red, Color::Cyan, Color::DarkGray, Color::Indexed(200), Color::Rgb(1, 2, 3)];
    let colour = prop::sample::select(colours.to_vec());
    let modifiers = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC | Modifier::BOLD,
        Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::REVERSED | Modifier::UNDERLINED | Modifier::BOLD,
    ]);
    (0..AREA.width, 0..AREA.height, text, colour.clone(), colour, modifiers).prop_map(
        |(x, y, text, fg, bg, modifier)| {
            (x, y, text, Style::new().fg(fg).bg(bg).remove_modifier(Modifier::all()).add_modifier(modifier))
        },
    )
}

fn picture() -> impl Strategy<Value = Buffer> {
    prop::collection::vec(piece(), 0..8).prop_map(|pieces| {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, style) in pieces {
            buffer.set_string(x, y, text, style);
        }
        buffer
    })
}

fn frame(screen: &mut Screen, picture: &Buffer, cursor: Option<Position>) -> Vec<u8> {
    screen
        .frame(|_, buffer| {
            buffer.content.clone_from(&picture.content);
            cursor
        })
        .to_vec()
}

proptest! {
    #[test]
    fn every_frame_shows_just_what_was_drawn(
        pictures in prop::collection::vec((picture(), prop::option::of((0..AREA.width, 0..AREA.height))), 1..6),
    ) {
        let mut screen = Screen::new(AREA.as_size());
        let mut terminal = emulator(AREA);
        terminal.process(b"left \x1b[1;41mover\x1b[2;3H");
        for (picture, cursor) in &pictures {
            let cursor = cursor.map(|(x, y)| Position { x, y });
            terminal.process(&frame(&mut screen, picture, cursor));
            prop_assert_eq!(difference(&terminal, picture), None);
            prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
            if let Some(Position { x, y }) = cursor {
                prop_assert_eq!(terminal.screen().cursor_position(), (y, x));
            }
            prop_assert!(frame(&mut screen, picture, cursor).is_empty(), "the same again has to cost nothing");
        }
    }

    /// What a cell holds is text: no sequence of its own gets out, and none shifts what comes after it.
    #[test]
    fn no_cell_sends_a_control_character(symbol in "[\\x00-\\x1f\\x7f\u{80}-\u{9f}\u{200b}a]{1,4}") {
        let mut screen = Screen::new(AREA.as_size());
        let mut picture = Buffer::empty(AREA);
        frame(&mut screen, &picture, None);
        picture[(3, 1)].set_symbol(&symbol);
        picture[(4, 1)].set_symbol("z");
        let sent = String::from_utf8(frame(&mut screen, &picture, None)).unwrap();
        let text = sent.replace("\x1b[2;4H", "").replace("\x1b[2;5H", "");
        prop_assert!(!text.chars().any(char::is_control), "{:?}", text);
    }
}

#[test]
fn a_frame_after_something_else_was_shown_heals_all() {
    let mut screen = Screen::new(AREA.as_size());
    let mut terminal = emulator(AREA);
    let mut picture = Buffer::empty(AREA);
    picture.set_string(2, 2, "code 123 456", Style::new().red());
    terminal.process(&frame(&mut screen, &picture, Some(Position { x: 1, y: 1 })));
    terminal.process(b"\x1b[m\x1b[4;1Hwall: going down\x1b[?25h\x1b[44m");
    screen.forget();
    terminal.process(&frame(&mut screen, &picture, None));
    assert_eq!(difference(&terminal, &picture), None);
    assert!(terminal.screen().hide_cursor());
}

#[test]
fn another_size_is_drawn_anew() {
    let mut screen = Screen::new(AREA.as_size());
    let mut terminal = emulator(AREA);
    let picture = Buffer::with_lines(["abc"; 5]);
    screen.frame(|_, buffer| {
        buffer.merge(&picture);
        None
    });
    let smaller = Rect { width: 6, height: 3, ..AREA };
    terminal.screen_mut().set_size(side(smaller.height), side(smaller.width));
    screen.resize(smaller.as_size());
    let mut drawn = Buffer::empty(smaller);
    drawn.set_string(0, 2, "xyz", Style::new());
    let sent = screen.frame(|area, buffer| {
        assert_eq!(area, smaller);
        buffer.set_string(0, 2, "xyz", Style::new());
        None
    });
    terminal.process(&sent);
    assert_eq!(difference(&terminal, &drawn), None);
}

#[test]
fn what_was_drawn_is_gone_from_memory_after_a_wipe() {
    let mut screen = Screen::new(AREA.as_size());
    let picture = Buffer::with_lines(["987 654"; 5]);
    for _ in 0..2 {
        screen.frame(|_, buffer| {
            buffer.content[..35].clone_from_slice(&picture.content);
            None
        });
    }
    assert!(format!("{screen:?}").contains("987 654"), "the test has to see what it looks for");
    screen.wipe();
    assert!(!format!("{screen:?}").contains('9'));
}

#[test]
fn a_cursor_outside_is_not_shown() {
    let mut screen = Screen::new(AREA.as_size());
    let sent = frame(&mut screen, &Buffer::empty(AREA), Some(Position { x: AREA.width, y: 0 }));
    assert!(!sent.windows(6).any(|bytes| bytes == b"\x1b[?25h"));
}
