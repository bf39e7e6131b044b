//! The table of keys.

use super::stage::Stage;
use keyfob::app::KeyPress;
use keyfob::app::keymap::{BINDINGS, Context, Needs};
use std::collections::HashSet;

#[test]
fn no_key_means_two_things_in_one_place() {
    let mut seen: HashSet<(Context, KeyPress)> = HashSet::new();
    for row in BINDINGS {
        for key in row.keys.iter() {
            assert!(seen.insert((row.context, *key)), "{:?} {}", row.context, key.shown(true));
            let everywhere =
                row.context != Context::Everywhere && seen.contains(&(Context::Everywhere, *key));
            assert!(!everywhere, "{} works everywhere already", key.shown(true));
        }
    }
}

#[test]
fn the_letters_of_the_enrolment_check_are_none_of_the_forms() {
    let of =
        |context| BINDINGS.iter().filter(move |row| row.context == context).flat_map(|row| row.keys.iter());
    let form: HashSet<_> = of(Context::Form).collect();
    for extra in [Context::Check, Context::Export] {
        assert!(of(extra).all(|key| !form.contains(key)));
    }
}

#[test]
fn every_sentence_is_one_and_every_key_can_be_written_and_read() {
    for row in BINDINGS {
        assert!(row.help.is_empty() || row.help.ends_with('.'), "{}", row.help);
        assert!(!row.help.contains(". "), "{}", row.help);
        for key in row.keys.iter() {
            assert!(key.shown(false).is_ascii());
            let read: Result<KeyPress, _> = key.shown(false).replace("shift-tab", "backtab").parse();
            assert!(read == Ok(*key) || key.shown(false) == "del", "{}", key.shown(false));
        }
    }
}

#[test]
fn the_help_prints_the_table_as_far_as_it_works_now() {
    let sentences = |stage: &mut Stage| {
        stage.resize(90, 80);
        stage.keys("?");
        let rows = BINDINGS.iter().filter(|row| row.context == Context::List && !row.help.is_empty());
        rows.map(|row| (row.needs, stage.shows(row.help))).collect::<Vec<_>>()
    };
    for (needs, shown) in sentences(&mut Stage::open()) {
        assert_eq!(shown, !matches!(needs, Needs::Unsaved | Needs::Narrow), "{needs:?}");
    }
    for (needs, shown) in sentences(&mut Stage::changed(|options| options.read_only = true)) {
        assert!(!shown || needs != Needs::Writing, "{needs:?}");
    }
    for (needs, shown) in sentences(&mut Stage::changed(|options| options.demo = true)) {
        assert!(!shown || needs != Needs::File, "{needs:?}");
    }
}
