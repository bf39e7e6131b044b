//! Written URIs are short, right, and read back to the same device.

use crate::codes::{any_method, cases, device, text};
use crate::text::HOSTILE;
use keyfob::clock::UnixTime;
use keyfob::device::otpauth::{MAX_BYTES, parse, to_short_uri, to_uri};
use keyfob::device::{Candidate, Device, DeviceId};
use keyfob::otp::{Algorithm, Digits, Method, Period, Secret};
use keyfob::text::MAX_LINE;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq, proptest};

/// The bytes of `JBSWY3DP`.
const BYTES: &[u8] = b"Hello";

fn written(issuer: &str, account: &str, method: Method) -> String {
    to_uri(&device(issuer, account, BYTES, method)).to_string()
}

/// What a URI says of a device.
fn said(device: &Device) -> Candidate {
    let mut candidate = Candidate::bare(device.secret.clone());
    candidate.issuer = device.issuer.clone();
    candidate.account = device.account.clone();
    candidate.method = device.method;
    candidate
}

#[test]
fn only_what_is_unusual_is_written() {
    let totp = |algorithm, digits, period| Method::Totp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        period: Period::new(period).unwrap(),
    };
    let hotp = |digits, counter| Method::Hotp {
        algorithm: Algorithm::Sha1,
        digits: Digits::new(digits).unwrap(),
        counter,
    };
    for (issuer, account, method, uri) in [
        ("Acme", "zoe", Method::TOTP, "totp/Acme:zoe?secret=JBSWY3DP&issuer=Acme"),
        ("", "zoe", Method::TOTP, "totp/zoe?secret=JBSWY3DP"),
        ("Acme", "", Method::TOTP, "totp/Acme:?secret=JBSWY3DP&issuer=Acme"),
        ("", "", Method::TOTP, "totp/?secret=JBSWY3DP"),
        (
            "Big Co",
            "zoë@a.b-c_d~e",
            Method::TOTP,
            "totp/Big%20Co:zo%C3%AB%40a.b-c_d~e?secret=JBSWY3DP&issuer=Big%20Co",
        ),
        // A colon in the issuer can't stand in the label; one in the account needs another before it.
        ("A:B", "zoe", Method::TOTP, "totp/zoe?secret=JBSWY3DP&issuer=A%3AB"),
        ("A:B", "c:d", Method::TOTP, "totp/:c%3Ad?secret=JBSWY3DP&issuer=A%3AB"),
        ("", "c:d", Method::TOTP, "totp/:c%3Ad?secret=JBSWY3DP"),
        ("A", "c:d", Method::TOTP, "totp/A:c%3Ad?secret=JBSWY3DP&issuer=A"),
        (
            "Acme",
            "zoe",
            totp(Algorithm::Sha512, 8, 60),
            "totp/Acme:zoe?secret=JBSWY3DP&issuer=Acme&algorithm=SHA512&digits=8&period=60",
        ),
        ("", "zoe", hotp(6, 0), "hotp/zoe?secret=JBSWY3DP&counter=0"),
        ("", "zoe", hotp(7, u64::MAX), "hotp/zoe?secret=JBSWY3DP&digits=7&counter=18446744073709551615"),
        (
            "Steam",
            "gamer",
            Method::Steam,
            "totp/Steam:gamer?secret=JBSWY3DP&issuer=Steam&digits=5&encoder=steam",
        ),
        ("Valve", "", Method::Steam, "totp/Valve:?secret=JBSWY3DP&issuer=Valve&digits=5&encoder=steam"),
        // An issuer called Steam whose codes are digits.
        ("Steam", "ops", Method::TOTP, "totp/Steam:ops?secret=JBSWY3DP&issuer=Steam&encoder=default"),
    ] {
        assert_eq!(written(issuer, account, method), format!("otpauth://{uri}"));
    }
}

#[test]
fn the_longest_device_has_a_uri_that_is_read() {
    let longest = "\u{1b}".repeat(MAX_LINE);
    for issuer in [longest.as_str(), &format!("{}:", &longest[1..]), "漢"] {
        let method = Method::Totp {
            algorithm: Algorithm::Sha512,
            digits: Digits::new(10).unwrap(),
            period: Period::new(299).unwrap(),
        };
        let device = device(issuer, &longest, &[0xa5; 1024], method);
        let uri = to_uri(&device);
        assert!(uri.len() <= MAX_BYTES, "{} bytes", uri.len());
        assert_eq!(parse(&uri), Ok(said(&device)));
    }
}

#[test]
fn the_short_form_names_the_issuer_once() {
    for (issuer, account, uri) in [
        ("Big Co", "zoe@a.b", "otpauth://totp/Big%20Co:zoe@a.b?secret=JBSWY3DP"),
        ("", "zoe@a.b", "otpauth://totp/zoe%40a.b?secret=JBSWY3DP"),
        ("Big Co", "", "otpauth://totp/Big%20Co:?secret=JBSWY3DP&issuer=Big%20Co"),
        ("A:B", "zoe", "otpauth://totp/zoe?secret=JBSWY3DP&issuer=A%3AB"),
    ] {
        let device = device(issuer, account, BYTES, Method::TOTP);
        assert_eq!(*to_short_uri(&device), uri);
        assert_eq!(parse(uri), Ok(said(&device)));
    }
}

#[test]
fn nul_is_left_out_of_names_and_no_more() {
    let uri = written("A\0cme", "\0zoe", Method::TOTP);
    assert_eq!(uri, "otpauth://totp/Acme:zoe?secret=JBSWY3DP&issuer=Acme");
}

#[test]
fn hostile_names_come_back_as_they_were() {
    for raw in HOSTILE.iter().filter(|raw| !raw.contains('\0')) {
        let device = device(raw, raw, BYTES, Method::TOTP);
        for uri in [to_uri(&device), to_short_uri(&device)] {
            assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri:?}");
            assert_eq!(parse(&uri), Ok(said(&device)));
        }
    }
}

/// Names in which the characters that matter to a URI are frequent.
fn name() -> impl Strategy<Value = String> {
    let hot = ":%&=#?+/ @\u{a0}\u{feff}\u{1b}\u{202e}é漢👩".chars().collect::<Vec<_>>();
    let character = prop_oneof![2 => select(hot), 1 => any::<char>(), 2 => proptest::char::range('a', 'e')];
    prop_oneof![
        8 => vec(character, 0..12).prop_map(|characters| characters.into_iter().filter(|c| *c != '\0').collect()),
        1 => select(vec!["Steam".to_owned(), "steam".to_owned(), "STEAM".to_owned(), "Steam:x".to_owned()]),
    ]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_written_is_read_back(
        issuer in name(),
        account in name(),
        secret in vec(any::<u8>(), 1..80),
        method in any_method(),
    ) {
        let mut candidate = Candidate::bare(Secret::from_bytes(&secret).unwrap());
        candidate.issuer = text(&issuer);
        candidate.account = text(&account);
        candidate.method = method;
        let device = candidate.clone().into_device(DeviceId::random(), UnixTime(0));
        for uri in [to_uri(&device), to_short_uri(&device)] {
            prop_assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(parse(&uri), Ok(candidate.clone()));
        }
        prop_assert!(to_short_uri(&device).len() <= to_uri(&device).len());
    }
}
