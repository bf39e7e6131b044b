//! How long identities are held. Time is an argument: nothing waits.

use super::{at, held, keyring, vault};
use keyfob::agent::{Answer, Keyring, Now, Request};
use keyfob::vault::{HeldIdentity, Opener, Store, UnwrappedKey, WrappedKey};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is asked of an agent to open this vault.
fn question(store: &Store) -> WrappedKey {
    #[derive(Default)]
    struct Ear(Mutex<Option<WrappedKey>>);
    impl Opener for Ear {
        fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey> {
            *self.0.lock().unwrap() = Some(wrapped.clone());
            None
        }
    }
    let ear = Arc::new(Ear::default());
    assert!(store.read().unwrap().open_by(Arc::<Ear>::clone(&ear)).is_err());
    ear.0.lock().unwrap().take().unwrap()
}

fn add(keyring: &mut Keyring, held: HeldIdentity, lifetime: Option<u64>, now: Now) -> Answer {
    let lifetime = lifetime.map(Duration::from_secs);
    keyring.answer(Request::Add { held, lifetime, name: "vault.age".into() }, now)
}

fn opens(keyring: &mut Keyring, store: &Store, now: Now) -> bool {
    matches!(keyring.answer(Request::Open(question(store)), now), Answer::Key(_))
}

#[test]
fn an_identity_is_held_until_it_was_not_used_for_its_lifetime() {
    let (store, _) = vault();
    let mut keyring = keyring();
    assert!(!opens(&mut keyring, &store, at(1000, 0)));
    assert!(matches!(add(&mut keyring, held(&store), None, at(1000, 0)), Answer::Done));
    assert!(opens(&mut keyring, &store, at(1899, 0)), "15 minutes where nothing is said");
    assert!(opens(&mut keyring, &store, at(2798, 0)), "using it counts");
    assert_eq!(keyring.until_next(at(2798, 0)), Some(Duration::from_secs(900)));
    keyring.on_time(at(3698, 0));
    assert!(keyring.is_empty(), "forgotten at once, not when somebody asks");
    assert!(!opens(&mut keyring, &store, at(3698, 0)));
}

#[test]
fn however_much_it_is_used_it_is_forgotten_after_a_working_day() {
    let (store, _) = vault();
    let mut keyring = keyring();
    let opens_for = |keyring: &mut Keyring, hours: u64| {
        (1..=hours * 6).take_while(|tens| opens(keyring, &store, at(1000 + tens * 600, 0))).count() as u64
    };
    add(&mut keyring, held(&store), None, at(1000, 0));
    assert_eq!(opens_for(&mut keyring, 24), 12 * 6 - 1);
    // Whoever asks for longer gets that, and no more.
    add(&mut keyring, held(&store), Some(13 * 3600), at(1000, 0));
    assert_eq!(opens_for(&mut keyring, 24), 13 * 6 - 1);
    // Whoever types the passphrase again begins a new day.
    add(&mut keyring, held(&store), None, at(1000, 0));
    add(&mut keyring, held(&store), None, at(1300, 0));
    assert!(opens_for(&mut keyring, 24) >= 12 * 6);
}

#[test]
fn looking_is_not_using() {
    let (store, _) = vault();
    let mut keyring = keyring();
    add(&mut keyring, held(&store), Some(60), at(1000, 0));
    let Answer::Held { entries, .. } = keyring.answer(Request::List, at(1050, 0)) else { panic!() };
    assert_eq!((entries[0].lifetime, entries[0].left), (60, 10));
    assert!(!opens(&mut keyring, &store, at(1060, 0)));
}

#[test]
fn suspend_and_lock_forget_everything() {
    let (store, _) = vault();
    let mut keyring = keyring();
    add(&mut keyring, held(&store), None, at(1000, 0));
    assert!(opens(&mut keyring, &store, at(1001, 0)));
    // The machine slept for 5 seconds: before anything is answered, all is gone.
    assert!(!opens(&mut keyring, &store, at(1010, 5)));
    add(&mut keyring, held(&store), None, at(1010, 5));
    assert!(opens(&mut keyring, &store, at(1020, 5)), "what it slept before does not count");
    assert!(matches!(keyring.answer(Request::Lock, at(1020, 5)), Answer::Done));
    assert!(keyring.is_empty() && keyring.until_next(at(1020, 5)).is_none());
}

#[test]
fn clocks_that_are_read_one_after_the_other_are_no_sleep() {
    let (store, _) = vault();
    let mut keyring = Keyring::new(Duration::from_secs(900), at(1000, 7));
    add(&mut keyring, held(&store), None, at(1000, 7));
    for suspended in [7000, 6990, 7010, 5000, 7000] {
        let now = Now { uptime: Duration::from_secs(1001), suspended: Duration::from_millis(suspended) };
        assert!(opens(&mut keyring, &store, now), "{suspended}");
    }
}

#[test]
fn each_vault_has_one_place_and_there_are_sixteen() {
    let mut keyring = keyring();
    let (first, _) = vault();
    add(&mut keyring, held(&first), Some(60), at(1000, 0));
    add(&mut keyring, held(&first), Some(120), at(1000, 0));
    let Answer::Held { entries, .. } = keyring.answer(Request::List, at(1000, 0)) else { panic!() };
    assert_eq!(entries.iter().map(|entry| entry.lifetime).collect::<Vec<_>>(), [120]);
    let others: Vec<Store> = (0..15).map(|_| vault().0).collect();
    for other in &others {
        assert!(matches!(add(&mut keyring, held(other), None, at(1000, 0)), Answer::Done));
    }
    assert!(matches!(add(&mut keyring, held(&vault().0), None, at(1000, 0)), Answer::Full));
    assert!(others.iter().chain([&first]).all(|store| opens(&mut keyring, store, at(1001, 0))));
}
