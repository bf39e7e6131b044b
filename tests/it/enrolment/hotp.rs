//! Counters: they go ahead only.

use super::{NOW, nothing};
use crate::codes::device;
use keyfob::device::Device;
use keyfob::device::enrolment::{Answer, Place, Verdict, check};
use keyfob::otp::{Algorithm, Code, Digits, Method};

const COUNTER: u64 = 1000;

fn token() -> Device {
    let method = Method::Hotp { algorithm: Algorithm::Sha1, digits: Digits::SIX, counter: COUNTER };
    device("VPN", "ops", b"12345678901234567890", method)
}

fn ahead(offset: i64) -> Code {
    let token = token();
    token.method.code(&token.secret, COUNTER.checked_add_signed(offset).unwrap())
}

fn judge(first: i64, second: Option<i64>, window: Option<u32>) -> Answer {
    let token = token();
    check(&token, std::iter::once(&token), ahead(first), second.map(ahead), NOW, window)
}

#[test]
fn counters_ahead_are_found_and_have_no_seconds() {
    for (first, drift, verdict) in [
        (-1, 0, Verdict::Ok),
        (0, 0, Verdict::Ok),
        (1, 1, Verdict::Ok),
        (2, 2, Verdict::Drifted),
        (50, 50, Verdict::Drifted),
    ] {
        let answer = judge(first, Some(first + 1), None);
        assert_eq!((answer.verdict, answer.drift_steps), (verdict, Some(drift)), "from {first}");
        assert_eq!(answer.drift_seconds, None);
        let factor = COUNTER.checked_add_signed(first).unwrap();
        assert_eq!(answer.first, Some(Place { factor, valid_from: None }));
        assert_eq!(answer.second, Some(Place { factor: factor + 1, valid_from: None }));
    }
}

#[test]
fn one_code_may_be_the_one_just_used() {
    for (offset, verdict) in
        [(-1, Verdict::Ok), (0, Verdict::Ok), (1, Verdict::Ok), (2, Verdict::Drifted), (50, Verdict::Drifted)]
    {
        let answer = judge(offset, None, None);
        assert_eq!((answer.verdict, answer.drift_steps), (verdict, Some(offset)));
    }
    for beyond in [-20, -2, 51, 70] {
        assert_eq!(judge(beyond, None, None), nothing(Verdict::NoMatch), "{beyond}");
    }
    assert_eq!(judge(70, None, Some(70)).verdict, Verdict::Drifted);
    assert_eq!(judge(-2, None, Some(70)).verdict, Verdict::NoMatch);
}

#[test]
fn the_other_verdicts_are_those_of_time() {
    assert_eq!(judge(3, Some(3), None).verdict, Verdict::SameCode);
    assert_eq!(judge(4, Some(3), None).verdict, Verdict::Reversed);
    assert_eq!(judge(3, Some(9), None).verdict, Verdict::NotConsecutive);
    assert_eq!(judge(3, Some(900), None).verdict, Verdict::SecondWrong);
    assert_eq!(judge(900, Some(3), None).verdict, Verdict::FirstWrong);
    assert_eq!(judge(900, Some(901), None).verdict, Verdict::NoMatch);
}

#[test]
fn a_counter_at_either_end_is_looked_at_within_what_there_is() {
    for (counter, offset) in [(0, 0), (0, 1), (u64::MAX, 0), (u64::MAX, -1)] {
        let method = Method::Hotp { algorithm: Algorithm::Sha1, digits: Digits::SIX, counter };
        let token = device("VPN", "ops", b"12345678901234567890", method);
        let code = token.method.code(&token.secret, counter.checked_add_signed(offset).unwrap());
        let answer = check(&token, std::iter::empty(), code, None, NOW, None);
        assert_eq!((answer.verdict, answer.drift_steps), (Verdict::Ok, Some(offset)), "{counter}");
    }
}

#[test]
fn a_token_is_found_as_the_other_device_by_its_own_counter() {
    let (alice, token) = (super::alice(), {
        let mut token = token();
        token.secret = keyfob::otp::Secret::from_bytes(b"a token of its own").unwrap();
        token
    });
    let code = |offset: u64| token.method.code(&token.secret, COUNTER + offset);
    let answer = check(&alice, [&alice, &token].into_iter(), code(5), Some(code(6)), NOW, None);
    assert_eq!((answer.verdict, answer.belongs_to), (Verdict::OtherDevice, Some(token.id)));
}
