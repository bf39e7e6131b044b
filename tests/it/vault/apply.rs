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
    for change in [
        Change::Edit { id, edit: Box::new(edit) },
        Change::Remove(id),
        Change::Remove(other),
        Change::RemoveAll(vec![other, id]),
        Change::Import(vec![candidate(3), candidate(4)]),
    ] {
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

#[test]
fn a_counter_steps_back_by_one_from_where_it_is_said_to_be_and_never_below_nothing() {
    let mut vault = vault();
    let id = add_to(&mut vault, hotp(1, 0));
    let counter = |vault: &Vault| vault.get(id).unwrap().method.counter();
    assert_eq!(vault.apply(&Change::StepBack { id, from: 0 }, NOW), Err(ChangeError::CounterAtStart));
    vault.apply(&Change::Advance(id), NOW).unwrap();
    let moved = Err(ChangeError::CounterMoved { counter: 1 });
    assert_eq!(vault.apply(&Change::StepBack { id, from: 2 }, NOW), moved);
    assert_eq!(vault.apply(&Change::StepOn { id, from: 0 }, NOW), moved);
    let back = vault.apply(&Change::StepBack { id, from: 1 }, NOW).unwrap();
    assert_eq!((counter(&vault), back.factor), (Some(0), None));
    let on = vault.apply(&back.inverse.unwrap(), NOW).unwrap();
    assert_eq!((counter(&vault), on.factor), (Some(1), None));
    vault.apply(&on.inverse.unwrap(), NOW).unwrap();
    assert_eq!(counter(&vault), Some(0));
    let totp = add_to(&mut vault, candidate(2));
    assert_eq!(vault.apply(&Change::StepBack { id: totp, from: 1 }, NOW), Err(ChangeError::NotHotp));
    let end = add_to(&mut vault, hotp(3, u64::MAX));
    assert_eq!(
        vault.apply(&Change::StepOn { id: end, from: u64::MAX }, NOW),
        Err(ChangeError::CounterExhausted)
    );
}

#[test]
fn taking_a_code_is_taken_back_by_a_step_back() {
    let mut vault = vault();
    let id = add_to(&mut vault, hotp(1, 5));
    let applied = vault.apply(&Change::Advance(id), NOW).unwrap();
    assert_eq!(applied.inverse, Some(Change::StepBack { id, from: 6 }));
}

#[test]
fn an_edit_that_names_what_it_replaces_is_refused_where_something_else_stands() {
    let mut vault = vault();
    let id = add_to(&mut vault, candidate(1));
    let line = |text: &str| Some(Text::line(text).unwrap());
    let edit = |account: &str, instead_of: Edit| {
        let edit = Edit { account: line(account), instead_of: Some(Box::new(instead_of)), ..Edit::default() };
        Change::Edit { id, edit: Box::new(edit) }
    };
    let expected = Edit { account: line("user1"), issuer: line("Acme"), ..Edit::default() };
    let before = vault.clone();
    let other = Edit { account: line("somebody"), ..expected.clone() };
    let refused = vault.apply(&edit("new", other.clone()), NOW);
    assert_eq!(refused, Err(ChangeError::ChangedElsewhere { field: "account" }));
    assert!(vault.same_contents(&before), "an error changes nothing");
    // What the edit does not touch may be anything, and what is so already is no conflict.
    vault.apply(&edit("new", Edit { issuer: line("Other"), ..expected.clone() }), NOW).unwrap();
    vault.apply(&edit("new", other), NOW).unwrap();
    assert_eq!(accounts(&vault), ["new"]);
}

#[test]
fn editing_how_codes_are_made_leaves_the_counter_alone() {
    let mut vault = vault();
    let id = add_to(&mut vault, hotp(1, 5));
    vault.apply(&Change::Advance(id), NOW).unwrap();
    let stale = Method::Hotp {
        algorithm: keyfob::otp::Algorithm::Sha256,
        digits: Digits::new(8).unwrap(),
        counter: 0,
    };
    let edit = Edit { method: Some(stale), ..Edit::default() };
    let applied = vault.apply(&Change::Edit { id, edit: Box::new(edit) }, NOW).unwrap();
    let method = vault.get(id).unwrap().method;
    assert_eq!((method.counter(), method.digits()), (Some(6), 8));
    vault.apply(&Change::Advance(id), NOW).unwrap();
    vault.apply(&applied.inverse.unwrap(), NOW).unwrap();
    let method = vault.get(id).unwrap().method;
    assert_eq!((method.counter(), method.digits()), (Some(7), 6));
}

#[test]
fn what_is_there_is_not_brought_back_over_itself() {
    let mut vault = vault();
    let id = add_to(&mut vault, candidate(1));
    let device = vault.get(id).unwrap().clone();
    assert_eq!(vault.apply(&Change::Restore(Box::new(device)), NOW), Err(ChangeError::IsThere));
}
