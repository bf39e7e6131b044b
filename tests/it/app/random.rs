//! Any sequence of keys, pastes, seconds and sizes: no panic, and no secret on the screen.

use super::stage::{PASSPHRASE, Stage};
use keyfob::app::{Entry, Folder, Key, KeyPress, Message, Outcome};
use keyfob::clock::Synchronised;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Key(KeyPress),
    Paste(String),
    Wait(u64),
    Resize(u16, u16),
    FileChanged,
    Focus(bool),
    Clock(bool),
    Folder(String),
}

fn key() -> impl Strategy<Value = KeyPress> {
    let named = prop::sample::select(vec![
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::F(1),
    ]);
    prop_oneof![
        3 => named.prop_map(KeyPress::plain),
        4 => prop::char::range(' ', '~').prop_map(|c| KeyPress::plain(Key::Char(c))),
        1 => any::<char>().prop_map(|c| KeyPress::plain(Key::Char(c))),
        1 => prop::char::range('a', 'z').prop_map(KeyPress::ctrl),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => key().prop_map(Step::Key),
        1 => ".{0,30}".prop_map(Step::Paste),
        1 => Just(Step::Paste("otpauth://totp/A:b?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU".into())),
        1 => (0u64..40).prop_map(Step::Wait),
        2 => (0u16..200, 0u16..60).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => Just(Step::FileChanged),
        1 => any::<bool>().prop_map(Step::Focus),
        1 => any::<bool>().prop_map(Step::Clock),
        1 => ".{1,8}".prop_map(Step::Folder),
    ]
}

fn take(stage: &mut Stage, step: Step) {
    match step {
        Step::Key(press) => stage.send(Message::Key(press)),
        Step::Paste(text) => drop(stage.paste(&text)),
        Step::Wait(seconds) => drop(stage.wait(seconds)),
        Step::Resize(columns, rows) => stage.resize(columns, rows),
        Step::FileChanged => stage.send(Message::FileChanged),
        Step::Focus(has) => stage.send(Message::Focus(has)),
        Step::Clock(kept) => {
            stage.send(Message::Clock(if kept { Synchronised::Yes } else { Synchronised::No }));
        }
        // In the home folder, where the path of a backup is proposed.
        Step::Folder(name) => {
            let entries = vec![Entry { is_folder: name.len() % 2 == 0, name }];
            stage.answer(Outcome::Folder(Folder { path: "~/".to_owned(), entries }));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_no_secret_is_drawn(steps in prop::collection::vec(step(), 1..40), locked in any::<bool>()) {
        let mut stage = if locked { Stage::locked() } else { Stage::open() };
        if locked {
            stage.keys(&format!("'{PASSPHRASE}'"));
        }
        for step in steps {
            take(&mut stage, step);
            let screen = stage.screen();
            prop_assert!(!screen.contains(PASSPHRASE), "{}", screen);
            prop_assert!(!screen.contains("GEZDGNBVGY3TQOJQ"), "{}", screen);
        }
    }
}

#[test]
fn every_size_can_be_drawn() {
    for keys in ["", "a", "v", "x", "?", "d", "L"] {
        let mut stage = Stage::open();
        stage.keys(keys);
        for columns in (0..130).chain([200, 300]) {
            for rows in [0, 1, 2, 5, 9, 10, 11, 15, 24, 40, 60] {
                stage.resize(columns, rows);
                let screen = stage.screen();
                let small = columns < 40 || rows < 10;
                assert!(!small || !screen.contains("alice"), "{columns}x{rows}: {screen}");
                assert!(
                    !small || rows == 0 || columns < 9 || screen.contains("too small"),
                    "{columns}x{rows}: {screen}"
                );
            }
        }
    }
}
