//! Codes: how they are made, typed and shown; the ranges of their parameters.

use super::{any_method, cases};
use keyfob::clock::UnixTime;
use keyfob::otp::{Algorithm, Code, CodeError, Digits, Kind, Method, ParameterError, Period, Secret};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::{prop_assert, prop_assert_eq, proptest};

fn secret() -> Secret {
    Secret::from_base32(super::RFC_SECRET).unwrap()
}

fn totp(digits: u64) -> Method {
    Method::Totp { algorithm: Algorithm::Sha1, digits: Digits::new(digits).unwrap(), period: Period::THIRTY }
}

#[test]
fn codes_have_six_to_ten_digits_with_leading_zeros() {
    let at = UnixTime(1_111_111_109);
    for (digits, code, grouped) in [
        (6, "081804", "081 804"),
        (7, "7081804", "7081 804"),
        (8, "07081804", "0708 1804"),
        (9, "907081804", "907 081 804"),
        (10, "0907081804", "09070 81804"),
    ] {
        let made = totp(digits).code_at(&secret(), at);
        assert_eq!((made.as_str(), made.grouped().as_str()), (code, grouped));
        assert_eq!(made.to_string(), code);
        assert_eq!(format!("{made:>12}"), format!("{code:>12}"));
    }
}

#[test]
fn steam_makes_five_letters_and_digits() {
    for (time, code) in [(59, "PV9M4"), (1_111_111_109, "PY4YB"), (1_700_000_000, "R87JJ")] {
        let made = Method::Steam.code_at(&secret(), UnixTime(time));
        assert_eq!((made.as_str(), made.grouped().as_str()), (code, code));
    }
}

#[test]
fn the_next_code_is_that_of_the_step_after() {
    let method = totp(8);
    assert_eq!(method.next_code_at(&secret(), UnixTime(29)).as_str(), "94287082");
    assert_eq!(method.code_at(&secret(), UnixTime(30)).as_str(), "94287082");
    assert_ne!(method.code_at(&secret(), UnixTime(29)).as_str(), "94287082");
}

#[test]
fn steps_begin_and_end_on_the_second() {
    let period = Period::new(45).unwrap();
    for (now, step, remaining) in [(0, 0, 45), (1, 0, 44), (44, 0, 1), (45, 1, 45), (46, 1, 44)] {
        assert_eq!((period.step_at(UnixTime(now)), period.remaining_at(UnixTime(now))), (step, remaining));
    }
    assert_eq!(period.start_of(3), UnixTime(135));
    assert_eq!(period.start_of(u64::MAX), UnixTime(u64::MAX));
}

#[test]
fn parameters_out_of_range_are_refused() {
    for digits in (0..=20).chain([60, 256 + 6, u64::MAX]) {
        let expected = if (6..=10).contains(&digits) { Ok(digits) } else { Err(ParameterError::Digits) };
        assert_eq!(Digits::new(digits).map(|digits| u64::from(digits.get())), expected);
    }
    for seconds in [0, 1, 300, 301, 65_536 + 30, u64::MAX] {
        let expected = if (1..=300).contains(&seconds) { Ok(seconds) } else { Err(ParameterError::Period) };
        assert_eq!(Period::new(seconds).map(Period::get), expected);
    }
}

#[test]
fn algorithms_are_known_under_their_usual_names() {
    for (names, algorithm) in [
        (["SHA1", "sha1", "SHA-1", "HmacSHA1", "HMAC-SHA-1", "hmac_sha1"], Algorithm::Sha1),
        (["SHA256", "sha256", "SHA-256", "HmacSHA256", "HMAC-SHA256", "sha_256"], Algorithm::Sha256),
        (["SHA512", "Sha512", "SHA-512", "HmacSHA512", "HMAC-SHA-512", "hmacsha512"], Algorithm::Sha512),
    ] {
        for name in names {
            assert_eq!(name.parse(), Ok(algorithm), "{name}");
        }
        assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
    }
    for name in ["", "SHA", "MD5", "SHA224", "SHA384", "none", "SHA1 ", "SHA--1", "HMAC", "1", "SHA٢٥٦"] {
        assert_eq!(name.parse::<Algorithm>(), Err(ParameterError::Algorithm), "{name}");
    }
}

