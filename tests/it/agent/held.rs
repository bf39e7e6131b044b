//! Vaults opened with an identity that somebody else holds.

use super::{held, passphrase, vault};
use keyfob::clock::UnixTime;
use keyfob::device::Candidate;
use keyfob::otp::Secret;
use keyfob::vault::{
    Change, HeldIdentity, Opener, Reason, Session, UnwrappedKey, VaultError, WorkFactor, WrappedKey,
};
use std::sync::{Arc, Mutex};

/// Holds one identity until it is taken away.
#[derive(Default)]
struct Holder(Mutex<Option<HeldIdentity>>);

impl Opener for Holder {
    fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey> {
        self.0.lock().unwrap().as_ref()?.unwrap_key(wrapped)
    }
}

fn holder(held: HeldIdentity) -> Arc<Holder> {
    Arc::new(Holder(Mutex::new(Some(held))))
}

fn add(session: &mut Session, secret: &[u8]) -> Result<(), VaultError> {
    let candidate = Candidate::bare(Secret::from_bytes(secret).unwrap());
    let change = Change::Add(Box::new(candidate));
    let done = session.update(Reason::Change, UnixTime(2), |vault| {
        vault.apply(&change, UnixTime(2)).unwrap();
        Ok::<_, VaultError>(())
    });
    done.map(drop)
}

#[test]
fn a_held_identity_opens_saves_and_takes_in_what_others_saved() {
    let (store, mut theirs) = vault();
    let mut ours = store.read().unwrap().open_by(holder(held(&store))).unwrap();
    assert!(ours.held().is_none(), "what was lent is not handed on");
    add(&mut ours, b"12345678901234567890").unwrap();
    add(&mut theirs, b"abcdefghijabcdefghij").unwrap();
    assert!(ours.reload().unwrap());
    assert_eq!(ours.vault().devices().len(), 2);
    // The passphrase still proves who is there, and another one does not.
    assert!(ours.prove(&passphrase("open")).is_ok());
    assert!(matches!(ours.prove(&passphrase("other")), Err(VaultError::WrongPassphrase { .. })));
}

#[test]
fn one_that_was_let_go_opens_nothing_new_and_says_so() {
    let (store, mut theirs) = vault();
    let holder = holder(held(&store));
    let mut ours = store.read().unwrap().open_by(Arc::<Holder>::clone(&holder)).unwrap();
    *holder.0.lock().unwrap() = None;
    add(&mut theirs, b"12345678901234567890").unwrap();
    assert!(matches!(ours.reload(), Err(VaultError::LetGo { .. })));
    assert!(matches!(add(&mut ours, b"abcdefghijabcdefghij"), Err(VaultError::LetGo { .. })));
    assert!(store.read().unwrap().open_by(holder).is_err());
}

#[test]
fn after_a_change_of_passphrase_the_old_identity_opens_nothing() {
    let (store, mut theirs) = vault();
    let holder = holder(held(&store));
    let mut ours = store.read().unwrap().open_by(Arc::<Holder>::clone(&holder)).unwrap();
    theirs.change_passphrase(&passphrase("new"), WorkFactor::new(1).unwrap(), UnixTime(3)).unwrap();
    assert!(matches!(ours.reload(), Err(VaultError::Relocked { .. })));
    assert!(store.read().unwrap().open_by(holder).is_err());
}

#[test]
fn contents_that_do_not_agree_with_what_is_held_are_not_believed() {
    struct Liar(HeldIdentity, fn(&mut UnwrappedKey));
    impl Opener for Liar {
        fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey> {
            let mut key = self.0.unwrap_key(wrapped)?;
            (self.1)(&mut key);
            Some(key)
        }
    }
    let (store, _) = vault();
    let lies: [fn(&mut UnwrappedKey); 3] =
        [|key| key.mac_key_hash[0] ^= 1, |key| key.vault.0 = uuid::Uuid::nil(), |key| key.file_key[0] ^= 1];
    for lie in lies {
        let liar = Arc::new(Liar(held(&store), lie));
        assert!(store.read().unwrap().open_by(liar).is_err());
    }
    assert!(store.read().unwrap().open_by(Arc::new(Liar(held(&store), |_| ()))).is_ok());
}

#[test]
fn an_identity_survives_its_bytes_and_shows_nothing() {
    let (store, _) = vault();
    let bytes = held(&store).to_bytes();
    assert_eq!(bytes.len(), HeldIdentity::SIZE);
    let again = HeldIdentity::from_bytes(&bytes).unwrap();
    assert!(store.read().unwrap().open_by(holder(again)).is_ok());
    assert_eq!(format!("{:?}", HeldIdentity::from_bytes(&bytes).unwrap()), "HeldIdentity(..)");
    for wrong in [&bytes[1..], &bytes[..bytes.len() - 1], &[0; HeldIdentity::SIZE]] {
        assert!(HeldIdentity::from_bytes(wrong).is_none());
    }
}
