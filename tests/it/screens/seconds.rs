//! What changes from one second to the next, and what a glance has to tell.

use crate::app::stage::{Stage, add, empty};
use ratatui::style::{Color, Modifier};

/// The cells that differ, as column, row and what stands there then.
fn changed(stage: &mut Stage, seconds: u64) -> Vec<(u16, u16, String)> {
    let (before, _) = stage.buffer();
    stage.wait(seconds);
    let (after, _) = stage.buffer();
    before.diff(&after).into_iter().map(|(x, y, cell)| (x, y, cell.symbol().to_owned())).collect()
}

#[test]
fn in_an_ordinary_second_only_the_countdown_changes() {
    let mut vault = empty();
    for (at, name) in ["One", "Two", "Three"].into_iter().enumerate() {
        let secret = format!("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ{}", ["Q", "R", "S"][at]);
        add(&mut vault, &format!("otpauth://totp/{name}:x?secret={secret}&issuer={name}"), |_| ());
    }
    let mut stage = Stage::of(vault).at_size(120, 40);
    for _ in 0..10 {
        let cells = changed(&mut stage, 1);
        assert!((3..=5).contains(&cells.len()), "{cells:?}");
        let bar = cells.iter().filter(|(_, _, symbol)| symbol == "░").count();
        assert_eq!(bar, 1, "{cells:?}");
        let of_a_countdown = |symbol: &str| symbol == "░" || symbol == " " || symbol.parse::<u8>().is_ok();
        assert!(cells.iter().all(|(_, _, symbol)| of_a_countdown(symbol)), "{cells:?}");
    }
}

#[test]
fn locked_only_the_first_line_moves() {
    let mut stage = Stage::locked();
    assert!(changed(&mut stage, 1).iter().all(|(_, y, _)| *y == 0));
}

#[test]
fn the_last_seconds_are_marked_and_not_only_by_colour() {
    let mut stage = Stage::open();
    assert!(!stage.screen().contains('!'));
    stage.wait(12);
    let screen = stage.screen();
    let marked = |line: &&str| line.contains("444 041") && line.contains('!');
    assert_eq!(screen.lines().filter(marked).count(), 1, "{screen}");
    let (buffer, _) = stage.buffer();
    let row: Vec<_> = buffer.content().chunks(100).nth(2).unwrap().iter().take(60).collect();
    assert!(row.iter().any(|cell| cell.symbol() == "4" && cell.fg == Color::Yellow));
}

#[test]
fn the_selection_shows_by_a_sign_and_by_weight() {
    let mut stage = Stage::open();
    stage.keys("down");
    let (buffer, _) = stage.buffer();
    let rows: Vec<_> = buffer.content().chunks(100).skip(2).take(8).collect();
    for (at, row) in rows.iter().enumerate() {
        let sign = row.iter().take(60).any(|cell| cell.symbol() == "▌");
        let bold = row.iter().take(50).any(|cell| cell.modifier.contains(Modifier::BOLD));
        assert_eq!((sign, bold), (at == 1, at == 1), "row {at}");
    }
}

#[test]
fn a_code_that_was_copied_is_told_apart_until_the_next_one() {
    let mut stage = Stage::open();
    stage.keys("c");
    assert!(stage.shows("fresh in 17 s"), "{}", stage.screen());
    stage.wait(17);
    assert!(!stage.shows("fresh in"), "{}", stage.screen());
}

#[test]
fn ten_thousand_devices_are_listed_narrowed_and_drawn() {
    let mut vault = empty();
    for at in 0..10_000u32 {
        let secret =
            keyfob::otp::Secret::from_bytes(&[&b"sixteen bytes "[..], &at.to_be_bytes()].concat()).unwrap();
        let uri = format!("otpauth://totp/Issuer{at}:user?secret={}&issuer=Issuer{at}", *secret.to_base32());
        add(&mut vault, &uri, |_| ());
    }
    let mut stage = Stage::of(vault);
    stage.keys("/ '9999'");
    assert!(stage.shows("1 of 10000") && stage.shows("Issuer9999"), "{}", stage.screen());
    stage.keys("esc end");
    assert_eq!(stage.selected(), "Issuer9999:user");
}
