//! What is marked, and what is left as it is.

use super::{HOSTILE, is_forbidden};
use crate::codes::{cases, samples};
use keyfob::text::{Text, ascii, safe, safe_lines, width};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{collection::vec, prop_assert, prop_assert_eq, proptest};
use std::borrow::Cow;

/// Text in which the characters that matter are frequent.
pub(super) fn nasty_text() -> impl Strategy<Value = String> {
    let hot: Vec<char> = HOSTILE.iter().flat_map(|text| text.chars()).collect();
    let base = "a1 é漢👩💻❤🏽🇩🇪\u{fe0f}\u{20e3}\u{200d}\u{300}\u{301}\u{fffd}…".chars().collect::<Vec<_>>();
    vec(prop_oneof![3 => select(base), 2 => select(hot), 1 => any::<char>()], 0..24)
        .prop_map(|characters| characters.into_iter().collect())
}

#[test]
fn harmless_text_is_borrowed_as_it_is() {
    for text in [
        "",
        "alice@example.com",
        "Café Renée",
        "日本サービス",
        "раураl",
        "a\u{a0}b\u{3000}c",
        "e\u{301}\u{323}",
        "नमस्ते",
        "한국어",
        "עברית",
        "🔐 Vault",
        "👩\u{200d}💻",
        "🧑\u{200d}🤝\u{200d}🧑",
        "❤\u{fe0f}\u{200d}🔥",
        "🏳\u{fe0f}\u{200d}🌈",
        "👩🏽\u{200d}💻",
        "1\u{fe0f}\u{20e3}",
        "🇩🇪",
        "\u{fffd}␛␡",
        "<script>alert(1)</script>&amp;",
    ] {
        assert!(matches!(safe(text), Cow::Borrowed(same) if same == text), "{text:?}: {:?}", safe(text));
    }
}

#[test]
fn each_kind_of_harm_has_its_mark() {
    for (raw, shown) in [
        ("\0\u{1}\t\n\r\u{1b}\u{1f}", "␀␁␉␊␍␛␟"),
        ("a\u{7f}b", "a␡b"),
        ("a\u{9b}b\u{85}", "a\u{fffd}b\u{fffd}"),
        ("\u{202e}abc\u{2069}", "\u{fffd}abc\u{fffd}"),
        ("a\u{200b}b\u{feff}", "a\u{fffd}b\u{fffd}"),
        ("flag\u{e0041}", "flag\u{fffd}"),
        ("\u{e0b0}\u{f8ff}", "\u{fffd}\u{fffd}"),
        ("a\u{300}\u{301}\u{302}b", "a\u{300}\u{301}\u{fffd}b"),
        ("a\u{300}\u{301}\u{302}\u{303}\u{304}b\u{300}", "a\u{300}\u{301}\u{fffd}b\u{300}"),
        ("\u{300}a", "\u{fffd}a"),
        ("\u{300}\u{301}a", "\u{fffd}\u{301}a"),
        ("👩\u{200d}", "👩\u{fffd}"),
        ("👩\u{200d}a", "👩\u{fffd}a"),
        ("a\u{200d}👩", "a\u{fffd}👩"),
        ("👩\u{200d}\u{200d}💻", "👩\u{fffd}\u{fffd}💻"),
        ("a\u{fe0f}", "a\u{fffd}"),
        ("👩\u{fe0f}\u{fe0f}", "👩\u{fe0f}\u{fffd}"),
        ("a\u{ad}b\u{2028}c", "a\u{fffd}b\u{fffd}c"),
    ] {
        assert_eq!(safe(raw), shown, "{raw:?}");
    }
}

#[test]
fn hostile_strings_are_shown_and_do_nothing() {
    for raw in HOSTILE {
        let shown = safe(raw);
        assert_ne!(shown, *raw, "{raw:?}");
        assert!(!shown.contains(is_forbidden), "{raw:?}: {shown:?}");
        assert!(width(&shown) > 0);
        assert_eq!(Text::line(raw).unwrap().to_string(), safe(raw.trim()));
    }
}

#[test]
fn the_lines_of_a_note_stay_lines() {
    let lines: Vec<_> = safe_lines("one\r\ntwo\u{1b}[2J\n\nfo\rur\n").collect();
    assert_eq!(lines, ["one", "two␛[2J", "", "fo␍ur"]);
    assert_eq!(safe_lines("").count(), 0);
}

#[test]
fn ascii_says_what_it_can() {
    for (raw, shown) in [
        ("plain ~ text!", "plain ~ text!"),
        ("cut…", "cut~"),
        ("“a” – ‘b’ — c", "\"a\" - 'b' - c"),
        ("Café → 漢字", "Caf? > ??"),
        ("e\u{301}", "e"),
        ("\u{1b}[31m", "?[31m"),
        ("a\u{a0}b·c", "a b*c"),
        ("👩\u{200d}💻", "??"),
    ] {
        assert_eq!(ascii(raw), shown, "{raw:?}");
    }
}

#[test]
fn hostile_names_of_the_samples_are_harmless() {
    let Some(cases) = samples::json("bad/cases.json") else { return };
    let names = cases.as_array().unwrap().iter().filter(|case| case["expect"] == "sanitise");
    let mut checked = 0;
    for entry in names.filter_map(|case| case["entries"].as_array()).flatten() {
        for name in [&entry["issuer"], &entry["account"]].into_iter().filter_map(|name| name.as_str()) {
            assert!(!Text::line(name).unwrap().to_string().contains(is_forbidden), "{name:?}");
            checked += 1;
        }
    }
    assert!(checked > 0);
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn nothing_forbidden_is_left_and_safe_is_safe(raw in nasty_text()) {
        let shown = safe(&raw);
        prop_assert!(!shown.contains(is_forbidden), "{:?}", shown);
        prop_assert_eq!(safe(&shown), shown.clone());
        prop_assert!(matches!(safe(&shown), Cow::Borrowed(_)));
    }

    #[test]
    fn a_joiner_is_left_between_emoji_alone(raw in nasty_text()) {
        let shown: Vec<char> = safe(&raw).chars().collect();
        let is_emoji = |c: Option<&char>| {
            c.is_some_and(|c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'))
        };
        for (index, _) in shown.iter().enumerate().filter(|(_, c)| **c == '\u{200d}') {
            prop_assert!(index > 0 && is_emoji(shown.get(index - 1)) && is_emoji(shown.get(index + 1)));
        }
    }

    #[test]
    fn no_more_than_two_marks_stand_on_a_character(count in 0usize..40, base in select(vec!['a', '漢', '\u{fffd}'])) {
        let raw: String = std::iter::once(base).chain((0..count).map(|_| '\u{301}')).collect();
        let shown = safe(&raw).into_owned();
        prop_assert_eq!(shown.chars().filter(|c| *c == '\u{301}').count(), count.min(2));
        prop_assert_eq!(shown.ends_with('\u{fffd}'), count > 2 || (count == 0 && base == '\u{fffd}'));
    }

    #[test]
    fn the_width_is_that_of_the_parts_whatever_stands_before(raw in nasty_text()) {
        // A safe text neither leans on what is drawn before it nor is nothing to see.
        let shown = safe(&raw);
        prop_assert_eq!(width(&format!("x{shown}")), width(&shown) + 1);
        prop_assert_eq!(width(&shown) == 0, raw.is_empty());
    }

    #[test]
    fn ascii_is_ascii_and_no_wider(raw in nasty_text()) {
        let shown = ascii(&raw);
        prop_assert!(shown.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{:?}", shown);
        prop_assert!(shown.len() <= safe(&raw).chars().count());
    }
}
