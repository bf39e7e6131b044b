//! What happens when people press keys.

use super::stage::{Disk, PASSPHRASE, Stage, empty};
use keyfob::app::{Appearance, Message};

/// base32 that no sample device has, as people paste it.
const NEW_SECRET: &str = "krsx g5ct mvrx ezlu krsx g5ct mvrx ezlu";

/// All other fields show what is in them.
#[test]
fn a_pasted_uri_is_seen_nowhere() {
    let uri = "otpauth://totp/New:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=New";
    for keys in ["", "a", "a 'ab' tab", "a tab tab", "/ 'x'"] {
        let mut stage = Stage::open();
        stage.keys(keys).paste(uri);
        assert!(stage.shows("Add a device") && stage.shows("carol"), "{keys}: {}", stage.screen());
        // Once more, wherever the focus is now: nothing changes.
        stage.paste(uri);
        assert!(stage.shows("a totp URI") && !stage.shows("KRSX"), "{keys}: {}", stage.screen());
    }
    for keys in ["e", "e tab tab", "v", "x"] {
        let mut stage = Stage::open();
        stage.keys(keys).paste(uri);
        assert!(stage.shows("holds a secret") && !stage.shows("KRSX"), "{keys}: {}", stage.screen());
    }
}

#[test]
fn a_wrong_passphrase_can_be_tried_again_and_is_never_drawn() {
    let mut stage = Stage::locked();
    stage.keys("'not it'");
    assert!(!stage.shows("not it"));
    stage.keys("enter");
    assert!(stage.shows("does not open"), "{}", stage.screen());
    stage.keys(&format!("ctrl-u '{PASSPHRASE}'"));
    assert!(!stage.shows(PASSPHRASE));
    stage.keys("enter");
    assert!(stage.shows("8 devices"), "{}", stage.screen());
}

#[test]
fn the_first_run_makes_a_vault_once_both_passphrases_agree() {
    let mut stage = Stage::first_run();
    stage.keys("enter 'vi8 kettle pond 77' tab 'another' enter");
    assert!(stage.shows("not the same"), "{}", stage.screen());
    assert!(!stage.asked().contains(&"create".to_owned()));
    stage.keys("ctrl-u 'vi8 kettle pond 77' enter");
    assert!(stage.asked().contains(&"create".to_owned()), "{}", stage.screen());
}

#[test]
fn finding_narrows_as_one_types_and_esc_shows_all_again() {
    let mut stage = Stage::open();
    stage.keys("/ 'pyp'");
    assert!(stage.shows("PyPI") && !stage.shows("GitLab"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.shows("GitLab"));
    stage.keys("/ '123456789012' enter");
    assert_eq!(stage.selected().split(':').next(), Some("Amazon Web Services"));
}

#[test]
fn a_copied_code_is_cleared_after_thirty_seconds() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter c");
    assert_eq!(stage.clipboard, Some(stage.code("PyPI")));
    assert!(stage.shows("sent"), "{}", stage.screen());
    stage.wait(29);
    assert!(stage.clipboard.is_some());
    stage.wait(2);
    assert_eq!(stage.clipboard, None);
}

#[test]
fn locking_takes_the_code_off_the_clipboard_and_everything_out_of_the_model() {
    let mut stage = Stage::open();
    stage.keys("c");
    stage.asked();
    stage.keys("L");
    let asked = stage.asked();
    assert!(asked.contains(&"lock".to_owned()), "{asked:?}");
    assert!(stage.model.open().is_none());
    assert!(!stage.shows("alice"), "{}", stage.screen());
}

#[test]
fn five_minutes_without_a_key_lock_it_and_time_asleep_counts() {
    let mut stage = Stage::open();
    stage.wait(299);
    assert!(stage.model.open().is_some());
    stage.keys("down");
    // The lid was closed: the clock of the day goes on by a second, the machine's by an hour.
    stage.uptime += 3600;
    stage.wait(1);
    assert!(stage.model.open().is_none());
    assert!(stage.asked().contains(&"lock".to_owned()));
}