#[test]
fn typed_codes_may_have_spaces_and_dashes() {
    let code = Code::parse("287082", &Method::TOTP).unwrap();
    for typed in ["287 082", " 287082\n", "287-082", "2 8 7 0 8 2", "287\u{a0}082", "287\u{2009}082"] {
        assert_eq!(Code::parse(typed, &Method::TOTP), Ok(code), "{typed:?}");
    }
    let steam = Code::parse("PV9M4", &Method::Steam).unwrap();
    assert_eq!(Code::parse("pv9 m4", &Method::Steam), Ok(steam));
}

#[test]
fn what_is_no_code_is_named_by_its_place() {
    let totp = |typed| Code::parse(typed, &Method::TOTP).unwrap_err();
    assert_eq!(totp(""), CodeError::Empty);
    assert_eq!(totp(" - "), CodeError::Empty);
    assert_eq!(totp("12ab56"), CodeError::Character { position: 3 });
    assert_eq!(totp("12 ab"), CodeError::Character { position: 4 });
    assert_eq!(totp("12٣456"), CodeError::Character { position: 3 });
    assert_eq!(totp("１23456"), CodeError::Character { position: 1 });
    assert_eq!(totp("\u{1b}[31m"), CodeError::Character { position: 1 });
    assert_eq!(totp("12345"), CodeError::Length { length: 5, expected: 6 });
    assert_eq!(totp("123 456 7"), CodeError::Length { length: 7, expected: 6 });
    assert_eq!(totp(&"1".repeat(5000)), CodeError::Length { length: 5000, expected: 6 });
    // Steam's alphabet has no A and no 1.
    let steam = |typed| Code::parse(typed, &Method::Steam).unwrap_err();
    assert_eq!(steam("PVAM4"), CodeError::Character { position: 3 });
    assert_eq!(steam("PV9M"), CodeError::Length { length: 4, expected: 5 });
}

#[test]
fn debug_shows_no_code() {
    assert_eq!(format!("{:?}", Code::parse("287082", &Method::TOTP).unwrap()), "Code(..)");
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_code_has_its_length_and_is_read_back_as_it_is_shown(
        bytes in vec(any::<u8>(), 1..200),
        method in any_method(),
        now in any::<u64>(),
    ) {
        let secret = Secret::from_bytes(&bytes).unwrap();
        for code in [method.code_at(&secret, UnixTime(now)), method.next_code_at(&secret, UnixTime(now))] {
            prop_assert_eq!(code.as_str().len(), usize::from(method.digits()));
            let has_its_letters = code.as_str().bytes().all(|byte| match method.kind() {
                Kind::Steam => b"23456789BCDFGHJKMNPQRTVWXY".contains(&byte),
                Kind::Totp | Kind::Hotp => byte.is_ascii_digit(),
                Kind::Hardware => byte == b'-',
            });
            prop_assert!(has_its_letters);
            prop_assert_eq!(Code::parse(&code.grouped(), &method), Ok(code));
        }
    }

    #[test]
    fn a_code_holds_for_its_whole_step_and_no_longer(now in any::<u64>(), seconds in 1u64..=300) {
        let period = Period::new(seconds).unwrap();
        let (step, now) = (period.step_at(UnixTime(now)), UnixTime(now));
        let start = period.start_of(step);
        prop_assert!(start <= now && now.since(start) < seconds);
        prop_assert_eq!(now.since(start) + period.remaining_at(now), seconds);
        prop_assert_eq!(period.step_at(start), step);
    }

    #[test]
    fn fewer_digits_are_the_end_of_more(bytes in vec(any::<u8>(), 1..70), now in any::<u64>()) {
        let secret = Secret::from_bytes(&bytes).unwrap();
        let ten = totp(10).code_at(&secret, UnixTime(now));
        for digits in 6..10 {
            let code = totp(digits).code_at(&secret, UnixTime(now));
            prop_assert!(ten.as_str().ends_with(code.as_str()));
        }
    }

    #[test]
    fn any_typed_text_is_answered(typed in ".{0,40}", method in any_method()) {
        if let Ok(code) = Code::parse(&typed, &method) {
            prop_assert_eq!(code.as_str().len(), usize::from(method.digits()));
        }
    }
}
