//! What goes over the socket.

use super::{held, vault};
use keyfob::agent::{Answer, Entry, MAX_REQUEST, Request};
use keyfob::vault::{UnwrappedKey, VaultId, WrappedKey};
use proptest::prelude::*;
use std::time::Duration;
use zeroize::Zeroizing;

/// A message is read again as what it was.
fn same_request(request: &Request) {
    let bytes = request.to_bytes();
    let (length, message) = bytes.split_first_chunk::<4>().unwrap();
    assert_eq!(u32::from_be_bytes(*length) as usize, message.len());
    assert!(message.len() <= MAX_REQUEST);
    let again = Request::from_bytes(message).unwrap();
    assert_eq!(*again.to_bytes(), *bytes);
    for cut in 0..message.len() {
        // A question of fewer keys is a question, too.
        let whole = Request::from_bytes(&message[..cut]).is_none_or(|cut| matches!(cut, Request::Open(_)));
        assert!(whole, "{cut}");
    }
    assert!(Request::from_bytes(&[message, &[0]].concat()).is_none());
}

#[test]
fn questions_are_read_as_they_were_asked() {
    let (store, _) = vault();
    let name = "vault".repeat(400);
    same_request(&Request::Open(WrappedKey { stanza: [7; 32], shares: vec![[1; 64], [2; 64]] }));
    same_request(&Request::Open(WrappedKey { stanza: [7; 32], shares: vec![[1; 64]; 64] }));
    same_request(&Request::Add { held: held(&store), lifetime: None, name: "é".repeat(700) });
    same_request(&Request::Add { held: held(&store), lifetime: Some(Duration::from_secs(60)), name });
    [Request::Lock, Request::List, Request::Stop].iter().for_each(same_request);
}

#[test]
fn answers_are_read_as_they_were_given() {
    let entry = |name: &str| Entry { name: name.into(), lifetime: 900, left: 17 };
    let key = UnwrappedKey {
        file_key: Zeroizing::new([3; 16]),
        vault: VaultId(uuid::Uuid::from_bytes([4; 16])),
        mac_key_hash: [5; 32],
    };
    let answers = [
        Answer::Done,
        Answer::Key(key),
        Answer::NotHeld,
        Answer::Full,
        Answer::Refused,
        Answer::Held { memory_locked: true, entries: vec![entry("a"), entry("b")] },
        Answer::Held { memory_locked: false, entries: Vec::new() },
    ];
    for answer in answers {
        let bytes = answer.to_bytes();
        let again = Answer::from_bytes(&bytes[4..]).unwrap();
        assert_eq!(*again.to_bytes(), *bytes, "{answer:?}");
    }
}

#[test]
fn another_version_is_not_understood() {
    let bytes = Request::Lock.to_bytes();
    let mut other = bytes[4..].to_vec();
    other[0] += 1;
    assert!(Request::from_bytes(&other).is_none() && Answer::from_bytes(&other).is_none());
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0_u8..8) {
        for message in [bytes.clone(), [vec![1, kind], bytes].concat()] {
            let _ = (Request::from_bytes(&message), Answer::from_bytes(&message));
        }
    }
}
