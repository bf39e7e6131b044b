//! Random codes of an independent implementation, read from the shared samples where they are.

use crate::codes::samples;
use keyfob::clock::UnixTime;
use keyfob::otp::{Code, Digits, Method, Period, Secret};
use serde_json::Value;

fn code_of(vector: &Value) -> Option<Code> {
    let secret = Secret::from_base32(vector["secret_base32"].as_str()?).unwrap();
    let algorithm = vector["algorithm"].as_str()?.parse().unwrap();
    let digits = || Digits::new(vector["digits"].as_u64()?).ok();
    let at = |method: Method| Some(method.code_at(&secret, UnixTime(vector["time"].as_u64()?)));
    match vector["kind"].as_str()? {
        "totp" => {
            let period = Period::new(vector["period"].as_u64()?).unwrap();
            at(Method::Totp { algorithm, digits: digits()?, period })
        }
        "hotp" => {
            let counter = vector["counter"].as_u64()?;
            Some(Method::Hotp { algorithm, digits: digits()?, counter }.code(&secret, counter))
        }
        "steam" => at(Method::Steam),
        _ => None,
    }
}

#[test]
fn random_codes_are_those_of_another_implementation() {
    let Some(file) = samples::json("vectors/random_codes.json") else { return };
    let vectors = file["vectors"].as_array().unwrap();
    let mut checked = 0;
    for vector in vectors {
        if let Some(code) = code_of(vector) {
            assert_eq!(code.as_str(), vector["code"].as_str().unwrap(), "{vector}");
            checked += 1;
        }
    }
    assert!(checked * 10 >= vectors.len() * 9, "only {checked} of {} have a kind known here", vectors.len());
}
