//! The laws of merging, over random histories of several writers.

use super::*;
use keyfob::vault::disk::Disk;
use keyfob::vault::{Edit, VaultId, WriterId};
use proptest::prelude::*;
use uuid::Uuid;

fn vault(writer: u64) -> Vault {
    Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(writer))
}

/// One step of a history: which copy, what, and on which of its devices.
type Step = (u8, u8, u8);

fn step(vault: &mut Vault, (_, what, which): Step, number: u32) {
    let ids: Vec<DeviceId> = vault.devices().map(|device| device.id).collect();
    let id = ids.get(usize::from(which) % ids.len().max(1)).copied();
    let name = Text::line(&format!("name{number}")).unwrap();
    let edit = |edit: Edit| id.map(|id| Change::Edit { id, edit: Box::new(edit) });
    let counter = id.and_then(|id| vault.get(id)?.method.counter()).unwrap_or(0);
    let change = match what % 8 {
        0 => Some(Change::Add(Box::new(hotp(number, 1)))),
        1 => edit(Edit { issuer: Some(name), ..Edit::default() }),
        2 => edit(Edit { account: Some(name), ..Edit::default() }),
        3 => edit(Edit {
            favourite: Some(number.is_multiple_of(2)),
            tags: Some(vec![name]),
            ..Edit::default()
        }),
        4 => id.map(Change::Remove),
        5 => id.map(Change::Advance),
        7 => id.filter(|_| counter > 0).map(|id| Change::StepBack { id, from: counter }),
        _ => id.map(Change::Checked),
    };
    if let Some(change) = change {
        vault.apply(&change, UnixTime(NOW.0 + u64::from(number))).unwrap();
    }
}

/// Three copies of one vault of three devices, changed apart.
fn copies(steps: &[Step]) -> [Vault; 3] {
    let mut base = vault(1);
    for number in 0..3 {
        base.apply(&Change::Add(Box::new(hotp(9000 + number, 1))), NOW).unwrap();
    }
    // A copy under another writer: as another process would have it.
    let copy = |writer: u64| vault(writer).merge(&base);
    let mut copies = [copy(2), copy(3), copy(4)];
    for (number, step_) in (0u32..).zip(steps) {
        step(&mut copies[usize::from(step_.0) % 3], *step_, number);
    }
    copies
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0u8..3, 0u8..8, 0u8..8), 0..24)
}

proptest! {
    #[test]
    fn merging_is_commutative_and_idempotent(steps in steps()) {
        let [a, b, _] = copies(&steps);
        prop_assert!(a.merge(&b).same_contents(&b.merge(&a)));
        prop_assert!(a.merge(&a).same_contents(&a));
        prop_assert!(a.merge(&b).merge(&b).same_contents(&a.merge(&b)));
    }

    /// Where two copies write one field and a third removes the device, the order decides what is left of
    /// that field; where each copy keeps to fields of its own, it does not matter. (Nor does it for a counter,
    /// unless it steps back: whether a copy that would bring it forward meets it before a removal then decides.)
    #[test]
    fn merging_is_associative_where_fields_are_apart(steps in steps()) {
        let apart = |(copy, what, which): Step| match what {
            1..=3 => (copy, 1 + copy, which),
            5..=7 if copy != 0 => (copy, 1 + copy, which),
            7 => (copy, 5, which),
            _ => (copy, what, which),
        };
        let [a, b, c] = copies(&steps.into_iter().map(apart).collect::<Vec<_>>());
        prop_assert!(a.merge(&b).merge(&c).same_contents(&a.merge(&b.merge(&c))));
    }

    #[test]
    fn no_secret_is_lost_that_nobody_removed(steps in steps()) {
        let [a, b, c] = copies(&steps);
        let merged = a.merge(&b).merge(&c);
        let logs = || [&a, &b, &c].into_iter().flat_map(Vault::log);
        for device in [&a, &b, &c].into_iter().flat_map(Vault::devices) {
            let removed = logs().any(|entry| entry.what == "remove" && entry.device == Some(device.id));
            prop_assert!(removed || merged.devices().any(|kept| kept.secret == device.secret));
        }
    }

    #[test]
    fn counters_never_go_back(steps in steps()) {
        let [a, b, _] = copies(&steps);
        let merged = a.merge(&b);
        for device in merged.devices() {
            for copy in [&a, &b] {
                let theirs = copy.get(device.id).and_then(|device| device.method.counter());
                prop_assert!(device.method.counter() >= theirs);
            }
        }
    }
}

#[test]
fn a_counter_that_stepped_back_comes_forward_again_by_merging() {
    let mut one = vault(1);
    let id = one.apply(&Change::Add(Box::new(hotp(1, 5))), NOW).unwrap().id.unwrap();
    one.apply(&Change::Advance(id), NOW).unwrap();
    let other = vault(2).merge(&one);
    one.apply(&Change::StepBack { id, from: 6 }, NOW).unwrap();
    // The other copy may have shown the code of 5: nobody makes it twice unawares.
    for merged in [one.merge(&other), other.merge(&one)] {
        assert_eq!(merged.get(id).unwrap().method.counter(), Some(6));
    }
}

