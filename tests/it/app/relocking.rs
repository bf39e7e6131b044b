//! A vault whose passphrase was changed elsewhere, and one that is dear to open.

use super::stage::{Disk, PASSPHRASE, Stage, empty, options, sample};
use keyfob::app::{Message, Relock, Start};
use keyfob::vault::{LockInfo, WorkFactor};

const NEW: &str = "otpauth://totp/Pasted:carol?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Pasted";

#[test]
fn a_passphrase_that_was_changed_elsewhere_asks_for_the_new_one() {
    let mut stage = Stage::open();
    stage.relocked = true;
    stage.send(Message::FileChanged);
    assert!(stage.model.is_locked(), "{}", stage.screen());
    assert!(stage.shows("changed elsewhere") && !stage.shows("PyPI"), "{}", stage.screen());
    assert!(stage.asked().contains(&"lock".to_owned()));
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("8 devices"), "{}", stage.screen());
}

#[test]
fn where_the_agent_let_go_that_is_what_is_told() {
    let mut stage = Stage::open();
    (stage.relocked, stage.relock) = (true, Relock::LetGo);
    stage.send(Message::FileChanged);
    assert!(stage.shows("the agent holds it no more") && !stage.shows("locked was"), "{}", stage.screen());
    let mut stage = Stage::open();
    (stage.relocked, stage.relock) = (true, Relock::LetGo);
    stage.paste(NEW).keys("enter");
    assert!(stage.shows("the agent holds it no more") && stage.shows("1 change"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("9 devices"), "{}", stage.screen());
}

#[test]
fn a_change_that_meets_it_is_saved_once_the_vault_is_open_again() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.paste(NEW).keys("enter");
    stage.relocked = true;
    stage.release();
    assert!(stage.model.is_locked() && stage.shows("1 change"), "{}", stage.screen());
    assert!(stage.shows("not saved"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("changed elsewhere"), "an Enter too many: {}", stage.screen());
    stage.keys("esc");
    assert!(!stage.quit && stage.shows("Quit without saving?"), "{}", stage.screen());
    stage.keys("n").keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("Pasted") && stage.shows("9 devices"), "{}", stage.screen());
    assert!(!stage.shows("not saved"), "{}", stage.screen());
}

#[test]
fn all_changes_on_their_way_are_kept_in_their_order_and_those_that_failed_before() {
    let mut stage = Stage::open();
    stage.disk = Disk::Full;
    stage.keys("/ 'pypi' enter *");
    stage.disk = Disk::Away;
    stage.keys("d y");
    stage.paste(NEW).keys("enter");
    stage.relocked = true;
    stage.release();
    assert!(stage.shows("3 changes"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert_eq!(stage.vault.devices().len(), 8);
    assert!(stage.vault.devices().any(|device| device.issuer.raw() == "Pasted"));
    assert!(!stage.shows("not saved"), "{}", stage.screen());
}

#[test]
fn changes_for_one_vault_never_get_into_another() {
    let mut stage = Stage::open();
    stage.disk = Disk::Away;
    stage.paste(NEW).keys("enter");
    stage.relocked = true;
    stage.release();
    stage.vault = keyfob::vault::Vault::empty(
        keyfob::vault::VaultId(uuid::Uuid::from_u128(2)),
        keyfob::vault::WriterId(1),
    );
    assert!(!stage.vault.same_contents(&empty()));
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.model.is_locked() && stage.shows("another vault"), "{}", stage.screen());
    stage.keys("ctrl-c");
    assert!(!stage.quit && stage.shows("Quit without saving?"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.quit);
}

#[test]
fn an_open_form_is_not_taken_away_by_it() {
    let mut stage = Stage::open();
    stage.keys("a 'KRSX'");
    stage.relocked = true;
    stage.send(Message::FileChanged);
    assert!(stage.shows("KRSX"), "{}", stage.screen());
    stage.keys("esc y");
    assert!(stage.model.is_locked(), "{}", stage.screen());
}

#[test]
fn a_vault_that_takes_much_memory_asks_first_and_once() {
    let dear = |factor| LockInfo::Passphrase { work_factor: WorkFactor::new(factor).unwrap() };
    let mut stage = Stage::with(sample(), options(Start::Locked(dear(20))));
    stage.keys("'wrong' enter");
    assert!(stage.shows("1024 MiB") && stage.asked().is_empty(), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.asked().is_empty() && stage.model.is_locked());
    stage.keys("enter y");
    assert!(stage.shows("does not open"), "{}", stage.screen());
    stage.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(stage.shows("8 devices"), "{}", stage.screen());
    let mut usual = Stage::with(sample(), options(Start::Locked(dear(18))));
    usual.keys(&format!("'{PASSPHRASE}' enter"));
    assert!(usual.shows("8 devices"), "{}", usual.screen());
}