#[test]
fn a_counter_device_shows_its_code_only_once_the_counter_is_saved() {
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter");
    let code = stage.code("VPN");
    stage.disk = Disk::Away;
    stage.keys("enter");
    let gap = format!("{} {}", &code[..3], &code[3..]);
    assert!(!stage.shows(&gap) && stage.clipboard.is_none(), "{}", stage.screen());
    stage.release();
    assert_eq!(stage.clipboard, Some(code));
    assert!(stage.shows(&gap), "{}", stage.screen());
    assert_eq!(stage.device("VPN").method.counter(), Some(119));
}

#[test]
fn space_hides_the_codes_and_shows_them_again() {
    let mut stage = Stage::open();
    let code = stage.code("PyPI");
    let shown = format!("{} {}", &code[..3], &code[3..]);
    assert!(stage.shows(&shown));
    stage.keys("space");
    assert!(!stage.shows(&shown), "{}", stage.screen());
    stage.keys("space");
    assert!(stage.shows(&shown));
}

#[test]
fn a_device_is_listed_once_it_is_on_disk_and_its_pair_is_shown_then() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys(&format!("a '{NEW_SECRET}' tab 'Handmade' tab 'dave' enter enter enter enter enter enter"));
    assert!(stage.shows("saving"), "{}", stage.screen());
    assert!(!stage.shows("code 2"), "{}", stage.screen());
    stage.release();
    assert!(stage.shows("code 2") && stage.shows("Handmade"), "{}", stage.screen());
}

#[test]
fn the_universal_field_says_what_it_recognised_and_what_is_wrong() {
    let mut stage = Stage::open();
    stage.keys("a 'GEZD0NBV'");
    assert!(stage.shows("character 5"), "{}", stage.screen());
    stage.keys("ctrl-u 'JBSWY3DPEHPK3PXQ'");
    assert!(stage.shows("short") || stage.shows("bits"), "{}", stage.screen());
    stage.keys("ctrl-u");
    stage.paste("otpauth://totp/Nobody:x?issuer=Nobody");
    assert!(stage.shows("it has no secret"), "{}", stage.screen());
    stage.keys("ctrl-u");
    stage.paste("otpauth://totp/Amazon%20Web%20Services:bob@acme?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU");
    assert!(stage.shows("Amazon Web Services") && stage.shows("bob@acme"), "{}", stage.screen());
}

#[test]
fn pasting_a_uri_on_the_list_opens_the_form_filled_in_and_keeps_what_is_typed_after() {
    let mut stage = Stage::open();
    stage.paste("otpauth://totp/Pasted:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Pasted");
    assert!(stage.shows("Pasted") && stage.shows("carol"), "{}", stage.screen());
    stage.keys("tab ctrl-u 'Mine'");
    assert!(stage.shows("Mine"), "{}", stage.screen());
    assert!(!stage.shows("KRSXG5CT"), "a field that was left shows its secret: {}", stage.screen());
}

#[test]
fn a_secret_that_another_device_has_is_refused_with_its_name() {
    let mut stage = Stage::open();
    stage.keys("a 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJV' tab 'Twin' tab 'x' enter enter enter enter enter");
    assert!(stage.shows("PyPI"), "{}", stage.screen());
    assert_eq!(stage.vault.devices().len(), 8);
}

#[test]
fn a_form_with_something_typed_asks_before_it_goes() {
    let mut stage = Stage::open();
    stage.keys("a 'JBSW' esc");
    assert!(stage.shows("Drop what was typed?"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.shows("JBSW"), "{}", stage.screen());
    stage.keys("esc y");
    assert!(stage.shows("enter copy"), "{}", stage.screen());
    stage.keys("a esc");
    assert!(stage.shows("enter copy"), "nothing was typed: {}", stage.screen());
}

#[test]
fn the_pair_stays_put_while_steps_go_by_until_a_new_one_is_asked_for() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter v");
    let pinned = stage.code("PyPI");
    let shown = format!("{} {}", &pinned[..3], &pinned[3..]);
    assert!(stage.shows(&shown), "{}", stage.screen());
    stage.wait(35);
    assert!(stage.shows(&shown) && stage.shows("just over"), "{}", stage.screen());
    stage.keys("r");
    assert!(!stage.shows(&shown), "{}", stage.screen());
}

