//! How far a device's own clock is off: kept, merged, taken back, and used.

use super::*;
use keyfob::otp::{Drift, Period};
use keyfob::vault::{Edit, VaultId, WriterId};
use uuid::Uuid;

fn steps(steps: i64) -> Drift {
    Drift::new(steps).unwrap()
}

fn go_by(id: DeviceId, drift: Drift) -> Change {
    Change::Edit { id, edit: Box::new(Edit { drift: Some(drift), ..Edit::default() }) }
}

fn drift_of(vault: &Vault, id: DeviceId) -> i64 {
    vault.get(id).unwrap().drift.steps()
}

#[test]
fn it_is_in_the_file_and_comes_back_with_an_undo() {
    let (_, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    let id = add(&mut session, candidate(1));
    let applied = change(&mut session, &go_by(id, steps(-3))).unwrap();
    assert_eq!(drift_of(open(&store).vault(), id), -3);
    change(&mut session, &applied.inverse.unwrap()).unwrap();
    assert_eq!(drift_of(open(&store).vault(), id), 0);
}

#[test]
fn of_two_copies_the_later_word_counts_whoever_merges() {
    let empty = |writer| Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(writer));
    let mut one = empty(1);
    let id = one.apply(&Change::Add(Box::new(candidate(1))), NOW).unwrap().id.unwrap();
    let mut two = empty(2).merge(&one);
    one.apply(&go_by(id, steps(-3)), NOW).unwrap();
    let mut told = two.merge(&one);
    told.apply(&go_by(id, steps(4)), NOW).unwrap();
    assert_eq!(drift_of(&one.merge(&told), id), 4);
    assert_eq!(drift_of(&told.merge(&one), id), 4);
    // Another field that was changed apart does not take it away.
    let name = Edit { issuer: Some(Text::line("Other").unwrap()), ..Edit::default() };
    two.apply(&Change::Edit { id, edit: Box::new(name) }, NOW).unwrap();
    assert_eq!(drift_of(&two.merge(&one), id), -3);
}

#[test]
fn steps_of_another_length_take_it_away_until_they_are_undone() {
    let mut vault = Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(1));
    let id = vault.apply(&Change::Add(Box::new(candidate(1))), NOW).unwrap().id.unwrap();
    vault.apply(&go_by(id, steps(5)), NOW).unwrap();
    let method = Method::Totp {
        algorithm: keyfob::otp::Algorithm::Sha1,
        digits: Digits::SIX,
        period: Period::new(60).unwrap(),
    };
    let longer = Edit { method: Some(method), ..Edit::default() };
    let applied = vault.apply(&Change::Edit { id, edit: Box::new(longer) }, NOW).unwrap();
    assert_eq!(drift_of(&vault, id), 0);
    vault.apply(&applied.inverse.unwrap(), NOW).unwrap();
    assert_eq!(drift_of(&vault, id), 5);
}

#[test]
fn codes_go_by_the_devices_clock_and_begin_by_ours() {
    let mut vault = Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(1));
    let id = vault.apply(&Change::Add(Box::new(candidate(1))), NOW).unwrap().id.unwrap();
    let ours = vault.get(id).unwrap().clone();
    vault.apply(&go_by(id, steps(-3)), NOW).unwrap();
    let device = vault.get(id).unwrap();
    assert_eq!(device.code_at(NOW.plus(90)), ours.code_at(NOW));
    assert_eq!(device.next_code_at(NOW.plus(90)), ours.next_code_at(NOW));
    let from = device.start_of(device.factor_at(NOW)).unwrap();
    assert!(from <= NOW && NOW.since(from) < 30);
    // Before 1970 there are no steps.
    assert_eq!(device.factor_at(UnixTime(0)), 0);
}

#[test]
fn a_counter_goes_by_no_clock() {
    let mut vault = Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(1));
    let id = vault.apply(&Change::Add(Box::new(hotp(1, 7))), NOW).unwrap().id.unwrap();
    vault.apply(&go_by(id, steps(-3)), NOW).unwrap();
    assert_eq!(vault.get(id).unwrap().factor_at(NOW), 7);
    assert_eq!(vault.get(id).unwrap().start_of(7), None);
}
