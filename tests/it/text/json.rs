//! JSON that is harmless on a terminal.

use super::safety::nasty_text;
use super::{HOSTILE, is_forbidden};
use crate::codes::cases;
use keyfob::text::escape_json;
use proptest::{prop_assert, prop_assert_eq, proptest};
use std::borrow::Cow;

#[test]
fn hidden_characters_are_escaped() {
    for (json, escaped) in [
        ("\"plain é 漢\"", "\"plain é 漢\""),
        ("\"a\u{7f}b\"", "\"a\\u007fb\""),
        ("\"\u{9b}31m\"", "\"\\u009b31m\""),
        ("\"\u{202e}\u{200b}\u{200d}\"", "\"\\u202e\\u200b\\u200d\""),
        ("\"\u{e0041}\"", "\"\\udb40\\udc41\""),
        ("\"\u{10ffff}\"", "\"\\udbff\\udfff\""),
        ("\"e\u{301}\u{301}\u{301}\u{301}x\u{301}\"", "\"e\u{301}\u{301}\\u0301\\u0301x\u{301}\""),
        ("[\"\u{301}a\"]", "[\"\\u0301a\"]"),
        ("{\n\t\"a\": 1\r\n}", "{\n\t\"a\": 1\r\n}"),
    ] {
        assert_eq!(escape_json(json), escaped, "{json:?}");
    }
    assert!(matches!(escape_json("[\"é\"]\n"), Cow::Borrowed(_)));
}

#[test]
fn hostile_strings_mean_the_same_and_do_nothing() {
    for raw in HOSTILE {
        let json = serde_json::to_string_pretty(&serde_json::json!({ "name": raw, "list": [raw] })).unwrap();
        let escaped = escape_json(&json);
        assert!(!escaped.contains(|c| is_forbidden(c) && c != '\n'), "{escaped:?}");
        let back: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(back["name"], *raw);
        assert_eq!(back["list"][0], *raw);
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_string_comes_back(raw in nasty_text()) {
        let json = serde_json::to_string(&raw).unwrap();
        let escaped = escape_json(&json);
        prop_assert!(!escaped.contains(is_forbidden));
        prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), raw);
        prop_assert_eq!(escape_json(&escaped), escaped.clone());
    }
}