#[test]
fn two_good_codes_are_answered_with_both_and_two_wrong_ones_are_not() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter");
    let first = stage.code("PyPI");
    stage.now += 30;
    let second = stage.code("PyPI");
    stage.now -= 30;
    stage.keys(&format!("v '{first}' tab '{second}' enter"));
    assert!(stage.shows("Both"), "{}", stage.screen());
    assert!(stage.asked().contains(&"checked".to_owned()));
    stage.keys("esc y esc");
    stage.keys(&format!("v '{second}' tab '{first}' enter"));
    assert!(!stage.shows("Both") && stage.shows("order"), "{}", stage.screen());
}

#[test]
fn an_export_says_what_was_read_back_and_never_overwrites_unasked() {
    let mut stage = Stage::open();
    stage.keys("x");
    assert!(stage.shows("~/keyfob-20"), "{}", stage.screen());
    stage.keys("tab 'a backup passphrase 5' tab 'a backup passphrase 6' enter");
    assert!(stage.shows("not the same"), "{}", stage.screen());
    stage.exists = true;
    stage.keys("ctrl-u 'a backup passphrase 5' enter");
    let asked = stage.asked();
    assert!(asked.iter().any(|one| one.starts_with("export") && one.ends_with("false")), "{asked:?}");
    assert!(!stage.shows("read back"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.asked().iter().any(|one| one.ends_with("true")));
    assert!(stage.shows("read back"), "{}", stage.screen());
    assert!(!stage.shows("a backup passphrase"));
}

#[test]
fn deleting_asks_and_u_brings_it_back() {
    let mut stage = Stage::open();
    let selected = stage.selected();
    stage.keys("d esc");
    assert_eq!(stage.vault.devices().len(), 8);
    stage.keys("d y");
    assert_eq!(stage.vault.devices().len(), 7);
    stage.keys("u");
    assert_eq!(stage.vault.devices().len(), 8);
    assert!(stage.vault.devices().any(|device| device.label() == selected));
}

#[test]
fn a_change_that_is_not_saved_is_kept_said_and_can_be_tried_again() {
    let mut stage = Stage::open();
    stage.disk = Disk::Full;
    stage.keys("d y");
    assert!(stage.shows("not saved") && stage.shows("no space left"), "{}", stage.screen());
    stage.wait(60);
    assert!(stage.shows("not saved"), "{}", stage.screen());
    stage.keys("q");
    assert!(!stage.quit && stage.shows("Quit without saving?"), "{}", stage.screen());
    stage.keys("n");
    stage.disk = Disk::Works;
    stage.keys("R");
    assert_eq!(stage.vault.devices().len(), 7);
    assert!(!stage.shows("not saved"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.quit);
}

#[test]
fn what_others_saved_is_taken_in_at_once_or_when_the_form_closes() {
    let mut stage = Stage::open();
    stage.keys("a 'x'");
    stage.vault = empty();
    stage.send(Message::FileChanged);
    assert!(!stage.asked().contains(&"reload".to_owned()), "a form is open");
    stage.keys("esc y");
    assert!(stage.shows("0 devices"), "{}", stage.screen());
}

#[test]
fn read_only_shows_and_does_nothing_that_writes() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    for key in ["a", "d", "x", "e", "u", "*"] {
        stage.keys(key);
        assert!(stage.asked().is_empty(), "{key}");
        assert!(stage.shows("opened read-only"), "{key}: {}", stage.screen());
        stage.keys("down up");
    }
    stage.keys("?");
    for words in ["Adds a device", "Deletes", "Exports"] {
        assert!(!stage.shows(words), "{}", stage.screen());
    }
    assert_eq!(stage.vault.devices().len(), 8);
}

#[test]
fn ctrl_c_ends_it_from_every_place() {
    for place in ["", "a 'abc'", "x", "v", "?", "d", "/ 'a'"] {
        let mut stage = Stage::open();
        stage.keys(place).keys("ctrl-c");
        assert!(stage.quit, "{place}");
    }
}

#[test]
fn without_colour_nothing_is_coloured_and_the_selection_still_shows() {
    use ratatui::style::{Color, Modifier};
    let stage = Stage::changed(|options| options.appearance = Appearance { colour: false, unicode: true });
    let (buffer, _) = stage.buffer();
    assert!(buffer.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let marked = |cell: &&ratatui::buffer::Cell| {
        cell.symbol() == "▌" || cell.modifier.intersects(Modifier::REVERSED | Modifier::BOLD)
    };
    assert!(buffer.content().iter().filter(marked).count() > 1);
}

#[test]
fn without_unicode_not_one_byte_is_over_ascii() {
    for keys in ["", "a 'JBSWY3DPEHPK3PXP' tab", "v", "x", "?", "d", "/ 'git'", "L"] {
        let mut stage =
            Stage::changed(|options| options.appearance = Appearance { colour: true, unicode: false });
        stage.keys(keys);
        assert!(stage.screen().is_ascii(), "{keys}: {}", stage.screen());
    }
}

#[test]
fn a_vault_for_recipients_opens_by_enter_with_the_identity_files() {
    use keyfob::vault::LockInfo;
    let locked = super::stage::options(keyfob::app::Start::Locked(LockInfo::Recipients { stanzas: 2 }));
    let mut stage = Stage::with(super::stage::sample(), locked);
    assert!(stage.shows("identity files"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.asked(), ["unlock false"]);
    assert!(stage.shows("8 devices"), "{}", stage.screen());
}

#[test]
fn a_backup_can_be_for_recipients_and_a_secret_key_is_refused() {
    let mut stage = Stage::open();
    stage.keys("x ctrl-r tab 'nonsense' enter");
    assert!(stage.shows("recipient 1 is neither"), "{}", stage.screen());
    let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    stage.keys(&format!("ctrl-u '{recipient}' enter"));
    assert!(stage.shows("read back and compared: all 8 devices are in it"), "{}", stage.screen());
}

#[test]
fn codes_of_another_device_are_named_and_a_drift_is_told_in_seconds() {
    let mut stage = Stage::open();
    let other = stage.code("GitHub");
    stage.keys(&format!("/ 'pypi' enter v '{other}' tab '{other}' enter"));
    assert!(!stage.shows("Both"), "{}", stage.screen());
    stage.keys("esc");
    let device = stage.device("PyPI").clone();
    let code = |ago: u64| device.method.code_at(&device.secret, keyfob::clock::UnixTime(stage.now - ago));
    let (first, second) = (code(90).to_string(), code(60).to_string());
    stage.keys(&format!("v '{first}' tab '{second}' enter"));
    assert!(stage.shows("60 s behind ours"), "{}", stage.screen());
}

#[test]
fn the_details_open_and_close_where_there_is_no_room_beside_the_list() {
    let mut stage = Stage::open().at_size(40, 10);
    assert!(stage.shows("GitHub") && !stage.shows("800 089"));
    stage.keys("right");
    assert!(stage.shows("next  800 089"), "{}", stage.screen());
    stage.keys("down");
    assert!(stage.shows("root@acme-prod"), "{}", stage.screen());
    stage.keys("left");
    assert!(stage.shows("GitHub"), "{}", stage.screen());
}

#[test]
fn a_second_undo_waits_for_the_first() {
    let mut stage = Stage::open();
    stage.keys("d y d y");
    assert_eq!(stage.vault.devices().len(), 6);
    stage.disk = Disk::Away;
    stage.keys("u u");
    stage.release();
    assert_eq!(stage.vault.devices().len(), 8);
    stage.keys("u");
    assert_eq!(stage.vault.devices().len(), 8, "nothing is left to undo");
}

#[test]
fn a_check_that_could_not_be_noted_does_not_keep_the_vault_open() {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter");
    let code = stage.code("PyPI");
    stage.disk = Disk::Full;
    stage.keys(&format!("v '{code}' enter enter"));
    assert!(stage.asked().contains(&"checked".to_owned()));
    assert!(!stage.shows("not saved"), "{}", stage.screen());
    stage.wait(301);
    assert!(stage.model.open().is_none(), "{}", stage.screen());
}

#[test]
fn a_click_never_uses_up_a_counter() {
    use keyfob::app::Mouse;
    let mut stage = Stage::open();
    stage.keys("/ 'vpn' enter");
    stage.asked();
    let row = stage.screen().lines().position(|line| line.contains("VPN")).unwrap();
    for _ in 0..3 {
        stage.send(Message::Mouse(Mouse::Press {
            column: 8,
            row: u16::try_from(row).unwrap(),
            at: std::time::Duration::ZERO,
        }));
    }
    assert_eq!(stage.asked(), Vec::<String>::new());
    assert_eq!(stage.device("VPN").method.counter(), Some(118));
}
