//! The help, which is there in every place and loses nothing of it.

use super::stage::{PASSPHRASE, Stage};

/// A stage, the keys that lead to a place on it, what the help tells there, and what the place itself shows.
type Place = (fn() -> Stage, &'static str, &'static str, &'static str);

#[test]
fn it_tells_the_keys_of_any_place_and_closes_back_to_it() {
    let places: [Place; 9] = [
        (Stage::open, "", "Copies the code", "enter copy"),
        (Stage::open, "/ 'pyp'", "narrowed", "1 of 8"),
        (Stage::open, "a 'JBSW'", "Goes to the next field", "JBSW"),
        (Stage::open, "v '12'", "Shows the pair of now", "12"),
        (Stage::open, "x tab 'abc'", "ctrl-r", "•••"),
        (Stage::open, "d", "Yes.", "Delete Amazon"),
        (Stage::open, ":", "as its key would", "Commands"),
        (Stage::locked, "'abc'", "Unlocks the vault", "•••"),
        (Stage::first_run, "", "Goes on to the passphrase", "Welcome"),
    ];
    for (stage, keys, told, there) in places {
        let mut stage = stage();
        stage.keys(keys);
        let before = stage.screen();
        assert!(before.contains(there), "{keys}: {before}");
        stage.keys("f1");
        assert!(stage.shows(told) && stage.shows("In every place"), "{keys}: {}", stage.screen());
        // Keys that would do something there do nothing now.
        stage.keys("'xay' tab backspace down up f1");
        assert_eq!(stage.screen(), before, "{keys}");
    }
}

#[test]
fn only_what_works_here_is_told() {
    let mut stage = Stage::open();
    stage.keys("v f1");
    assert!(!stage.shows("Copies the code;") && !stage.shows("our clock"), "{}", stage.screen());
    stage.keys("f1 esc /").keys("f1");
    assert!(!stage.shows("Deletes a device"), "{}", stage.screen());
}

#[test]
fn every_way_of_closing_closes_it() {
    for key in ["esc", "q", "?", "f1", "enter"] {
        let mut stage = Stage::open();
        stage.keys("?").keys(key);
        assert!(stage.shows("enter copy") && !stage.quit, "{key}: {}", stage.screen());
    }
}

#[test]
fn on_the_smallest_screen_every_sentence_can_be_scrolled_to_and_none_is_cut() {
    use keyfob::app::keymap::{BINDINGS, Context, Needs};
    let mut stage = Stage::open().at_size(40, 10);
    stage.keys("?");
    let sentence = |line: &str| line.chars().skip(17).collect::<String>().trim().to_owned();
    let first = stage.screen().lines().skip(2).take(5).map(sentence).collect::<Vec<_>>();
    let mut words = format!("{} ", first.join(" "));
    for _ in 0..120 {
        let screen = stage.screen();
        // Only what is not seen yet: the last row.
        words.push_str(&sentence(screen.lines().nth(7).unwrap_or_default()));
        words.push(' ');
        stage.keys("down");
    }
    assert!(!stage.shows("…") && !stage.shows("more"), "{}", stage.screen());
    let here = |needs| !matches!(needs, Needs::Unsaved);
    let rows = BINDINGS.iter().filter(|row| row.context == Context::List && here(row.needs));
    let told: Vec<&str> = words.split_whitespace().collect();
    let told = told.join(" ");
    for help in rows.map(|row| row.help).filter(|help| !help.is_empty()) {
        assert!(told.contains(help), "{help}: {told}");
    }
    stage.keys("up");
    assert!(stage.shows("1 more"), "a key at the end is not lost: {}", stage.screen());
}

#[test]
fn the_wheel_scrolls_it_and_a_lock_closes_it() {
    use keyfob::app::{Message, Mouse};
    let mut stage = Stage::open().at_size(80, 24);
    stage.keys("?");
    let top = stage.screen();
    stage.send(Message::Mouse(Mouse::WheelDown));
    assert_ne!(stage.screen(), top);
    stage.send(Message::Mouse(Mouse::WheelUp));
    assert_eq!(stage.screen(), top);
    stage.wait(301);
    assert!(!stage.shows("Moves up and down") && stage.shows("passphrase"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("8 devices"), "{}", stage.screen());
}

#[test]
fn the_key_that_the_first_run_teaches_works_at_once() {
    let mut stage = Stage::first_run();
    stage.keys("enter 'vi8 kettle pond 77' tab 'vi8 kettle pond 77' enter");
    for key in ["enter  copies", "a      adds", "?      shows all keys", "x      makes"] {
        assert!(stage.shows(key), "{}", stage.screen());
    }
    stage.keys("?");
    assert!(stage.shows("Adds the first device."), "{}", stage.screen());
    stage.keys("? a");
    assert!(stage.shows("Add a device"), "{}", stage.screen());
}
