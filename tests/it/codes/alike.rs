//! When two secrets, two devices, two clocks are one, and where numbers end.

use super::*;
use keyfob::otp::Drift;

fn secret(bytes: &[u8]) -> Secret {
    Secret::from_bytes(bytes).unwrap()
}

#[test]
fn a_secret_is_1_to_1024_bytes_and_another_when_any_bit_or_its_length_is() {
    let taken = |length| Secret::from_bytes(&vec![1; length]).is_ok();
    assert_eq!([0, 1, 1024, 1025].map(taken), [false, true, true, false]);
    let one = b"12345678901234567890";
    assert!(secret(one) == secret(one));
    for at in 0..one.len() {
        let mut other = *one;
        other[at] ^= 1;
        assert!(secret(one) != secret(&other), "byte {at}");
    }
    assert!(secret(one) != secret(&one[..19]) && secret(&one[..19]) != secret(one));
    // Two differences must not cancel each other out.
    assert!(secret(&[1, 2]) != secret(&[0, 3]) && secret(&[1, 1]) != secret(&[2, 2]));
    assert_eq!([15, 16, 17].map(|length| secret(&vec![1; length]).is_short()), [true, false, false]);
    assert_eq!(format!("{:?}", secret(one)), "Secret(..)");
}

#[test]
fn devices_make_the_same_codes_when_all_that_makes_them_is_the_same() {
    let totp = |algorithm, digits, period| Method::Totp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        period: Period::new(period).unwrap(),
    };
    let of = |bytes: &[u8], method| Candidate { method, ..Candidate::bare(secret(bytes)) };
    let method = totp(Algorithm::Sha1, 6, 30);
    let device = of(b"secret", method).into_device(DeviceId::random(), UnixTime(0));
    assert!(of(b"secret", method).same_codes_as(&device));
    for other in [
        of(b"Secret", method),
        of(b"secret", totp(Algorithm::Sha256, 6, 30)),
        of(b"secret", totp(Algorithm::Sha1, 7, 30)),
        of(b"secret", totp(Algorithm::Sha1, 6, 60)),
        of(b"secret", Method::Hotp { algorithm: Algorithm::Sha1, digits: Digits::SIX, counter: 0 }),
        of(b"secret", Method::Steam),
    ] {
        assert!(!other.same_codes_as(&device), "{:?}", other.method);
    }
}

#[test]
fn digits_periods_and_drifts_end_where_they_say() {
    let digits = |n| Digits::new(n).is_ok();
    assert_eq!([5, 6, 10, 11, 262].map(digits), [false, true, true, false, false]);
    let period = |n| Period::new(n).is_ok();
    assert_eq!([0, 1, 300, 301, 65_566].map(period), [false, true, true, false, false]);
    for steps in [-32_768, -1, 0, 1, 32_767] {
        let drift = Drift::new(steps).unwrap();
        assert_eq!((drift.steps(), drift.seconds(Period::THIRTY)), (steps, steps * 30));
        assert_eq!(drift.is_none(), steps == 0);
    }
    assert_eq!((Drift::new(-32_769), Drift::new(32_768)), (None, None));
    let minute = Period::new(60).unwrap();
    for (now, step, remaining) in [(0, 0, 60), (59, 0, 1), (60, 1, 60), (61, 1, 59)] {
        assert_eq!((minute.step_at(UnixTime(now)), minute.remaining_at(UnixTime(now))), (step, remaining));
    }
    assert_eq!((minute.start_of(2), minute.start_of(u64::MAX)), (UnixTime(120), UnixTime(u64::MAX)));
}
