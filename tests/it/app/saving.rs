//! Changes on their way to disk, and what becomes of them.

use super::stage::{Disk, Stage};
use keyfob::app::{CopyOutcome, Message, Moment, Outcome};
use keyfob::clock::UnixTime;
use keyfob::vault::{Step, VaultError};
use std::time::Duration;

const NEW: &str = "otpauth://totp/Pasted:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Pasted";

#[test]
fn quitting_waits_for_what_is_being_saved_unless_asked_twice() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("* q");
    assert!(!stage.quit && stage.shows("saving"), "{}", stage.screen());
    stage.release();
    assert!(stage.quit);

    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("* ctrl-c ctrl-c");
    assert!(stage.quit);
}

#[test]
fn quitting_stops_to_ask_when_the_save_fails() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("* q");
    stage.disk = Disk::Full;
    let held = std::mem::take(&mut stage.held);
    stage.perform(held);
    assert!(!stage.quit && stage.shows("Quit without saving?"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.quit);
}

#[test]
fn a_device_that_was_not_saved_is_not_listed_and_not_lost() {
    let mut stage = Stage::open();
    stage.disk = Disk::Full;
    stage.paste(NEW).keys("enter");
    assert!(stage.shows("not saved") && !stage.shows("Pasted"), "{}", stage.screen());
    stage.keys("L");
    assert!(stage.shows("Lock without saving?"), "{}", stage.screen());
    stage.keys("n");
    stage.disk = Disk::Works;
    stage.keys("R");
    assert!(stage.shows("Pasted") && !stage.shows("not saved"), "{}", stage.screen());
}

#[test]
fn with_something_unsaved_the_idle_lock_hides_codes_and_keeps_it() {
    let mut stage = Stage::open();
    stage.disk = Disk::Full;
    stage.keys("*");
    stage.wait(301);
    assert!(stage.model.open().is_some_and(|open| open.hidden && open.unsaved.is_some()));
    assert!(!stage.shows("444 041"), "{}", stage.screen());
}

#[test]
fn a_refusal_stays_in_the_form_with_what_was_typed() {
    let mut stage = Stage::open();
    stage.paste(NEW);
    // Another screen adds the same device meanwhile; this one has not seen it.
    let mut other = Stage::of(stage.vault.clone());
    other.paste(NEW).keys("enter");
    stage.vault = other.vault;
    stage.keys("enter");
    assert!(
        stage.shows("Add a device") && stage.shows("carol") && stage.shows("belongs to"),
        "{}",
        stage.screen()
    );
    assert!(!stage.shows("not saved"));
}

#[test]
fn a_counter_whose_save_failed_shows_no_code() {
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter");
    stage.disk = Disk::Full;
    stage.keys("enter");
    assert_eq!(stage.clipboard, None);
    assert!(stage.model.open().is_some_and(|open| open.taken.is_none()));
    stage.disk = Disk::Works;
    stage.keys("R");
    assert!(stage.clipboard.is_some());
    assert_eq!(stage.device("VPN").method.counter(), Some(119));
}

#[test]
fn pressing_enter_twice_takes_one_code_of_a_counter() {
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter");
    stage.disk = Disk::Away;
    stage.keys("enter enter enter");
    stage.release();
    assert_eq!(stage.device("VPN").method.counter(), Some(119));
}

#[test]
fn an_edit_changes_only_what_was_typed_and_u_undoes_it() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter e tab ctrl-u 'bob' tab tab 'b, a' enter enter");
    let device = stage.device("PyPI");
    assert_eq!(device.account.raw(), "bob");
    assert_eq!(device.tags.iter().map(keyfob::text::Text::raw).collect::<Vec<_>>(), ["a", "b"]);
    assert!(stage.shows("changed PyPI:bob, saved"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(stage.device("PyPI").account.raw(), "alice");
    stage.keys("u");
    assert!(stage.shows("nothing to undo"), "{}", stage.screen());
}

#[test]
fn a_favourite_goes_first_and_stays_selected() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter * esc");
    assert_eq!(stage.selected(), "PyPI:alice");
    assert_eq!(stage.model.open().map(|open| open.list.cursor()), Some(0));
    stage.keys("s s s");
    assert_eq!(stage.selected(), "PyPI:alice");
}