fn two_copies() -> (Vault, Vault, DeviceId) {
    let mut base = vault(1);
    let id = base.apply(&Change::Add(Box::new(candidate(1))), NOW).unwrap().id.unwrap();
    (vault(2).merge(&base), vault(3).merge(&base), id)
}

fn edit(vault: &mut Vault, id: DeviceId, edit: Edit) {
    vault.apply(&Change::Edit { id, edit: Box::new(edit) }, NOW).unwrap();
}

#[test]
fn edits_of_different_fields_both_stay() {
    let (mut one, mut two, id) = two_copies();
    edit(&mut one, id, Edit { issuer: Some(Text::line("One").unwrap()), ..Edit::default() });
    edit(&mut two, id, Edit { account: Some(Text::line("two").unwrap()), ..Edit::default() });
    let merged = one.merge(&two);
    assert_eq!(merged.get(id).unwrap().label(), "One:two");
}

#[test]
fn a_removal_gives_way_to_an_edit_that_did_not_know_of_it() {
    let (mut one, mut two, id) = two_copies();
    // The remover has written a great deal, so that its stamps are far ahead of the editor's.
    for number in 0..20 {
        edit(&mut one, id, Edit { note: Some(Text::note(&format!("{number}")).unwrap()), ..Edit::default() });
    }
    one.apply(&Change::Remove(id), NOW).unwrap();
    edit(&mut two, id, Edit { account: Some(Text::line("edited").unwrap()), ..Edit::default() });
    let merged = one.merge(&two);
    assert_eq!(accounts(&merged), ["edited"]);
    // Without such an edit the removal stands, whichever way round.
    let (mut one, two, id) = two_copies();
    one.apply(&Change::Remove(id), NOW).unwrap();
    assert_eq!(one.merge(&two).devices().len(), 0);
    assert_eq!(two.merge(&one).devices().len(), 0);
}

#[test]
fn two_secrets_under_one_id_both_stay() {
    let (mut one, mut two, id) = two_copies();
    let device = one.get(id).unwrap().clone();
    let other = candidate(77).into_device(id, device.created);
    two.apply(&Change::Remove(id), NOW).unwrap();
    two.apply(&Change::Restore(Box::new(other)), NOW).unwrap();
    edit(&mut one, id, Edit { issuer: Some(Text::line("Mine").unwrap()), ..Edit::default() });
    let merged = one.merge(&two);
    assert_eq!(merged.devices().len(), 2);
    assert!(merged.same_contents(&two.merge(&one)));
    assert!(merged.merge(&one).merge(&two).same_contents(&merged));
}

#[test]
fn fields_of_a_newer_program_survive_a_round_trip() {
    // A newer keyfob adds a field to the vault, to a device and to a stamp: written by hand into the MessagePack.
    use rmpv::Value;
    let (_, store) = memory_store();
    let (identities, to) = recipient();
    store.create(&NewLock::Recipients(vec![to.clone()]), NOW).unwrap();
    let mut session = store.read().unwrap().open(Unlock::Identities(&identities)).unwrap();
    add(&mut session, candidate(1));
    let plain = decrypt(store.read().unwrap().bytes());
    let mut outer = rmpv::decode::read_value(&mut plain.as_slice()).unwrap();
    let mut content =
        rmpv::decode::read_value(&mut field(&mut outer, "content").as_slice().unwrap()).unwrap();
    set(&mut content, "colour_scheme", Value::from("green"));
    let device = &mut field(&mut content, "devices").as_array().unwrap().clone()[0].clone();
    set(device, "icon", Value::Binary(vec![9; 20]));
    set(device, "stamps", Value::Map(vec![("icon".into(), Value::Array(vec![5.into(), 6.into()]))]));
    set(&mut content, "devices", Value::Array(vec![device.clone()]));
    let file = reseal(&content, &to);
    let (disk, store) = memory_store();
    disk.create_new(store.path()).unwrap().write_all(&file).unwrap();
    let mut session = store.read().unwrap().open(Unlock::Identities(&identities)).unwrap();
    add(&mut session, candidate(2));
    let plain = decrypt(store.read().unwrap().bytes());
    let mut outer = rmpv::decode::read_value(&mut plain.as_slice()).unwrap();
    let mut content =
        rmpv::decode::read_value(&mut field(&mut outer, "content").as_slice().unwrap()).unwrap();
    assert_eq!(field(&mut content, "colour_scheme"), Value::from("green"));
    let mut device = field(&mut content, "devices").as_array().unwrap()[0].clone();
    assert_eq!(field(&mut device, "icon"), Value::Binary(vec![9; 20]));
    assert_eq!(field(&mut field(&mut device, "stamps"), "icon"), Value::Array(vec![5.into(), 6.into()]));
}

