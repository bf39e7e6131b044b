//! A line that is typed.

use keyfob::app::{Full, Key, KeyPress, TextField};
use proptest::prelude::*;

fn typed(journey: &str) -> TextField {
    let mut field = TextField::new(40);
    for name in journey.split(' ') {
        match name.parse::<KeyPress>() {
            Ok(press) => assert!(field.on_key(press).unwrap(), "{name}"),
            Err(_) => field.insert(name).unwrap(),
        }
    }
    field
}

#[test]
fn keys_edit_where_the_cursor_is() {
    for (journey, text) in [
        ("abc left left X", "aXbc"),
        ("abc home X", "Xabc"),
        ("abc home end X", "abcX"),
        ("abc ctrl-a delete", "bc"),
        ("abc backspace", "ab"),
        ("abc left ctrl-k", "ab"),
        ("abc ctrl-u", ""),
        ("abc space def ctrl-w", "abc "),
        ("abc space def space ctrl-w X", "abc X"),
    ] {
        assert_eq!(typed(journey).text(), text, "{journey}");
    }
}

#[test]
fn what_looks_like_one_character_is_one() {
    for whole in ["e\u{301}", "👩\u{200d}💻", "🇩🇪"] {
        let mut field = TextField::new(100);
        field.insert(&format!("a{whole}b")).unwrap();
        field.on_key(KeyPress::plain(Key::Left)).unwrap();
        field.on_key(KeyPress::plain(Key::Backspace)).unwrap();
        assert_eq!(field.text(), "ab", "{whole}");
    }
}

#[test]
fn a_paste_is_taken_whole_or_not_at_all_and_its_line_ends_are_dropped() {
    let mut field = TextField::new(6);
    field.insert("ab\r\ncd\n").unwrap();
    assert_eq!(field.text(), "abcd");
    assert_eq!(field.insert("efg"), Err(Full { limit: 6 }));
    assert_eq!(field.text(), "abcd");
}

#[test]
fn what_a_person_typed_is_not_filled_over() {
    let mut field = TextField::filled(20, "proposed");
    assert!(!field.is_edited());
    field.fill("another");
    assert_eq!(field.text(), "another");
    field.insert("!").unwrap();
    field.fill("proposed");
    assert_eq!(field.text(), "another!");
}

#[test]
fn nothing_of_it_shows_in_debug() {
    let mut field = TextField::masked(40);
    field.insert("hunter2").unwrap();
    assert!(!format!("{field:?}").contains("hunter2"));
    assert_eq!(*field.take(), "hunter2");
    assert!(field.is_empty());
}

proptest! {
    #[test]
    fn the_cursor_stands_between_characters_and_the_buffer_never_moves(
        keys in prop::collection::vec(
            prop_oneof![
                any::<char>().prop_map(|c| KeyPress::plain(Key::Char(c))),
                prop::sample::select(vec![Key::Left, Key::Right, Key::Home, Key::End, Key::Backspace, Key::Delete])
                    .prop_map(KeyPress::plain),
                prop::sample::select(vec!['w', 'k', 'a', 'e', 'h']).prop_map(KeyPress::ctrl),
            ],
            0..60,
        )
    ) {
        let mut field = TextField::new(64);
        let place = field.text().as_ptr();
        for key in keys {
            let _ = field.on_key(key);
            prop_assert!(field.text().is_char_boundary(field.cursor()));
            prop_assert_eq!(field.text().as_ptr(), place);
        }
    }
}