#[test]
fn a_deleted_device_leaves_the_one_in_its_place_selected() {
    let mut stage = Stage::open();
    stage.keys("end d y");
    assert_eq!(stage.selected(), "Steam:alice_games");
    stage.keys("home d y");
    assert_eq!(stage.selected(), "Amazon Web Services:root@acme-prod");
}

#[test]
fn a_form_about_a_device_that_others_deleted_closes() {
    let mut stage = Stage::open();
    stage.keys("v");
    assert!(stage.shows("code 1"));
    let id = stage.model.open().and_then(|open| open.list.selected()).unwrap();
    stage.vault.apply(&keyfob::vault::Change::Remove(id), UnixTime(stage.now)).unwrap();
    let vault = Box::new(stage.vault.clone());
    stage.answer(Outcome::Reloaded(Ok(vault)));
    assert!(!stage.shows("code 1") && stage.shows("7 devices"), "{}", stage.screen());
}

#[test]
fn a_copy_that_failed_says_so_and_one_for_tmux_warns() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("c");
    stage.answer(Outcome::Copied(CopyOutcome::Failed("no clipboard".to_owned())));
    assert!(stage.shows("not copied: no clipboard"), "{}", stage.screen());
    stage.keys("c");
    stage.answer(Outcome::Copied(CopyOutcome::Sent {
        warning: Some("tmux needs set-clipboard on".to_owned()),
    }));
    assert!(stage.shows("sent 444 041") && stage.shows("tmux needs"), "{}", stage.screen());
    stage.keys("c");
    stage.answer(Outcome::Copied(CopyOutcome::Copied));
    assert!(stage.shows("copied 444 041, cleared in 30 s"), "{}", stage.screen());
}

#[test]
fn the_clipboard_is_cleared_on_leaving_even_while_a_code_is_on_its_way_there() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("c");
    stage.asked();
    stage.keys("q");
    assert_eq!(stage.asked(), ["clear", "quit"]);
}

#[test]
fn waking_up_after_the_idle_time_locks_before_anything_is_drawn() {
    let mut stage = Stage::open();
    let uptime = Duration::from_secs(stage.uptime + 3600);
    stage.send(Message::Resumed(Moment { now: UnixTime(stage.now + 3600), uptime }));
    assert!(stage.model.is_locked());
    assert_eq!(stage.asked(), ["lock", "redraw"]);
}

/// What a disk can say, as Linux numbers it.
const ERRORS: [i32; 11] = [5, 28, 122, 30, 13, 1, 4, 24, 18, 37, 116];
const STEPS: [Step; 8] = [
    Step::Read,
    Step::Lock,
    Step::Create,
    Step::Write,
    Step::Sync,
    Step::Keep,
    Step::Replace,
    Step::SyncFolder,
];

#[test]
fn whatever_the_disk_says_the_red_line_stays_and_the_change_is_kept_until_it_is_saved() {
    use keyfob::app::{Effect, NotChanged};
    use keyfob::explain::Explain as _;
    for (step, code) in STEPS.into_iter().flat_map(|step| ERRORS.map(|code| (step, code))) {
        let error = std::io::Error::from_raw_os_error(code);
        let why = VaultError::Io { path: "/v/vault.age".into(), step, error }.explain();
        let mut stage = Stage::open();
        stage.disk = Disk::Away;
        stage.keys("/ 'pypi' enter *");
        let held = std::mem::take(&mut stage.held);
        for effect in held {
            if let Effect::Change { change, why: made } = effect {
                let result = Err(NotChanged::NotSaved(why.clone()));
                stage.answer(Outcome::Changed { change, why: made, result });
            }
        }
        stage.disk = Disk::Works;
        // Neither time nor anything else takes it away, at no size.
        stage.wait(130);
        stage.keys("down up ? esc esc");
        for (columns, rows) in [(100, 30), (80, 24), (40, 10)] {
            stage.resize(columns, rows);
            let words = why.message.rsplit(": ").next().unwrap();
            let screen = stage.screen();
            assert!(screen.contains("not saved"), "{step:?} {code} at {columns}x{rows}: {screen}");
            assert!(columns < 80 || screen.contains(words), "{words} at {columns}x{rows}: {screen}");
        }
        assert!(!stage.device("PyPI").favourite);
        stage.keys("R");
        assert!(
            stage.device("PyPI").favourite && !stage.shows("not saved"),
            "{step:?} {code}: {}",
            stage.screen()
        );
    }
}