#[test]
fn a_newer_version_is_refused_and_so_is_anything_after_the_end() {
    use keyfob::vault::BadVault;
    use rmpv::Value;
    let (identities, to) = recipient();
    let (_, store) = memory_store();
    store.create(&NewLock::Recipients(vec![to.clone()]), NOW).unwrap();
    let plain = decrypt(store.read().unwrap().bytes());
    let mut outer = rmpv::decode::read_value(&mut plain.as_slice()).unwrap();
    let good = rmpv::decode::read_value(&mut field(&mut outer, "content").as_slice().unwrap()).unwrap();
    let open = |file: &[u8]| {
        let (disk, store) = memory_store();
        disk.create_new(store.path()).unwrap().write_all(file).unwrap();
        match store.read().unwrap().open(Unlock::Identities(&identities)) {
            Err(VaultError::Bad { bad, .. }) => Some(bad),
            Err(other) => panic!("{other:?}"),
            Ok(_) => None,
        }
    };
    assert_eq!(open(&reseal(&good, &to)), None);
    let mut newer = good.clone();
    set(&mut newer, "version", Value::from(2));
    assert_eq!(open(&reseal(&newer, &to)), Some(BadVault::Newer { version: 2 }));
    let mut plain = plain.clone();
    plain.push(0xc0);
    assert!(matches!(open(&encrypt(&plain, &to)), Some(BadVault::Contents(_))));
}

fn decrypt(file: &[u8]) -> Vec<u8> {
    age::decrypt(&stock_identity(), file).unwrap()
}

fn encrypt(plain: &[u8], to: &keyfob::vault::Recipient) -> Vec<u8> {
    age::encrypt(&to.as_str().parse::<age::x25519::Recipient>().unwrap(), plain).unwrap()
}

/// The contents in a file again, with a MAC that fits.
fn reseal(content: &rmpv::Value, to: &keyfob::vault::Recipient) -> Vec<u8> {
    use hmac::{Hmac, KeyInit, Mac};
    use rmpv::Value;
    let mut inner = Vec::new();
    rmpv::encode::write_value(&mut inner, content).unwrap();
    let key = field(&mut content.clone(), "mac_key");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_slice().unwrap()).unwrap();
    mac.update(&inner);
    let mac = mac.finalize().into_bytes().to_vec();
    let outer =
        Value::Map(vec![("content".into(), Value::Binary(inner)), ("mac".into(), Value::Binary(mac))]);
    let mut plain = Vec::new();
    rmpv::encode::write_value(&mut plain, &outer).unwrap();
    encrypt(&plain, to)
}

fn field(map: &mut rmpv::Value, name: &str) -> rmpv::Value {
    let rmpv::Value::Map(pairs) = map else { panic!("no map") };
    pairs.iter().find(|(key, _)| key.as_str() == Some(name)).unwrap().1.clone()
}

fn set(map: &mut rmpv::Value, name: &str, value: rmpv::Value) {
    let rmpv::Value::Map(pairs) = map else { panic!("no map") };
    pairs.retain(|(key, _)| key.as_str() != Some(name));
    pairs.push((name.into(), value));
}

#[test]
fn tokens_are_merged_as_devices_are_and_one_token_is_one() {
    let token = |serial: &str, account: &str| {
        let mut token = Candidate::token(Text::line(serial).unwrap()).unwrap();
        token.account = Text::line(account).unwrap();
        Change::Add(Box::new(token))
    };
    let base = vault(1);
    let (mut one, mut other) = (vault(2).merge(&base), vault(3).merge(&base));
    one.apply(&token("GAHT11111111", "here"), NOW).unwrap();
    one.apply(&token("GAHT12345678", "both"), NOW).unwrap();
    other.apply(&token("GAHT22222222", "there"), NOW).unwrap();
    let merged = one.merge(&other);
    assert!(merged.same_contents(&other.merge(&one)));
    let mut serials: Vec<_> =
        merged.devices().map(|device| device.serial.as_ref().unwrap().raw().to_owned()).collect();
    serials.sort();
    assert_eq!(serials, ["GAHT11111111", "GAHT12345678", "GAHT22222222"]);
    assert!(merged.devices().all(|device| !device.has_secret()));
    // A token is its number, which is taken once; and a change of one copy is in the other.
    let mut changed = other.merge(&one);
    let id = changed.devices().find(|device| device.account.raw() == "both").unwrap().id;
    assert!(changed.apply(&token("GAHT12345678", "again"), NOW).is_err());
    let edit = Edit { account: Some(Text::line("renamed").unwrap()), ..Edit::default() };
    changed.apply(&Change::Edit { id, edit: Box::new(edit) }, NOW).unwrap();
    assert_eq!(one.merge(&changed).get(id).unwrap().account.raw(), "renamed");
}
