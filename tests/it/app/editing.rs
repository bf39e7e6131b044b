//! The edit form.

use super::stage::{Stage, line};
use keyfob::app::Message;
use keyfob::clock::UnixTime;
use keyfob::text::Text;
use keyfob::vault::{Change, Edit};

/// From the issuer to the note.
const TO_NOTE: &str = "tab tab tab tab";

#[test]
fn how_codes_are_made_is_changed_only_behind_a_question_and_its_code_is_seen_before() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e");
    assert!(stage.shows("TOTP  SHA1  6 digits  30 s"), "{}", stage.screen());
    stage.keys("ctrl-o");
    assert!(stage.shows("change them only when the issuer"), "{}", stage.screen());
    stage.keys("n");
    assert!(!stage.shows("algorithm"), "{}", stage.screen());
    stage.keys("ctrl-o y ctrl-u 'sha256' tab ctrl-u '8' tab ctrl-u '60'");
    let device = stage.device("PyPI").clone();
    let method = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&algorithm=SHA256&digits=8&period=60";
    let method = keyfob::device::otpauth::parse(method).unwrap().method;
    let code = method.code_at(&device.secret, UnixTime(stage.now)).grouped();
    assert!(stage.shows(&format!("codes        {code}")), "{}", stage.screen());
    assert_eq!(stage.device("PyPI").method, device.method, "nothing is saved yet");
    stage.keys("tab enter");
    assert_eq!(stage.device("PyPI").method, method);
    assert!(stage.shows("changed PyPI:alice, saved"), "{}", stage.screen());
}

#[test]
fn a_value_that_no_code_has_is_refused_where_it_stands() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e ctrl-o y tab ctrl-u '5' tab tab enter");
    assert!(stage.shows("digits are 6 to 10"), "{}", stage.screen());
    assert!(stage.asked().is_empty());
    stage.keys("esc y e");
    assert!(!stage.shows("algorithm"), "a form opens as it did before: {}", stage.screen());
}

#[test]
fn a_counter_is_not_changed_by_editing_and_steam_has_nothing_to_change() {
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter e ctrl-o y tab ctrl-u '8'");
    assert!(!stage.shows("period") && stage.shows("its counter stays"), "{}", stage.screen());
    // Another session takes a code meanwhile.
    let id = stage.device("VPN").id;
    stage.vault.apply(&Change::Advance(id), UnixTime(stage.now)).unwrap();
    stage.keys("tab enter");
    assert_eq!(stage.device("VPN").method.counter(), Some(119));
    assert_eq!(stage.device("VPN").method.digits(), 8);
    stage.keys("esc / 'steam' enter e ctrl-o");
    assert!(stage.shows("one way only"), "{}", stage.screen());
}

#[test]
fn a_note_takes_several_lines_and_the_arrows_move_inside_it() {
    let mut stage = Stage::open();
    stage.keys(&format!("/ 'pypi' enter e {TO_NOTE} 'one' alt-enter 'three'"));
    // Up to the first line, where a second one is begun; then down and out of the field.
    stage.keys("up end alt-enter 'two' down end '!' down");
    assert!(stage.shows("[ one") && stage.shows("[ two") && stage.shows("[ three!"), "{}", stage.screen());
    stage.keys("'Issuer ' up enter");
    assert_eq!(stage.device("PyPIIssuer").note.raw(), "one\ntwo\nthree!");
    stage.keys("esc");
    for text in ["one", "two", "three!"] {
        assert!(stage.shows(text), "{}", stage.screen());
    }
}

#[test]
fn pasted_recovery_codes_keep_their_lines_and_the_cursor_stays_in_sight() {
    let mut stage = Stage::open().at_size(80, 24);
    let codes: Vec<String> = (10..30).map(|number| format!("{number}aa-bb{number}")).collect();
    stage.keys(&format!("/ 'pypi' enter e {TO_NOTE}"));
    stage.paste(&codes.join("\r\n"));
    assert!(stage.shows("29aa-bb29") && !stage.shows("10aa-bb10"), "{}", stage.screen());
    for _ in 0..19 {
        stage.keys("up");
    }
    assert!(stage.shows("10aa-bb10"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.device("PyPI").note.raw(), codes.join("\n"));
}

#[test]
fn a_note_can_be_typed_on_the_smallest_screen() {
    let mut stage = Stage::open().at_size(40, 10);
    stage.keys(&format!("/ 'pypi' enter e {TO_NOTE} 'first' alt-enter 'second' alt-enter 'third'"));
    assert!(stage.shows("third"), "{}", stage.screen());
    assert!(stage.buffer().1.is_some());
    stage.keys("enter");
    assert_eq!(stage.device("PyPI").note.raw(), "first\nsecond\nthird");
}

/// Edits a device behind the screen's back, as another session would, and tells the screen of it.
fn elsewhere(stage: &mut Stage, issuer: &str, edit: Edit) {
    let id = stage.device(issuer).id;
    stage.vault.apply(&Change::Edit { id, edit: Box::new(edit) }, UnixTime(stage.now)).unwrap();
    stage.send(Message::FileChanged);
}

#[test]
fn what_others_changed_in_other_fields_stays_unasked() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e tab ctrl-u 'bob'");
    let tags = Some(vec![line("theirs")]);
    elsewhere(&mut stage, "PyPI", Edit { tags, note: Some(line("n")), ..Edit::default() });
    stage.keys("tab tab tab enter");
    let device = stage.device("PyPI");
    assert_eq!((device.account.raw(), device.note.raw()), ("bob", "n"));
    assert_eq!(device.tags.iter().map(Text::raw).collect::<Vec<_>>(), ["theirs"]);
}

#[test]
fn what_others_changed_in_a_typed_field_is_named_before_it_is_replaced() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e ctrl-u 'Mine' tab ctrl-u 'bob'");
    let edit = Edit { issuer: Some(line("Theirs")), account: Some(line("eve")), ..Edit::default() };
    elsewhere(&mut stage, "PyPI", edit);
    stage.keys("tab tab tab enter");
    assert!(stage.shows("The issuer is Theirs by now. Replace it?"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.shows("Mine") && stage.vault.devices().any(|device| device.issuer.raw() == "Theirs"));
    stage.keys("enter y");
    assert!(stage.shows("The account is eve by now. Replace it?"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.device("Mine").account.raw(), "bob");
    assert!(stage.shows("changed Mine:bob, saved"), "{}", stage.screen());
}

#[test]
fn what_others_changed_to_the_same_is_no_question() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e tab ctrl-u 'bob'");
    elsewhere(&mut stage, "PyPI", Edit { account: Some(line("bob")), ..Edit::default() });
    stage.keys("tab tab tab enter");
    assert!(stage.model.question().is_none(), "{}", stage.screen());
    assert!(stage.shows("changed PyPI:bob, saved"), "{}", stage.screen());
}

#[test]
fn emptying_a_field_is_not_dropped_unasked() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e tab ctrl-u esc");
    assert!(stage.shows("Drop what was typed?"), "{}", stage.screen());
}

#[test]
fn esc_and_enter_in_one_packet_are_no_new_line_where_there_are_no_lines() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter / alt-enter");
    // Esc showed all again, and Enter copied.
    assert!(stage.shows("GitLab") && stage.clipboard.is_some(), "{}", stage.screen());
    stage.keys("e alt-enter");
    assert!(!stage.shows("serial"), "{}", stage.screen());
}
