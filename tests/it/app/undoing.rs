//! Taking changes back and making them again.

use super::stage::{Disk, Stage, line};
use keyfob::clock::UnixTime;
use keyfob::device::Device;
use keyfob::vault::{Change, Edit};
use proptest::prelude::*;

/// The devices without the time of their last change: undoing is a change, too.
fn devices(stage: &Stage) -> Vec<Device> {
    let timeless = |device: &Device| Device { modified: UnixTime(0), ..device.clone() };
    stage.vault.devices().map(timeless).collect()
}

#[test]
fn every_change_is_undone_and_redone_and_said() {
    for (keys, undone, redone) in [
        ("/ 'pypi' enter * esc", "PyPI:alice is as it was", "PyPI:alice is changed again"),
        ("/ 'pypi' enter d y esc", "PyPI:alice is back", "PyPI:alice is gone"),
        ("/ 'vpn' enter enter esc", "VPN:alice is at counter 118", "VPN:alice is at counter 119"),
        ("/ 'vpn' enter - y esc", "VPN:alice is at counter 118", "VPN:alice is at counter 117"),
        ("/ 'pypi' enter e 'X' tab tab tab tab enter esc", "is as it was", "is changed again"),
    ] {
        let mut stage = Stage::open();
        let before = devices(&stage);
        stage.keys(keys);
        let after = devices(&stage);
        assert_ne!(before, after, "{keys}");
        stage.keys("u");
        assert_eq!(devices(&stage), before, "{keys}");
        assert!(stage.shows(undone) && stage.shows("ctrl-r redoes it"), "{}", stage.screen());
        stage.keys("ctrl-r");
        assert_eq!(devices(&stage), after, "{keys}");
        assert!(stage.shows(redone) && stage.shows("u undoes it"), "{}", stage.screen());
    }
}

#[test]
fn a_device_that_was_added_goes_and_comes_back_as_the_same_one() {
    let mut stage = Stage::open();
    stage.paste("otpauth://totp/Pasted:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Pasted");
    stage.keys("enter esc");
    let added = stage.device("Pasted").clone();
    stage.keys("u");
    assert!(stage.shows("Pasted:carol is gone"), "{}", stage.screen());
    stage.keys("ctrl-r");
    assert_eq!(*stage.device("Pasted"), added);
    assert_eq!(stage.selected(), "Pasted:carol");
}

#[test]
fn a_new_change_leaves_nothing_to_redo() {
    let mut stage = Stage::open();
    stage.keys("* u s *");
    stage.keys("ctrl-r");
    assert!(stage.shows("nothing to redo"), "{}", stage.screen());
}

#[test]
fn undoing_waits_for_what_is_being_saved_and_takes_that_back() {
    let mut stage = Stage::open();
    let before = devices(&stage);
    stage.disk = Disk::Away;
    stage.keys("d y u");
    stage.release();
    assert_eq!(devices(&stage), before);
}

#[test]
fn undoing_is_refused_while_something_is_not_saved() {
    let mut stage = Stage::open();
    stage.keys("*");
    stage.disk = Disk::Full;
    stage.keys("d y u");
    assert!(stage.shows("that comes first; R tries again"), "{}", stage.screen());
    stage.disk = Disk::Works;
    stage.keys("R u");
    assert_eq!(stage.vault.devices().len(), 8);
}

#[test]
fn an_undo_that_is_not_saved_is_kept_and_redone_after_it_was() {
    let mut stage = Stage::open();
    stage.keys("d y");
    stage.disk = Disk::Full;
    stage.keys("u");
    assert!(stage.shows("not saved, 1 change"), "{}", stage.screen());
    stage.disk = Disk::Works;
    stage.keys("R");
    assert_eq!(stage.vault.devices().len(), 8);
    stage.keys("ctrl-r");
    assert_eq!(stage.vault.devices().len(), 7);
}

/// Changes the vault behind the screen's back, as another session would.
fn elsewhere(stage: &mut Stage, change: &Change) {
    stage.vault.apply(change, UnixTime(stage.now)).unwrap();
}

#[test]
fn what_another_session_made_impossible_is_refused_with_a_sentence() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e ctrl-u 'Mine' tab tab tab tab enter");
    let id = stage.device("Mine").id;
    let edit = Edit { issuer: Some(line("Theirs")), ..Edit::default() };
    elsewhere(&mut stage, &Change::Edit { id, edit: Box::new(edit) });
    stage.keys("u");
    assert!(stage.shows("not undone") && stage.shows("Theirs"), "{}", stage.screen());
    assert_eq!(stage.device("Theirs").id, id);

    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter enter");
    let id = stage.device("VPN").id;
    elsewhere(&mut stage, &Change::Advance(id));
    stage.keys("u");
    assert!(stage.shows("not undone"), "{}", stage.screen());
    assert_eq!(stage.device("VPN").method.counter(), Some(120));
}

#[test]
fn stepping_a_counter_back_asks_and_never_goes_below_nothing() {
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter -");
    assert!(stage.shows("Step VPN:alice back from counter 118 to 117?"), "{}", stage.screen());
    stage.keys("n");
    assert_eq!(stage.device("VPN").method.counter(), Some(118));
    stage.keys("enter");
    let code = stage.clipboard.clone().unwrap();
    let shown = format!("{} {}", &code[..3], &code[3..]);
    assert!(stage.shows(&shown));
    stage.keys("- y");
    assert_eq!(stage.device("VPN").method.counter(), Some(118));
    assert!(!stage.shows(&shown), "its code was not used: {}", stage.screen());
    // The same code comes once more.
    stage.keys("enter");
    assert_eq!(stage.clipboard, Some(code));
    stage.keys("esc / 'pypi' enter -");
    assert!(stage.shows("no counter"), "{}", stage.screen());
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "*",
        "d y",
        "enter",
        "- y",
        "down",
        "end",
        "home",
        "e 'z' tab tab tab tab alt-enter 'q' enter",
        "e ctrl-o y ctrl-u '8' tab ctrl-u '7' tab tab tab enter esc y",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_is_undone_whole_and_redone_whole(journey in prop::collection::vec(key(), 0..20)) {
        let mut stage = Stage::open();
        let mut states = vec![devices(&stage)];
        for keys in journey {
            stage.keys(keys);
            prop_assert!(stage.model.open().is_some_and(|open| open.dialog.is_none()), "{}", stage.screen());
            if states.last() != Some(&devices(&stage)) {
                states.push(devices(&stage));
            }
        }
        for state in states.iter().rev().skip(1) {
            stage.keys("u");
            prop_assert_eq!(&devices(&stage), state);
        }
        stage.keys("u");
        prop_assert!(stage.shows("nothing to undo"), "{}", stage.screen());
        for state in states.iter().skip(1) {
            stage.keys("ctrl-r");
            prop_assert_eq!(&devices(&stage), state);
        }
        stage.keys("ctrl-r");
        prop_assert!(stage.shows("nothing to redo"), "{}", stage.screen());
    }
}
