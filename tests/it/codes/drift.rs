//! Which moving factors a code fits.

use super::{any_method, cases};
use keyfob::otp::{Method, Secret, Step, find_steps};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::{prop_assert, prop_assert_eq, proptest};

fn secret() -> Secret {
    Secret::from_base32(super::RFC_SECRET).unwrap()
}

#[test]
fn factors_that_do_not_exist_are_passed_over() {
    let (secret, method) = (secret(), Method::TOTP);
    let code = method.code(&secret, 1);
    assert_eq!(find_steps(&secret, &method, code, 0, -20..=20), [Step { factor: 1, offset: 1 }]);
    let last = method.code(&secret, u64::MAX);
    let found = find_steps(&secret, &method, last, u64::MAX, -20..=20);
    assert_eq!(found, [Step { factor: u64::MAX, offset: 0 }]);
    assert_eq!(find_steps(&secret, &method, code, 5, 3..=i64::from(i8::MIN)), []);
}

#[test]
fn of_several_the_nearest_comes_first_and_of_two_as_near_the_earlier() {
    // Steps of this secret that share a code, found by looking; the middle is set between them.
    let (secret, method) = (secret(), Method::TOTP);
    let mut seen = std::collections::HashMap::new();
    let twins = (0u64..20_000).find_map(|factor| {
        let earlier = seen.insert(method.code(&secret, factor), factor)?;
        ((factor - earlier) % 2 == 0).then_some((earlier, factor))
    });
    let (early, late) = twins.expect("20,000 codes of a million have twins");
    let (code, middle) = (method.code(&secret, early), u64::midpoint(early, late));
    let half = i64::try_from(late - middle).unwrap();
    let found = find_steps(&secret, &method, code, middle, -half..=half);
    let ends = [Step { factor: early, offset: -half }, Step { factor: late, offset: half }];
    assert_eq!(found[found.len() - 2..], ends);
    let from_late = find_steps(&secret, &method, code, late, -2 * half..=0);
    assert_eq!(from_late.first(), Some(&Step { factor: late, offset: 0 }));
    assert_eq!(from_late.last(), Some(&Step { factor: early, offset: -2 * half }));
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_code_is_found_where_it_was_made(
        bytes in vec(any::<u8>(), 1..70),
        method in any_method(),
        center in any::<u64>(),
        offset in -20i64..=20,
    ) {
        let secret = Secret::from_bytes(&bytes).unwrap();
        if let Some(factor) = center.checked_add_signed(offset) {
            let code = method.code(&secret, factor);
            let found = find_steps(&secret, &method, code, center, -20..=20);
            let made = Step { factor, offset };
            prop_assert!(found.contains(&made));
            for step in &found {
                prop_assert_eq!(method.code(&secret, step.factor), code);
                prop_assert_eq!(center.checked_add_signed(step.offset), Some(step.factor));
            }
            prop_assert!(found.is_sorted_by_key(|step| step.offset.unsigned_abs()));
        }
    }
}
