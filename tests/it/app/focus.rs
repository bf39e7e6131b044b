//! What is shown while the terminal's window has not the focus.

use super::stage::{NOW, Stage, moment};
use keyfob::app::{Message, Mouse};

fn blank() -> Stage {
    let mut stage = Stage::changed(|options| options.blank_unfocused = true);
    stage.send(Message::Focus(false));
    stage
}

const CALM: &str = "hidden while you are elsewhere";

#[test]
fn without_the_focus_nothing_of_the_vault_is_seen_but_its_name() {
    for keys in ["", "a 'JBSWY3DPEHPK3PXP'", "v", "e", "d", "/ 'git'", "?", ":"] {
        for (columns, rows) in [(100, 30), (80, 24), (40, 10)] {
            let mut stage = Stage::changed(|options| options.blank_unfocused = true).at_size(columns, rows);
            stage.keys(keys);
            stage.send(Message::Focus(false));
            let screen = stage.screen();
            let words: Vec<&str> = screen.split_whitespace().filter(|word| *word != "keyfob").collect();
            assert_eq!(words.join(" "), format!("~/vault.age {CALM}"), "{keys}");
            assert_eq!(stage.buffer().1, None, "{keys}: the cursor is seen");
            stage.send(Message::Focus(true));
            assert!(!stage.shows(CALM) && stage.shows("devices"), "{keys}: {}", stage.screen());
        }
    }
}

#[test]
fn a_blank_screen_stays_the_same_while_time_goes_by() {
    let mut stage = blank();
    let before = stage.buffer();
    stage.wait(31);
    assert_eq!(stage.buffer(), before);
}

#[test]
fn without_the_setting_the_focus_makes_no_difference() {
    let mut stage = Stage::open();
    let before = stage.screen();
    stage.send(Message::Focus(false));
    assert_eq!(stage.screen(), before);
}

#[test]
fn a_key_or_a_click_brings_the_screen_back_and_does_nothing_else() {
    let press = Message::Mouse(Mouse::Press { column: 5, row: 3, at: std::time::Duration::ZERO });
    let mut stage = blank();
    stage.send(press);
    assert!(!stage.shows(CALM) && stage.asked().is_empty());
    for key in ["c", "d", "enter", "q"] {
        let mut stage = blank();
        stage.keys(key);
        assert!(!stage.shows(CALM) && stage.shows("8 devices"), "{key}");
        assert!(stage.asked().is_empty() && stage.model.question().is_none(), "{key}");
    }
    assert!(blank().keys("ctrl-c").quit, "what works everywhere works here");
}

#[test]
fn what_is_pasted_is_not_lost() {
    let mut stage = blank();
    stage.paste("otpauth://totp/New:me?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    assert!(!stage.shows(CALM) && stage.shows("Add a device"), "{}", stage.screen());
}

#[test]
fn the_screen_locks_and_the_clipboard_is_cleared_all_the_same() {
    let mut stage = Stage::changed(|options| options.blank_unfocused = true);
    stage.keys("c");
    stage.send(Message::Focus(false));
    stage.wait(31);
    assert_eq!(stage.clipboard, None);
    stage.send(Message::Tick(moment(NOW + 400, 1400)));
    assert!(stage.model.is_locked() && !stage.shows(CALM), "{}", stage.screen());
}

#[test]
fn a_locked_screen_has_nothing_to_hide() {
    let mut stage = Stage::locked();
    let before = stage.screen();
    stage.send(Message::Focus(false));
    assert_eq!(stage.screen(), before);
}
