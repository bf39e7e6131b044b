//! Keys that config.toml gave in place of the table's.

use super::stage::Stage;
use keyfob::app::keymap::{Action, BINDINGS, BadKeys, Binding, Context, Keymap};
use keyfob::app::{Key, KeyPress};
use std::collections::HashSet;

fn press(name: &str) -> KeyPress {
    name.parse().unwrap()
}

/// Names of actions and their keys.
type Changes = [(&'static str, &'static [&'static str])];

fn bound(changes: &Changes) -> Result<Keymap, BadKeys> {
    let one = |(name, keys): &(&str, &[&str])| {
        (Action::named(name).unwrap(), keys.iter().map(|key| press(key)).collect())
    };
    Keymap::with(&changes.iter().map(one).collect::<Vec<_>>())
}

fn stage(changes: &Changes) -> Stage {
    let keys = bound(changes).unwrap();
    Stage::changed(|options| options.keys = keys)
}

#[test]
fn another_key_works_and_the_one_before_does_not() {
    let mut stage = stage(&[("copy", &["y", "ctrl-y"])]);
    stage.keys("c enter");
    assert_eq!(stage.asked(), [""; 0]);
    stage.keys("y");
    stage.keys("ctrl-y");
    assert_eq!(stage.asked(), ["copy", "spend true", "copy", "spend true"]);
}

#[test]
fn the_last_line_and_the_help_print_what_is_in_force() {
    let mut stage = stage(&[("copy", &["y"]), ("undo", &[]), ("find", &["ctrl-f", "/"])]);
    let keys = stage.screen().lines().last().unwrap().to_owned();
    assert!(keys.contains("y copy") && keys.contains("ctrl-f find"), "{keys}");
    stage.resize(120, 60);
    stage.keys("?");
    let screen = stage.screen();
    let line = |help: &str| screen.lines().find(|line| line.contains(help)).map(str::to_owned);
    assert!(line("Copies the code; a counter").unwrap().contains(" y  "));
    assert!(line("Finds as you type").unwrap().contains("ctrl-f /"));
    assert_eq!(line("Undoes the last"), None, "what has no key is not told of");
}

#[test]
fn two_actions_may_change_places() {
    let mut stage = stage(&[("add", &["e"]), ("edit", &["a"])]);
    assert!(stage.keys("e").shows("Add a device"));
    let mut stage = self::stage(&[("first", &["0"]), ("last", &["$"])]);
    let first = stage.selected();
    assert_ne!(stage.keys("$").selected(), first);
    assert_eq!(stage.keys("0").selected(), first);
}

#[test]
fn forms_and_questions_keep_their_keys() {
    let mut stage =
        stage(&[("copy", &["y"]), ("add", &["ctrl-n"]), ("delete", &["n"]), ("copy-next", &["N"])]);
    stage.keys("n");
    assert!(stage.model.question().is_some());
    stage.keys("n");
    assert!(stage.model.question().is_none(), "n is no");
    stage.keys("v c");
    assert_eq!(stage.asked(), ["copy", "spend true"], "the check has keys of its own");
}

#[test]
fn quitting_works_by_the_keys_given_on_the_list_and_in_every_place() {
    let changes: &Changes = &[("quit", &["Q", "ctrl-q"])];
    for (keys, quits) in [("q", false), ("ctrl-c", false), ("Q", true), ("ctrl-q", true), ("a ctrl-q", true)]
    {
        assert_eq!(stage(changes).keys(keys).quit, quits, "{keys}");
    }
}

#[test]
fn what_would_leave_a_key_with_two_meanings_is_refused() {
    use Action as A;
    let cases: &[(&Changes, BadKeys)] = &[
        (&[("add", &["/"])], BadKeys::Both(A::Add, A::Find, press("/"))),
        (&[("find", &["a"])], BadKeys::Both(A::Find, A::Add, press("a"))),
        (&[("copy", &["ctrl-l"])], BadKeys::Both(A::Copy, A::Redraw, press("ctrl-l"))),
        (&[("add", &["esc"])], BadKeys::Fixed(A::Add, press("esc"))),
        (&[("redraw", &["tab"])], BadKeys::Fixed(A::Redraw, press("tab"))),
        (&[("redraw", &["r"])], BadKeys::Types(A::Redraw, press("r"))),
        (&[("suspend", &["ctrl-w"])], BadKeys::Edits(A::Suspend, press("ctrl-w"))),
        (&[("suspend", &["backspace"])], BadKeys::Edits(A::Suspend, press("backspace"))),
        (&[("quit", &[])], BadKeys::NoQuit),
        (&[("quit", &["Q"])], BadKeys::NoQuit),
    ];
    for (changes, bad) in cases {
        assert_eq!(bound(changes).map(drop), Err(*bad), "{changes:?}");
    }
}

#[test]
fn the_table_itself_is_one_that_may_be() {
    let all: Vec<_> = Action::names()
        .map(|name| {
            let action = Action::named(name).unwrap();
            (action, Keymap::default().all(action).collect())
        })
        .collect();
    let same = Keymap::with(&all).unwrap();
    for row in BINDINGS {
        let keys = same.rows(row.context).find(|other| other.action == row.action).unwrap();
        assert_eq!(keys.keys, row.keys);
    }
}

#[test]
fn every_command_has_one_name_and_nothing_else_has() {
    let names: Vec<_> = Action::names().collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    for name in &names {
        assert_eq!(Action::named(name).and_then(Action::name), Some(*name));
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
    }
    let is_command = |row: &&Binding| matches!(row.context, Context::List | Context::Everywhere);
    let commands: HashSet<_> = BINDINGS.iter().filter(is_command).map(|row| row.action).collect();
    for action in &commands {
        assert!(action.name().is_some() || *action == Action::Cancel, "{action:?} has no name");
    }
    assert!(names.iter().all(|name| commands.contains(&Action::named(name).unwrap())));
}

#[test]
fn keys_are_read_as_people_write_them() {
    for (text, key) in [
        ("a", KeyPress::plain(Key::Char('a'))),
        ("A", KeyPress::plain(Key::Char('A'))),
        ("Enter", KeyPress::plain(Key::Enter)),
        ("Ctrl-L", KeyPress::ctrl('l')),
        ("F10", KeyPress::plain(Key::F(10))),
        ("f", KeyPress::plain(Key::Char('f'))),
        ("del", KeyPress::plain(Key::Delete)),
        ("delete", KeyPress::plain(Key::Delete)),
        ("shift-tab", KeyPress::plain(Key::BackTab)),
        ("\u{2191}", KeyPress::plain(Key::Up)),
        ("space", KeyPress::plain(Key::Char(' '))),
        ("-", KeyPress::plain(Key::Char('-'))),
        ("alt-x", KeyPress { key: Key::Char('x'), ctrl: false, alt: true }),
    ] {
        assert_eq!(text.parse(), Ok(key), "{text}");
    }
    for text in ["", "foo", "ctrl-", "f13", "f0", "ctrl", "\u{7}", "ab"] {
        assert!(text.parse::<KeyPress>().is_err(), "{text:?}");
    }
}

#[test]
fn keys_that_no_terminal_sends_are_known() {
    for text in ["ctrl-i", "ctrl-m", "ctrl-j", "ctrl-h", "ctrl-[", "ctrl-1", "ctrl-enter", "alt-[", "alt-esc"]
    {
        assert!(!press(text).is_sent(), "{text}");
    }
    for text in ["a", "ctrl-a", "ctrl-space", "alt-enter", "ctrl-up", "f5", "\u{e9}", "ctrl-]", "?"] {
        assert!(press(text).is_sent(), "{text}");
    }
    for key in BINDINGS.iter().flat_map(|row| row.keys.iter()) {
        assert!(key.is_sent(), "{}", key.shown(true));
    }
}

#[test]
fn the_keys_of_headings_stay_theirs() {
    assert!(matches!(bound(&[("sort", &["left"])]), Err(BadKeys::Fixed(Action::Sort, _))));
    assert!(
        bound(&[("copy", &["enter"]), ("group", &["T"])]).is_ok(),
        "enter copies where there is no heading"
    );
    let mut stage = stage(&[("copy", &["y"]), ("group", &["T"])]);
    stage.keys("T home y");
    assert_eq!(stage.asked(), ["remember", "remember"], "copying a heading folds it");
}
