//! What one or two typed codes prove.

mod enrolled;
mod hotp;
mod laws;

use crate::codes::device;
use keyfob::clock::UnixTime;
use keyfob::device::Device;
use keyfob::device::enrolment::{Answer, Place, Verdict, check};
use keyfob::otp::{Code, Method};

const NOW: UnixTime = UnixTime(1_700_000_000);
/// The step that holds [`NOW`].
const STEP: u64 = 1_700_000_000 / 30;

fn alice() -> Device {
    device("AWS", "alice", b"12345678901234567890", Method::TOTP)
}

fn bob() -> Device {
    device("AWS", "bob", b"another secret of 26 bytes", Method::TOTP)
}

/// The code that is this many steps from now.
fn at(device: &Device, offset: i64) -> Code {
    device.method.code(&device.secret, STEP.checked_add_signed(offset).unwrap())
}

fn code(typed: &str) -> Code {
    Code::parse(typed, &Method::TOTP).unwrap()
}

/// A code that the device makes nowhere near now.
fn foreign_code(device: &Device) -> Code {
    (0..1_000_000)
        .map(|n| code(&format!("{n:06}")))
        .find(|code| (-60..=60).all(|k| at(device, k) != *code))
        .unwrap()
}

fn judge(first: Code, second: impl Into<Option<Code>>) -> Answer {
    let (alice, bob) = (alice(), bob());
    check(&alice, [&alice, &bob].into_iter(), first, second.into(), NOW, None)
}

fn place(offset: i64) -> Place {
    let factor = STEP.checked_add_signed(offset).unwrap();
    Place { factor, valid_from: Some(UnixTime(factor * 30)) }
}

/// The answer when the codes are the device's: verdict, drift, and where the codes belong.
fn found(verdict: Verdict, drift: i64, first: Option<i64>, second: Option<i64>) -> Answer {
    Answer {
        verdict,
        drift_steps: Some(drift),
        drift_seconds: Some(drift * 30),
        belongs_to: None,
        first: first.map(place),
        second: second.map(place),
    }
}

fn nothing(verdict: Verdict) -> Answer {
    Answer { verdict, drift_steps: None, drift_seconds: None, belongs_to: None, first: None, second: None }
}

#[test]
fn two_codes_in_a_row_are_good_however_far_the_clock_is_off() {
    let alice = alice();
    for (first, drift, verdict) in [
        (-21, -20, Verdict::Drifted), // the nearer code is in the window
        (-20, -19, Verdict::Drifted),
        (-5, -4, Verdict::Drifted),
        (-3, -2, Verdict::Drifted),
        (-2, -1, Verdict::Ok),
        (-1, 0, Verdict::Ok),
        (0, 0, Verdict::Ok),
        (1, 1, Verdict::Ok),
        (2, 2, Verdict::Drifted),
        (8, 8, Verdict::Drifted),
        (20, 20, Verdict::Drifted),
    ] {
        let answer = judge(at(&alice, first), at(&alice, first + 1));
        assert_eq!(answer, found(verdict, drift, Some(first), Some(first + 1)), "from step {first}");
        assert!(answer.verdict.is_good());
    }
}

#[test]
fn one_code_is_judged_by_the_same_rule() {
    let alice = alice();
    for (offset, verdict) in [
        (-20, Verdict::Drifted),
        (-2, Verdict::Drifted),
        (-1, Verdict::Ok),
        (0, Verdict::Ok),
        (1, Verdict::Ok),
        (2, Verdict::Drifted),
        (20, Verdict::Drifted),
    ] {
        assert_eq!(judge(at(&alice, offset), None), found(verdict, offset, Some(offset), None));
    }
    for beyond in [-900, -21, 21, 900] {
        assert_eq!(judge(at(&alice, beyond), None), nothing(Verdict::NoMatch));
    }
}

#[test]
fn the_same_code_twice_says_wait() {
    let (alice, bob) = (alice(), bob());
    for offset in [-7, 0, 3] {
        let answer = judge(at(&alice, offset), at(&alice, offset));
        assert_eq!(answer, found(Verdict::SameCode, offset, Some(offset), Some(offset)));
    }
    // Only where it is this device's at all.
    let stranger = foreign_code(&alice);
    assert_eq!(judge(stranger, stranger), nothing(Verdict::NoMatch));
    assert_eq!(judge(at(&bob, 0), at(&bob, 0)).verdict, Verdict::OtherDevice);
}

#[test]
fn two_codes_in_a_row_the_wrong_way_round_are_reversed() {
    let alice = alice();
    for first in [-20, -1, 0, 1, 9, 21] {
        let nearer = if first > 0 { first - 1 } else { first };
        let answer = judge(at(&alice, first), at(&alice, first - 1));
        assert_eq!(answer, found(Verdict::Reversed, nearer, Some(first), Some(first - 1)), "{first}");
    }
}

