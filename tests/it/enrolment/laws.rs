//! What holds for every device, moment and pair of codes.

use crate::codes::{any_method, cases, device};
use keyfob::clock::UnixTime;
use keyfob::device::enrolment::{Verdict, check};
use keyfob::otp::{Code, Kind};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::{prop_assert, prop_assert_eq, proptest};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn codes_in_a_row_are_good_and_say_how_far_they_are(
        secret in vec(any::<u8>(), 10..40),
        method in any_method(),
        now in 1_000_000u64..u64::MAX / 2,
        offset in -20i64..=19,
    ) {
        let device = device("I", "a", &secret, method);
        let center = method.factor_at(UnixTime(now));
        let offset = if method.kind() == Kind::Hotp { offset.abs() } else { offset };
        let (Some(step), Some(next)) = (center.checked_add_signed(offset), center.checked_add_signed(offset + 1))
        else {
            return Ok(());
        };
        let (first, second) = (method.code(&device.secret, step), method.code(&device.secret, next));
        if first == second {
            return Ok(()); // two steps in a row with one code: nobody could tell
        }
        let answer = check(&device, std::iter::empty(), first, Some(second), UnixTime(now), None);
        prop_assert!(answer.verdict.is_good());
        let drift = answer.drift_steps.unwrap();
        prop_assert_eq!(answer.verdict == Verdict::Ok, drift.abs() <= 1);
        // A pair of the same codes may stand nearer by chance, never farther.
        let nearer = offset.abs().min((offset + 1).abs());
        prop_assert!(drift.abs() <= nearer);
        prop_assert_eq!(
            answer.drift_seconds,
            method.period().map(|period| drift * i64::try_from(period.get()).unwrap())
        );
        let (first, second) = (answer.first.unwrap(), answer.second.unwrap());
        prop_assert_eq!(first.factor + 1, second.factor);
        prop_assert_eq!(first.valid_from, method.period().map(|period| period.start_of(first.factor)));

        let reversed = check(
            &device,
            std::iter::empty(),
            method.code(&device.secret, next),
            Some(method.code(&device.secret, step)),
            UnixTime(now),
            None,
        );
        prop_assert!(matches!(reversed.verdict, Verdict::Reversed | Verdict::Ok | Verdict::Drifted));
    }

    #[test]
    fn any_two_codes_get_an_answer_that_agrees_with_itself(
        secret in vec(any::<u8>(), 1..40),
        other in vec(any::<u8>(), 41..50),
        method in any_method(),
        now in any::<u64>(),
        near in -3i64..=3,
        typed in 0u64..=9_999_999_999,
        window in 0u32..30,
        only_one in any::<bool>(),
    ) {
        let own = device("I", "a", &secret, method);
        let other = device("J", "b", &other, method);
        let center = method.factor_at(UnixTime(now));
        let first = method.code(&own.secret, center.saturating_add_signed(near));
        let digits = usize::from(method.digits());
        let typed = format!("{typed:010}");
        let second = Code::parse(&typed[10 - digits..], &method).unwrap_or(first);
        let second = (!only_one).then_some(second);
        let answer = check(&own, [&own, &other].into_iter(), first, second, UnixTime(now), Some(window));
        let (has_first, has_second) = (answer.first.is_some(), answer.second.is_some());
        let expected = match answer.verdict {
            Verdict::Ok | Verdict::Drifted => (true, second.is_some()),
            Verdict::SameCode | Verdict::Reversed | Verdict::NotConsecutive => (true, true),
            Verdict::SecondWrong => (true, false),
            Verdict::FirstWrong => (false, true),
            Verdict::OtherDevice | Verdict::NoMatch => (false, false),
        };
        prop_assert_eq!((has_first, has_second), expected, "{:?}", answer);
        prop_assert_eq!(answer.drift_steps.is_some(), has_first || has_second);
        prop_assert_eq!(answer.belongs_to.is_some(), answer.verdict == Verdict::OtherDevice);
        prop_assert!(answer.drift_steps.is_none_or(|drift| drift.unsigned_abs() <= u64::from(window.max(1))));
    }
}
