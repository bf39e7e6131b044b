//! With other keys in config.toml no screen and no notice names one of the table's.

use super::scenes::{self, Charset, SCENES, Scene};
use crate::app::stage::Stage;
use keyfob::app::keymap::{Action, BINDINGS, Context, Keymap};
use keyfob::app::{Dialog, KeyPress};

/// Another key for every command: one that is in no sentence by chance.
pub fn keys() -> Keymap {
    let letters = ('A'..='Z').filter(|letter| *letter != 'O').chain('0'..='9');
    let presses = letters.map(|letter| vec![format!("alt-{letter}").parse().unwrap()]);
    let actions: Vec<Action> = Action::names().map(|name| Action::named(name).unwrap()).collect();
    assert!(actions.len() <= presses.clone().count());
    Keymap::with(&actions.into_iter().zip(presses).collect::<Vec<_>>()).unwrap()
}

/// Notices that come of changes, which no scene needs.
const NOTICES: &[Scene] = &[
    ("deleted", scenes::open, "d y"),
    ("undone", scenes::open, "d y u"),
    ("redone", scenes::open, "d y u ctrl-r"),
    ("edited", scenes::open, "e tab 'x' enter enter enter enter enter"),
    ("stepped back", scenes::open, "end - y"),
    ("no next code", scenes::open, "end n"),
    ("undo unsaved", scenes::not_saved, "u"),
    ("clock", |charset| scenes::checked(charset, [-4, -3]), "y"),
];

/// Keys of the table that config.toml changes and that mean nothing else here.
fn gone(stage: &Stage) -> Vec<String> {
    let mut here = [stage.model.contexts(), &[Context::Group, Context::Heading]].concat();
    here.extend(stage.model.is_helping().then_some(Context::Told));
    // What is open can be seen under its question.
    here.extend(match stage.model.open().and_then(|open| open.dialog.as_ref()) {
        Some(Dialog::Check(_)) => Some(Context::Check),
        Some(Dialog::Export(_)) => Some(Context::Export),
        Some(Dialog::Edit(_)) => Some(Context::Edit),
        _ => None,
    });
    let changed = |context: Context| matches!(context, Context::List | Context::Everywhere);
    let fixed = |press: &KeyPress| {
        let mut rows = BINDINGS.iter().filter(|row| !changed(row.context) && here.contains(&row.context));
        rows.any(|row| row.keys.contains(press))
    };
    let rows = BINDINGS.iter().filter(|row| changed(row.context) && row.action.name().is_some());
    rows.flat_map(|row| row.keys.iter())
        .filter(|press| !fixed(press))
        .map(|press| press.shown(true))
        .collect()
}

/// The sentence that names one of these keys: the key, and what it does.
fn named(screen: &str, keys: &[String]) -> Option<String> {
    let words: Vec<&str> = screen.split_whitespace().collect();
    let does = |word: &str| {
        let word = word.trim_end_matches(['.', ',', ';', ':']);
        word.ends_with('s') && word != "its" && word.chars().all(char::is_lowercase)
    };
    let pair = words.windows(2).find(|pair| keys.iter().any(|key| pair[0] == key) && does(pair[1]));
    pair.map(|pair| pair.join(" "))
}

#[test]
fn no_screen_names_a_key_that_is_not_in_force() {
    for scene in SCENES.iter().chain(NOTICES) {
        for size in [(40, 10), (100, 30), (160, 50)] {
            let stage = scenes::at(scene, Charset::Rebound, size);
            let screen = stage.screen();
            assert_eq!(named(&screen, &gone(&stage)), None, "{} {size:?}\n{screen}", scene.0);
        }
    }
}

#[test]
fn a_sentence_that_names_a_key_of_the_table_would_be_found() {
    let stage = scenes::open(Charset::Utf8);
    let gone = gone(&stage);
    for words in ["saved; u undoes it", "No devices: a adds one.", "note of 2 lines: space shows it"] {
        assert!(named(words, &gone).is_some(), "{words}");
    }
    assert_eq!(named("a device has a secret, alt-U undoes it", &gone), None);
}

/// What is not bound at all is not told of.
#[test]
fn a_command_without_a_key_is_left_out_of_sentences() {
    let none = |names: &[&str]| {
        let keys = Keymap::with(
            &names.iter().map(|name| (Action::named(name).unwrap(), vec![])).collect::<Vec<_>>(),
        );
        Stage::changed(|options| options.keys = keys.unwrap())
    };
    let mut stage = none(&["undo", "copy", "hide-codes"]);
    stage.keys("d");
    assert!(stage.shows("It stays in the history."), "{}", stage.screen());
    stage.keys("y");
    let notice = stage.model.notice().unwrap().text.clone();
    assert!(notice.ends_with(", saved"), "{notice}");
}