#[test]
fn two_codes_with_a_gap_are_not_consecutive() {
    let alice = alice();
    for (first, second, nearer) in [(-2, 0, 0), (0, 2, 0), (3, -4, 3), (-20, 20, -20), (5, 3, 3)] {
        let answer = judge(at(&alice, first), at(&alice, second));
        assert_eq!(answer, found(Verdict::NotConsecutive, nearer, Some(first), Some(second)));
    }
}

#[test]
fn the_wrong_one_of_two_codes_is_named() {
    let alice = alice();
    let (good, bad) = (at(&alice, -3), foreign_code(&alice));
    assert_eq!(judge(good, bad), found(Verdict::SecondWrong, -3, Some(-3), None));
    assert_eq!(judge(bad, good), found(Verdict::FirstWrong, -3, None, Some(-3)));
    // A code of another device is no better than any other wrong one.
    assert_eq!(judge(good, at(&bob(), 0)).verdict, Verdict::SecondWrong);
    assert_eq!(judge(at(&bob(), 0), good).verdict, Verdict::FirstWrong);
    // One step beyond the window counts only beside a code that is in it.
    assert_eq!(judge(good, at(&alice, 21)).verdict, Verdict::SecondWrong);
    assert_eq!(judge(at(&alice, 21), at(&alice, 22)), nothing(Verdict::NoMatch));
}

#[test]
fn codes_of_another_device_name_it() {
    let (alice, bob) = (alice(), bob());
    for (first, second) in [(0, Some(1)), (-9, Some(-8)), (1, Some(0)), (4, None)] {
        let second = second.map(|offset| at(&bob, offset));
        let answer = check(&alice, [&alice, &bob].into_iter(), at(&bob, first), second, NOW, None);
        assert_eq!(answer, Answer { belongs_to: Some(bob.id), ..nothing(Verdict::OtherDevice) });
    }
    // Both codes have to be the other's.
    let stranger = foreign_code(&bob);
    assert_eq!(judge(at(&bob, 0), stranger), nothing(Verdict::NoMatch));
    assert_eq!(judge(stranger, at(&bob, 0)), nothing(Verdict::NoMatch));
}

#[test]
fn the_window_can_be_set() {
    let alice = alice();
    let answer = |offset, window| {
        let (first, second) = (at(&alice, offset), at(&alice, offset + 1));
        check(&alice, std::iter::empty(), first, Some(second), NOW, Some(window)).verdict
    };
    assert_eq!(answer(100, 100), Verdict::Drifted);
    assert_eq!(answer(101, 100), Verdict::NoMatch);
    assert_eq!(answer(-101, 100), Verdict::Drifted);
    assert_eq!(answer(0, 0), Verdict::Ok);
    assert_eq!(answer(-1, 0), Verdict::Ok);
    assert_eq!(answer(1, 0), Verdict::NoMatch);
    let one = |offset, window| check(&alice, std::iter::empty(), at(&alice, offset), None, NOW, Some(window));
    assert_eq!(one(0, 0).verdict, Verdict::Ok);
    assert_eq!(one(1, 0).verdict, Verdict::NoMatch);
}

#[test]
fn the_first_and_the_last_second_there_are_have_steps() {
    let alice = alice();
    let code_of = |step| alice.method.code(&alice.secret, step);
    let first = check(&alice, std::iter::empty(), code_of(0), Some(code_of(1)), UnixTime(0), None);
    assert_eq!((first.verdict, first.drift_steps), (Verdict::Ok, Some(0)));
    let last = u64::MAX / 30;
    let at_end = check(
        &alice,
        std::iter::empty(),
        code_of(last - 1),
        Some(code_of(last)),
        UnixTime(u64::MAX),
        Some(u32::MAX),
    );
    assert_eq!((at_end.verdict, at_end.drift_steps), (Verdict::Ok, Some(0)));
}

#[test]
fn verdicts_have_the_names_of_the_contract() {
    for (verdict, name, good) in [
        (Verdict::Ok, "ok", true),
        (Verdict::Drifted, "drifted", true),
        (Verdict::SameCode, "same-code", false),
        (Verdict::Reversed, "reversed", false),
        (Verdict::NotConsecutive, "not-consecutive", false),
        (Verdict::SecondWrong, "second-wrong", false),
        (Verdict::FirstWrong, "first-wrong", false),
        (Verdict::OtherDevice, "other-device", false),
        (Verdict::NoMatch, "no-match", false),
    ] {
        assert_eq!((verdict.as_str(), verdict.is_good()), (name, good));
    }
}
