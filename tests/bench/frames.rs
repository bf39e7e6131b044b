//! Frames at 120x40: finding what changed and putting it into bytes, next to ratatui's diff, which only finds it.

use divan::{Bencher, black_box};
use keyfob::terminal::input::Parser;
use keyfob::terminal::screen::Screen;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};

const SIZE: Size = Size { width: 120, height: 40 };

fn list(selected: u16, seconds: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    buffer.set_string(90, 0, format!("{seconds:2}s"), Style::new());
    for row in 0..36 {
        let modifier = if row == selected { Modifier::REVERSED } else { Modifier::empty() };
        let text =
            format!("│ Issuer {row:<20} alice@example.org {:>24} {:03} {:03} │", "", row * 7, 999 - row * 11);
        buffer.set_string(2, 2 + row, text, Style::new().add_modifier(modifier));
    }
    buffer
}

fn frames(bencher: Bencher<'_, '_>, one: &Buffer, other: &Buffer) {
    let mut screen = Screen::new(SIZE);
    let mut turn = false;
    bencher.bench_local(|| {
        turn = !turn;
        let picture = if turn { one } else { other };
        screen.frame(|_, buffer| {
            buffer.content.clone_from(&picture.content);
            None
        })
    });
}

#[divan::bench]
fn frame_with_nothing_new(bencher: Bencher<'_, '_>) {
    frames(bencher, &list(3, 17), &list(3, 17));
}

#[divan::bench]
fn frame_with_a_new_second(bencher: Bencher<'_, '_>) {
    frames(bencher, &list(3, 17), &list(3, 16));
}

#[divan::bench]
fn frame_with_the_selection_moved(bencher: Bencher<'_, '_>) {
    frames(bencher, &list(3, 17), &list(4, 17));
}

#[divan::bench]
fn frame_all_new(bencher: Bencher<'_, '_>) {
    frames(bencher, &list(3, 17), &Buffer::empty(Rect::from(SIZE)));
}

#[divan::bench]
fn frame_diff_of_ratatui_alone(bencher: Bencher<'_, '_>) {
    let (one, other) = (list(3, 17), list(4, 17));
    bencher.bench_local(|| black_box(one.diff(&other)).len());
}

#[divan::bench]
fn input_of_a_long_paste(bencher: Bencher<'_, '_>) {
    let bytes = [b"\x1b[200~".as_slice(), &vec![b'x'; 60_000], b"\x1b[201~"].concat();
    bencher.bench_local(|| Parser::default().feed(&bytes, &mut |message| drop(black_box(message))));
}
