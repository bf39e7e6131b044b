//! The shared samples, where they are.

use crate::codes::samples;
use keyfob::clock::UnixTime;
use keyfob::device::Candidate;
use keyfob::device::otpauth::parse;
use keyfob::otp::{Kind, Secret};
use serde_json::Value;

/// Whether these are the values of an expected entry, its other names and counters among them.
pub(crate) fn is_expected(candidate: &Candidate, entry: &Value) -> bool {
    let method = &candidate.method;
    let names = [candidate.issuer.raw(), candidate.account.raw()];
    let is_name = |pair: &Value| (0..2).all(|at| pair[at].is_null() || pair[at] == names[at]);
    let alternatives = entry["alt_names"].as_array().into_iter().flatten();
    let own = serde_json::json!([entry["issuer"], entry["account"]]);
    std::iter::once(&own).chain(alternatives).any(is_name)
        && entry["kind"] == method.kind().as_str()
        && entry["algorithm"] == method.algorithm().to_string()
        && entry["digits"] == method.digits()
        && entry["period"].as_u64() == method.period().map(keyfob::otp::Period::get)
        && entry["counter"].as_u64() == method.counter()
        && candidate.secret == Secret::from_base32_lenient(entry["secret_base32"].as_str().unwrap()).unwrap()
        && makes_codes(candidate, entry)
}

fn makes_codes(candidate: &Candidate, entry: &Value) -> bool {
    entry["codes"].as_object().unwrap().iter().all(|(at, code)| {
        let made = match at.strip_prefix("counter:") {
            Some(counter) => candidate.method.code(&candidate.secret, counter.parse().unwrap()),
            None => candidate.method.code_at(&candidate.secret, UnixTime(at.parse().unwrap())),
        };
        code == made.as_str()
    })
}

#[test]
fn uris_of_real_issuers_are_taken_as_they_are_meant() {
    let Some(file) = samples::json("uris/accept.json") else { return };
    for case in file.as_array().unwrap() {
        match parse(case["uri"].as_str().unwrap()) {
            Ok(candidate) => assert!(is_expected(&candidate, &case["expected"][0]), "{case}: {candidate:?}"),
            Err(error) => assert_eq!(case["policy"], "may", "{case}: {error}"),
        }
    }
}

#[test]
fn malformed_uris_are_refused() {
    let Some(file) = samples::json("uris/refuse.json") else { return };
    for case in file.as_array().unwrap() {
        let reason = case["reason"].as_str().unwrap();
        match parse(case["uri"].as_str().unwrap()) {
            Err(error) => assert!(error.to_string().is_ascii(), "{case}: {error}"),
            // A counter over 63 bits may be held as it is.
            Ok(candidate) => {
                assert!(reason.contains("hold as u64"), "{case}");
                assert_eq!(
                    (candidate.method.kind(), candidate.method.counter()),
                    (Kind::Hotp, Some(1 << 63))
                );
            }
        }
    }
}
