//! The tables that the RFCs publish, and values of an independent implementation (Python's hmac).

mod random;

use keyfob::clock::UnixTime;
use keyfob::otp::{Algorithm, Base32Error, Digits, Method, Period, Secret, SecretError};

/// The seed of both RFCs' tables, cut or repeated to a hash's length (RFC 6238 erratum 2866).
fn seed(length: usize) -> Secret {
    let bytes: Vec<u8> = b"1234567890".iter().copied().cycle().take(length).collect();
    Secret::from_bytes(&bytes).unwrap()
}

fn hotp(algorithm: Algorithm, digits: u64) -> Method {
    Method::Hotp { algorithm, digits: Digits::new(digits).unwrap(), counter: 0 }
}

#[test]
fn hotp_makes_the_codes_of_rfc_4226_appendix_d() {
    let codes =
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    for (counter, code) in (0..).zip(codes) {
        assert_eq!(hotp(Algorithm::Sha1, 6).code(&seed(20), counter).as_str(), code, "counter {counter}");
    }
}

#[test]
fn hotp_truncates_as_rfc_4226_appendix_d_shows_on_the_way() {
    // Ten digits hold the whole truncated value.
    let values: [u32; 10] = [
        1_284_755_224,
        1_094_287_082,
        137_359_152,
        1_726_969_429,
        1_640_338_314,
        868_254_676,
        1_918_287_922,
        82_162_583,
        673_399_871,
        645_520_489,
    ];
    for (counter, value) in (0..).zip(values) {
        let code = hotp(Algorithm::Sha1, 10).code(&seed(20), counter);
        assert_eq!(code.as_str(), format!("{value:010}"), "counter {counter}");
    }
}

#[test]
fn totp_makes_the_codes_of_rfc_6238_appendix_b() {
    let table = [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ];
    for (time, sha1, sha256, sha512) in table {
        let rows =
            [(Algorithm::Sha1, 20, sha1), (Algorithm::Sha256, 32, sha256), (Algorithm::Sha512, 64, sha512)];
        for (algorithm, length, code) in rows {
            let digits = Digits::new(8).unwrap();
            let method = Method::Totp { algorithm, digits, period: Period::THIRTY };
            let made = method.code_at(&seed(length), UnixTime(time));
            assert_eq!(made.as_str(), code, "{algorithm} at {time}");
        }
    }
}

/// Keys below, at and above the block lengths of the hashes (64 and 128 bytes), where HMAC treats them otherwise.
#[test]
fn hmac_takes_keys_of_every_length() {
    let table = [
        (1, ["1594569809", "1675769187", "0521014070"], "2FPYG", "96430617"),
        (63, ["0681347141", "0056225316", "0569270336"], "H8H59", "54611701"),
        (64, ["1682713106", "0188731532", "0806911142"], "WC2F9", "41873842"),
        (65, ["0881040039", "1619232776", "0153665119"], "DNBMB", "38083933"),
        (127, ["0624594354", "1354052756", "0353451621"], "7JWGQ", "93867608"),
        (128, ["0301724541", "0109751769", "1191871020"], "RXJRN", "23760068"),
        (129, ["1445463659", "0518058328", "0413540461"], "JD5MN", "35609798"),
        (1024, ["0877461896", "0493981137", "1812203825"], "NJNGJ", "00292306"),
    ];
    for (length, first, steam_last, sha512_last) in table {
        let bytes: Vec<u8> = (0..length).map(|i| u8::try_from((i * 7 + length) % 256).unwrap()).collect();
        let secret = Secret::from_bytes(&bytes).unwrap();
        let algorithms = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];
        for (algorithm, code) in algorithms.into_iter().zip(first) {
            assert_eq!(hotp(algorithm, 10).code(&secret, 0).as_str(), code, "{length} bytes, {algorithm}");
        }
        assert_eq!(Method::Steam.code(&secret, u64::MAX).as_str(), steam_last, "{length} bytes");
        let last = hotp(Algorithm::Sha512, 8).code(&secret, u64::MAX);
        assert_eq!(last.as_str(), sha512_last, "{length} bytes");
    }
}

#[test]
fn base32_is_that_of_rfc_4648_section_10() {
    let table = [
        ("f", "MY======"),
        ("fo", "MZXQ===="),
        ("foo", "MZXW6==="),
        ("foob", "MZXW6YQ="),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI======"),
    ];
    for (text, base32) in table {
        let secret = Secret::from_base32(base32).unwrap();
        secret.expose(|bytes| assert_eq!(bytes, text.as_bytes()));
        assert_eq!(secret.to_base32().as_str(), base32.trim_end_matches('='));
    }
    // The empty text is base32 too, but no secret.
    assert_eq!(Secret::from_base32(""), Err(SecretError::Empty));
}

#[test]
fn base32_of_impossible_lengths_is_refused_as_rfc_4648_section_6_has_it() {
    for length in 1..=40 {
        let text = "A".repeat(length);
        let expected = match length % 8 {
            1 | 3 | 6 => Err(SecretError::Base32(Base32Error::Length { length })),
            _ => Ok(length * 5 / 8),
        };
        let bytes = Secret::from_base32(&text).map(|secret| secret.expose(<[u8]>::len));
        assert_eq!(bytes, expected, "{length} letters");
    }
}
