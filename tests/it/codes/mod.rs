//! Secrets, codes, drift, and how people name devices.

mod alike;
mod base32;
mod code;
mod drift;
mod query;
pub(crate) mod samples;

use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, DeviceId};
use keyfob::otp::{Algorithm, Digits, Method, Period, Secret};
use keyfob::text::Text;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::Config;

/// The seed of the RFCs' tables in base32.
pub(crate) const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// So many random cases; what fails is printed, never kept in a file of its own.
pub(crate) fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

pub(crate) fn text(raw: &str) -> Text {
    Text::line(raw).unwrap()
}

/// A device made at second 0, with the secret of these bytes.
pub(crate) fn device(issuer: &str, account: &str, secret: &[u8], method: Method) -> Device {
    let mut candidate = Candidate::bare(Secret::from_bytes(secret).unwrap());
    candidate.issuer = text(issuer);
    candidate.account = text(account);
    candidate.method = method;
    candidate.into_device(DeviceId::random(), UnixTime(0))
}

pub(crate) fn any_algorithm() -> impl Strategy<Value = Algorithm> {
    prop_oneof![Just(Algorithm::Sha1), Just(Algorithm::Sha256), Just(Algorithm::Sha512)]
}

pub(crate) fn any_digits() -> impl Strategy<Value = Digits> {
    (6u64..=10).prop_map(|digits| Digits::new(digits).unwrap())
}

pub(crate) fn any_period() -> impl Strategy<Value = Period> {
    (1u64..=300).prop_map(|seconds| Period::new(seconds).unwrap())
}

pub(crate) fn any_method() -> impl Strategy<Value = Method> {
    prop_oneof![
        4 => (any_algorithm(), any_digits(), any_period())
            .prop_map(|(algorithm, digits, period)| Method::Totp { algorithm, digits, period }),
        2 => (any_algorithm(), any_digits(), any::<u64>())
            .prop_map(|(algorithm, digits, counter)| Method::Hotp { algorithm, digits, counter }),
        1 => Just(Method::Steam),
    ]
}
