//! Changes in memory: what they do, what takes them back, and what is refused.

use super::*;
use keyfob::vault::{Edit, VaultId, WriterId};
use uuid::Uuid;

fn vault() -> Vault {
    Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(7))
}

fn add_to(vault: &mut Vault, candidate: Candidate) -> DeviceId {
    vault.apply(&Change::Add(Box::new(candidate)), NOW).unwrap().id.unwrap()
}

#[test]
fn every_change_that_can_be_taken_back_is_taken_back_whole() {
    let mut vault = vault();
    let id = add_to(&mut vault, candidate(1));
    let other = add_to(&mut vault, candidate(2));
    let before: Vec<_> = vault.devices().cloned().collect();
    let edit = Edit {
        issuer: Some(Text::line("Other").unwrap()),
        serial: Some(Some(Text::line("GAHT12345678").unwrap())),
        tags: Some(vec![
            Text::line("work").unwrap(),
            Text::line("aws").unwrap(),
            Text::line("work").unwrap(),
        ]),
        favourite: Some(true),
        ..Edit::default()
    };
    for change in [Change::Edit { id, edit: Box::new(edit) }, Change::Remove(id), Change::Remove(other)] {
        let applied = vault.apply(&change, NOW).unwrap();
        assert_ne!(vault.devices().cloned().collect::<Vec<_>>(), before, "{change:?}");
        vault.apply(&applied.inverse.unwrap(), NOW).unwrap();
        let after: Vec<_> = vault.devices().cloned().collect();
        assert_eq!(after, before, "{change:?}");
    }
}

#[test]
fn tags_are_sorted_and_each_once() {
    let mut vault = vault();
    let id = add_to(&mut vault, candidate(1));
    let tags = ["work", "aws", "work"].map(|tag| Text::line(tag).unwrap()).to_vec();
    vault
        .apply(&Change::Edit { id, edit: Box::new(Edit { tags: Some(tags), ..Edit::default() }) }, NOW)
        .unwrap();
    let tags: Vec<_> = vault.get(id).unwrap().tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["aws", "work"]);
}

#[test]
fn a_secret_belongs_to_one_device() {
    let mut vault = vault();
    let id = add_to(&mut vault, candidate(1));
    let longer = Method::Totp {
        algorithm: keyfob::otp::Algorithm::default(),
        digits: Digits::new(8).unwrap(),
        period: keyfob::otp::Period::THIRTY,
    };
    let twin = Candidate { method: longer, ..candidate(1) };
    let refused = vault.apply(&Change::Add(Box::new(twin)), NOW);
    assert_eq!(refused, Err(ChangeError::SecretTaken { id, label: "Acme:user1".into(), same_codes: false }));
    let removed = vault.get(id).unwrap().clone();
    vault.apply(&Change::Remove(id), NOW).unwrap();
    let again = add_to(&mut vault, candidate(1));
    assert_ne!(again, id);
    // The undo of the removal would make two owners of one secret.
    assert!(matches!(
        vault.apply(&Change::Restore(Box::new(removed)), NOW),
        Err(ChangeError::SecretTaken { .. })
    ));
}

#[test]
fn hotp_counts_to_its_end_and_no_further() {
    let mut vault = vault();
    let id = add_to(&mut vault, hotp(1, u64::MAX - 1));
    assert_eq!(vault.apply(&Change::Advance(id), NOW).unwrap().factor, Some(u64::MAX - 1));
    assert_eq!(vault.apply(&Change::Advance(id), NOW), Err(ChangeError::CounterExhausted));
    let totp = add_to(&mut vault, candidate(2));
    assert_eq!(vault.apply(&Change::Advance(totp), NOW), Err(ChangeError::NotHotp));
    let nobody = DeviceId(Uuid::from_u128(9));
    assert_eq!(vault.apply(&Change::Remove(nobody), NOW), Err(ChangeError::NoSuchDevice));
}

#[test]
fn an_import_is_one_entry_of_the_log_and_tells_each_twin() {
    let mut vault = vault();
    add_to(&mut vault, candidate(1));
    let outcomes = vault.import(&[candidate(1), candidate(2), candidate(3), candidate(2)], NOW);
    let taken: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(taken, [false, true, true, false]);
    let last = vault.log().last().unwrap();
    assert_eq!((last.what.as_str(), last.count), ("import", Some(2)));
}

#[test]
fn the_log_tells_how_old_the_backup_is_and_never_a_secret() {
    let mut vault = vault();
    assert_eq!(vault.last_backup(), None);
    add_to(&mut vault, candidate(1));
    vault.apply(&Change::Exported { devices: 1 }, UnixTime(50)).unwrap();
    let id = add_to(&mut vault, candidate(2));
    vault.apply(&Change::Checked(id), NOW).unwrap();
    vault.apply(&Change::Remove(id), NOW).unwrap();
    assert_eq!(vault.last_backup(), Some((UnixTime(50), 2)));
    let text = format!("{:?} {vault:?}", vault.log());
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn restoring_makes_the_devices_those_of_the_other() {
    let mut old = vault();
    add_to(&mut old, candidate(1));
    let kept = add_to(&mut old, candidate(2));
    let mut new = old.clone();
    new.apply(&Change::Remove(kept), NOW).unwrap();
    add_to(&mut new, candidate(3));
    let today = new.clone();
    assert_eq!(new.replace_with(&old, NOW), 2);
    assert_eq!(accounts(&new), ["user1", "user2"]);
    // Somebody who still has today's state open does not bring it back.
    assert_eq!(accounts(&new.merge(&today)), ["user1", "user2"]);
}

#[test]
fn restoring_never_takes_a_counter_back() {
    let mut old = vault();
    let id = add_to(&mut old, hotp(1, 5));
    let mut new = old.clone();
    for _ in 0..3 {
        new.apply(&Change::Advance(id), NOW).unwrap();
    }
    new.replace_with(&old, NOW);
    assert_eq!(new.get(id).unwrap().method.counter(), Some(8));
}
