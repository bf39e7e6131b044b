//! What is shown only after it was proved again who is there.

use super::stage::{Disk, Identity, PASSPHRASE, Stage};
use keyfob::app::Key;

/// The secret of `PyPI`, in groups.
const SECRET: &str = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJV";

fn asking() -> Stage {
    let mut stage = Stage::open();
    stage.keys("/ 'pypi' enter V");
    stage
}

#[test]
fn a_secret_is_shown_after_the_passphrase_and_for_thirty_seconds() {
    let mut stage = asking();
    assert!(!stage.shows("GEZD") && stage.shows("passphrase"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(stage.shows("does not open") && !stage.shows("GEZD"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}'"));
    assert!(!stage.shows(PASSPHRASE));
    stage.keys("enter");
    assert!(stage.shows(SECRET) && stage.shows("TOTP  SHA1  6 digits  30 s"), "{}", stage.screen());
    stage.wait(29);
    assert!(stage.shows(SECRET));
    stage.asked();
    stage.wait(1);
    assert!(!stage.shows("GEZD"), "{}", stage.screen());
    assert_eq!(stage.asked(), ["wipe"]);
}

#[test]
fn esc_locking_and_stopping_take_it_off_the_screen_and_out_of_what_was_drawn() {
    for (keys, effects) in
        [("esc", vec!["wipe"]), ("enter", vec!["wipe"]), ("ctrl-z", vec!["wipe", "suspend"])]
    {
        let mut stage = asking();
        stage.keys(&format!("'{PASSPHRASE}' enter"));
        assert!(stage.shows(SECRET), "{}", stage.screen());
        stage.asked();
        stage.keys(keys);
        assert!(!stage.shows("GEZD"), "{}", stage.screen());
        assert_eq!(stage.asked(), effects, "{keys}");
    }
    let mut stage = asking();
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    stage.asked();
    stage.send(keyfob::app::Message::Stopping);
    assert!(!stage.shows("GEZD"), "{}", stage.screen());
    assert_eq!(stage.asked(), ["wipe"], "a signal from elsewhere");
    let mut stage = asking();
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    stage.asked();
    stage.uptime += 3600;
    stage.wait(1);
    assert!(stage.model.is_locked() && stage.asked().contains(&"lock".to_owned()));
    assert!(stage.shows("locked after 5 min without a key"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(!stage.shows("without a key"), "{}", stage.screen());
    let mut stage = asking();
    stage.keys("esc L");
    assert!(stage.model.is_locked() && !stage.shows("without a key"), "{}", stage.screen());
}

#[test]
fn nothing_is_shown_to_whoever_goes_away_or_types_nothing() {
    let mut stage = asking();
    stage.keys("enter");
    assert!(stage.shows("type a passphrase"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' esc"));
    assert!(stage.shows("enter copy") && !stage.shows("GEZD"), "{}", stage.screen());
    // An answer that comes after that is nothing.
    let id = stage.device("PyPI").id;
    let then = keyfob::app::Guarded::Secret(id);
    stage.answer(keyfob::app::Outcome::Proved { then, result: Ok(keyfob::app::Proof::Typed) });
    assert!(!stage.shows("GEZD"), "{}", stage.screen());
    stage.keys("V");
    stage.answer(keyfob::app::Outcome::Proved { then, result: Ok(keyfob::app::Proof::Typed) });
    assert!(!stage.shows("GEZD"), "nobody has typed a passphrase: {}", stage.screen());
}

/// What opens the vault is asked of the disk first; who pastes the passphrase is faster than that.
#[test]
fn a_passphrase_typed_before_it_is_known_what_opens_the_vault_counts() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys(&format!("V '{PASSPHRASE}' enter"));
    stage.release();
    assert!(stage.shows("GEZD GNBV"), "{}", stage.screen());
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.keys("V 'not it' enter");
    stage.release();
    assert!(stage.shows("does not open"), "{}", stage.screen());
}

#[test]
fn an_identity_files_passphrase_is_asked_for_by_its_name() {
    let mut stage = Stage::open();
    stage.identity = Identity::Encrypted;
    stage.keys("/ 'pypi' enter V");
    assert!(stage.shows("passphrase of key.age"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(stage.shows("does not open the identity file"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows(SECRET), "{}", stage.screen());
}

#[test]
fn where_nothing_can_be_asked_for_a_question_stands_instead() {
    let mut stage = Stage::open();
    stage.identity = Identity::Open;
    stage.keys("/ 'pypi' enter V");
    assert!(stage.shows("Show the secret of PyPI:alice?") && !stage.shows("GEZD"), "{}", stage.screen());
    stage.keys("n V y");
    assert!(stage.shows(SECRET), "{}", stage.screen());
}

#[test]
fn read_only_shows_no_secret() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.keys("V");
    assert!(stage.asked().is_empty() && !stage.shows("passphrase"), "{}", stage.screen());
    stage.keys("?");
    assert!(!stage.shows("Shows a device's secret"), "{}", stage.screen());
}

#[test]
fn a_long_secret_is_read_to_its_end_on_a_small_screen() {
    let mut vault = super::stage::empty();
    let secret = "A".repeat(8 * 50) + &"Z".repeat(8);
    super::stage::add(&mut vault, &format!("otpauth://totp/Long:x?secret={secret}&issuer=Long"), |_| {});
    let mut stage = Stage::of(vault).at_size(40, 10);
    stage.keys(&format!("V '{PASSPHRASE}' enter"));
    assert!(!stage.shows("ZZZZ"), "{}", stage.screen());
    for _ in 0..20 {
        stage.send(keyfob::app::Message::Key(keyfob::app::KeyPress::plain(Key::Down)));
    }
    assert!(stage.shows("ZZZZ"), "{}", stage.screen());
}

#[test]
fn a_qr_code_is_shown_after_the_passphrase_and_for_a_minute() {
    let mut stage = Stage::open().at_size(80, 24);
    stage.keys("/ 'pypi' enter r");
    assert!(!stage.shows("█▀▀▀▀▀█") && stage.shows("QR code of PyPI:alice"), "{}", stage.screen());
    stage.keys("'wrong' enter");
    assert!(stage.shows("does not open") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(
        stage.shows("█▀▀▀▀▀█") && stage.shows("PyPI:alice") && stage.shows("gone in 60 s"),
        "{}",
        stage.screen()
    );
    stage.wait(59);
    assert!(stage.shows("█▀▀▀▀▀█"));
    stage.asked();
    stage.wait(1);
    assert!(!stage.shows("█▀▀▀▀▀█") && stage.shows("enter copy"), "{}", stage.screen());
    assert_eq!(stage.asked(), ["wipe"]);
}

#[test]
fn a_qr_code_that_does_not_fit_says_what_it_needs() {
    let mut stage = Stage::open().at_size(60, 14);
    stage.keys(&format!("/ 'pypi' enter r '{PASSPHRASE}' enter"));
    assert!(stage.shows("Its code needs") && !stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.resize(80, 24);
    assert!(stage.shows("█▀▀▀▀▀█"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.shows("enter copy"), "{}", stage.screen());
}

#[test]
fn no_qr_code_is_shown_read_only() {
    let mut stage = Stage::changed(|options| options.read_only = true);
    stage.keys("r");
    assert!(!stage.shows("passphrase"), "{}", stage.screen());
}
