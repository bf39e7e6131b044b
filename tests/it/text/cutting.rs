//! Widths, and cutting to them.

use super::safety::nasty_text;
use crate::codes::cases;
use keyfob::text::{Kept, cut_end, cut_middle, safe, width};
use proptest::{prop_assert, prop_assert_eq, proptest};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn widths_are_cells() {
    for (text, cells) in [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u{301}", 1),
        ("日本", 4),
        ("👩\u{200d}💻", 2),
        ("🇩🇪", 2),
        ("…", 1),
        ("␛", 1),
        ("\u{fffd}", 1),
    ] {
        assert_eq!(width(text), cells, "{text:?}");
    }
}

#[test]
fn a_text_is_cut_at_its_end() {
    for (text, cells, cut) in [
        ("alice", 5, "alice"),
        ("alice", 4, "ali…"),
        ("alice", 1, "…"),
        ("alice", 0, ""),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 2, "…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ("a👩\u{200d}💻b", 3, "a…"),
        ("a👩\u{200d}💻bc", 4, "a👩\u{200d}💻…"),
    ] {
        assert_eq!(cut_end(text, cells), cut, "{text:?} to {cells}");
    }
}

#[test]
fn a_text_is_cut_in_its_middle() {
    for (text, cells, cut) in [
        ("/home/alice/vault.age", 21, "/home/alice/vault.age"),
        ("/home/alice/vault.age", 11, "/home…t.age"),
        ("/home/alice/vault.age", 10, "/home….age"),
        ("abc", 2, "a…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("日本語日本語", 7, "日…語"),
    ] {
        assert_eq!(cut_middle(text, cells), cut, "{text:?} to {cells}");
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_cut_text_is_never_too_wide_and_made_of_whole_graphemes(raw in nasty_text(), cells in 0usize..30) {
        let text = safe(&raw);
        let graphemes: Vec<&str> = text.graphemes(true).collect();
        for cut in [cut_end(&text, cells), cut_middle(&text, cells)] {
            prop_assert!(width(&cut) <= cells, "{:?} is over {}", cut, cells);
            if width(&text) <= cells {
                prop_assert!(matches!(&cut, Cow::Borrowed(same) if *same == text));
                continue;
            }
            prop_assert_eq!(cut.is_empty(), cells == 0);
            let Some((head, tail)) = (0..=cut.len())
                .filter_map(|at| cut.split_at_checked(at))
                .filter_map(|(head, rest)| Some((head, rest.strip_prefix('…')?)))
                .find(|(head, tail)| text.starts_with(head) && text.ends_with(tail))
            else {
                prop_assert!(cells == 0);
                continue;
            };
            let whole = |part: &str| part.graphemes(true).count();
            prop_assert_eq!(graphemes[..whole(head)].concat(), head);
            prop_assert_eq!(graphemes[graphemes.len() - whole(tail)..].concat(), tail);
        }
    }

    #[test]
    fn what_is_cut_fills_the_room_but_for_half_a_wide_character(text in "[a-z漢字é]{1,40}", cells in 3usize..30) {
        let whole = width(&text);
        prop_assert!(width(&cut_end(&text, cells)) + 1 >= cells.min(whole));
        prop_assert!(width(&cut_middle(&text, cells)) + 2 >= cells.min(whole));
    }
}

/// A text with what [`Kept`] leaves of it.
fn kept(text: &str, cells: usize, part: std::ops::Range<usize>) -> String {
    let kept = Kept::of(text, cells, part);
    let before = if kept.head.start > 0 { "…" } else { "" };
    let gap = if kept.is_cut() { "…" } else { "" };
    format!("{before}{}{gap}{}", &text[kept.head.clone()], &text[kept.tail.clone()])
}

#[test]
fn the_part_that_matters_is_kept() {
    let text = "alice.prod@example.org";
    for (cells, part, wanted) in [
        (22, 6..10, "alice.prod@example.org"),
        (12, 0..0, "alice.…e.org"),
        (12, 0..3, "alice.…e.org"),
        (12, 20..22, "alice.…e.org"),
        (12, 6..10, "alice.prod@…"),
        (12, 12..14, "…example.org"),
        (8, 6..10, "…prod@e…"),
        (8, 5..18, "…xample…"),
        (1, 6..10, "…"),
        (0, 6..10, ""),
    ] {
        assert_eq!(kept(text, cells, part.clone()), wanted, "{cells} {part:?}");
    }
    assert_eq!(kept("日本日本", 5, 0..0), "日…本");
}

proptest! {
    #[test]
    fn what_is_kept_is_no_wider_than_the_room(text in nasty_text(), cells in 0usize..40, start in 0usize..40, len in 0usize..20) {
        let text = safe(&text);
        let place = |at: usize| text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
        let shown = kept(&text, cells, place(start)..place(start + len));
        prop_assert!(width(&shown) <= cells, "{:?}", shown);
        prop_assert!(width(&text) > cells || shown == text);
    }
}
