//! What issuers and other apps write.

use super::{SECRET, taken};
use keyfob::device::otpauth::{is_uri, parse, parse_foreign};
use keyfob::otp::{Algorithm, Digits, Method, Period, Secret};

fn names(form: &str) -> (String, String) {
    let candidate = taken(form);
    assert_eq!(candidate.secret, Secret::from_base32(SECRET).unwrap(), "{form}");
    (candidate.issuer.raw().to_owned(), candidate.account.raw().to_owned())
}

#[test]
fn issuer_and_account_are_found_wherever_they_stand() {
    for (form, issuer, account) in [
        ("otpauth://totp/Acme:zoe@example.org?secret=SECRET&issuer=Acme", "Acme", "zoe@example.org"),
        ("otpauth://totp/Acme:zoe?secret=SECRET", "Acme", "zoe"),
        ("otpauth://totp/Acme%3Azoe?secret=SECRET", "Acme", "zoe"),
        ("otpauth://totp/Acme%3a%20%20zoe?secret=SECRET", "Acme", "zoe"),
        ("otpauth://totp/Acme%20Ltd%20:%20zoe%20?secret=SECRET", "Acme Ltd", "zoe"),
        ("otpauth://totp/zoe?secret=SECRET&issuer=Acme", "Acme", "zoe"),
        ("otpauth://totp/zoe?secret=SECRET", "", "zoe"),
        // The parameter goes before the label, unless it is empty.
        ("otpauth://totp/Tenant:zoe?secret=SECRET&issuer=Cloud", "Cloud", "zoe"),
        ("otpauth://totp/Tenant:zoe?secret=SECRET&issuer=", "Tenant", "zoe"),
        ("otpauth://totp/Tenant:zoe?secret=SECRET&issuer=%20", "Tenant", "zoe"),
        // The first colon ends the issuer; the others belong to the account.
        ("otpauth://totp/a:b:c%3Ad?secret=SECRET", "a", "b:c:d"),
        ("otpauth://totp/:b%3Ac?secret=SECRET", "", "b:c"),
        ("otpauth://totp/Acme%253Azoe?secret=SECRET", "", "Acme%3Azoe"),
        ("otpauth://totp/Acme:?secret=SECRET", "Acme", ""),
        ("otpauth://totp/?secret=SECRET", "", ""),
        ("otpauth://totp?secret=SECRET", "", ""),
        ("otpauth://totp/a/b/c?secret=SECRET", "", "a/b/c"),
        // A plus is a space after the question mark only.
        ("otpauth://totp/zoe+mfa@example.org?secret=SECRET&issuer=Big+Co", "Big Co", "zoe+mfa@example.org"),
        ("otpauth://totp/C%2B%2B:zoe?secret=SECRET&issuer=C%2B%2B", "C++", "zoe"),
        // Careless issuers: raw UTF-8, raw spaces, a raw # in the label.
        ("otpauth://totp/Bäckerei:Zoë?secret=SECRET&issuer=Bäckerei", "Bäckerei", "Zoë"),
        ("otpauth://totp/B%C3%A4ckerei:Zo%c3%ab?secret=SECRET", "Bäckerei", "Zoë"),
        ("otpauth://totp/Big Co:zoe #4?issuer=Big Co&secret=SECRET", "Big Co", "zoe #4"),
        ("otpauth://totp/Big Co:zoe?secret=SECRET&issuer=Big Co", "Big Co", "zoe"),
        ("otpauth://totp/Big%20Co:zoe?secret=SECRET&issuer=Big Co", "Big Co", "zoe"),
        // Around and between.
        ("\u{feff}otpauth://totp/zoe?secret=SECRET", "", "zoe"),
        ("  \totpauth://totp/zoe?secret=SECRET\r\n", "", "zoe"),
        ("OtpAuth://ToTp/zoe?SECRET=SECRET&Issuer=Acme", "Acme", "zoe"),
        ("otpauth://totp/zoe?&&secret=SECRET&&issuer=Acme&", "Acme", "zoe"),
        ("otpauth://totp/zoe?secret=SECRET&amp;issuer=Acme", "Acme", "zoe"),
        ("otpauth://totp/zoe?%73ecret=SECRET", "", "zoe"),
        ("otpauth://totp/zoe?secret=SECRET&issuer=a=b", "a=b", "zoe"),
        // What is unknown is passed over unread; what is said twice alike is said once.
        ("otpauth://totp/zoe?secret=SECRET&image=file%3A%2F%2F%2Fetc%2Fpasswd&lock&x=%zz", "", "zoe"),
        ("otpauth://totp/zoe?secret=SECRET&secret=SECRET&issuer=A&issuer=A", "A", "zoe"),
        // Control characters stay in the text; they are never shown.
        ("otpauth://totp/%1B%5B31mX:a%07?secret=SECRET", "\u{1b}[31mX", "a\u{7}"),
    ] {
        let form = form.replace("?SECRET=", "?SeCrEt=");
        assert_eq!(names(&form), (issuer.to_owned(), account.to_owned()), "{form}");
    }
}

#[test]
fn secrets_may_be_spaced_dashed_padded_and_in_lower_case() {
    let secret = |text: &str| parse(&format!("otpauth://totp/a?secret={text}&issuer=I")).unwrap().secret;
    let plain = Secret::from_base32("MFRGGZDFMY").unwrap();
    for text in [
        "MFRGGZDFMY",
        "mfrggzdfmy",
        "MFRG%20GZDF%20MY",
        "MFRG+GZDF+MY",
        "MFRG GZDF MY",
        "MFRG-GZDF-MY",
        "MFRGGZDFMY======",
        "MFRGGZDFMY%3D%3D%3D%3D%3D%3D",
        // Bits that belong to no byte, as issuers leave them that draw letters at random.
        "MFRGGZDFMZ",
    ] {
        assert_eq!(secret(text), plain, "{text}");
    }
}

#[test]
fn foreign_files_may_hold_secrets_of_impossible_lengths() {
    let short = "otpauth://totp/a?secret=MFRGGZA";
    assert_eq!(parse_foreign(short).unwrap().secret, Secret::from_base32_lenient("MFRGGZA").unwrap());
    let impossible = "otpauth://totp/a?secret=MFRGGZDFM";
    assert!(parse(impossible).is_err());
    assert_eq!(parse_foreign(impossible).unwrap().secret, Secret::from_base32("MFRGGZDF").unwrap());
    assert!(parse_foreign("otpauth://totp/a?secret=MFRG!").is_err());
}

#[test]
fn numbers_and_algorithms_are_read() {
    let totp = |algorithm, digits, period| Method::Totp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        period: Period::new(period).unwrap(),
    };
    let hotp = |algorithm, digits, counter| Method::Hotp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        counter,
    };
    for (form, method) in [
        ("totp/a?secret=SECRET", Method::TOTP),
        ("totp/a?secret=SECRET&digits=8&period=60&algorithm=SHA512", totp(Algorithm::Sha512, 8, 60)),
        ("totp/a?secret=SECRET&algorithm=sha256&digits=07", totp(Algorithm::Sha256, 7, 30)),
        ("totp/a?secret=SECRET&algorithm=HmacSHA1&digits=10&period=1", totp(Algorithm::Sha1, 10, 1)),
        ("totp/a?secret=SECRET&PERIOD=300&DIGITS=9", totp(Algorithm::Sha1, 9, 300)),
        ("totp/a?secret=SECRET&counter=nonsense", Method::TOTP),
        ("hotp/a?secret=SECRET&counter=5", hotp(Algorithm::Sha1, 6, 5)),
        ("hotp/a?secret=SECRET", hotp(Algorithm::Sha1, 6, 0)),
        ("hotp/a?secret=SECRET&counter=18446744073709551615", hotp(Algorithm::Sha1, 6, u64::MAX)),
        ("hotp/a?secret=SECRET&counter=4294967296&digits=8", hotp(Algorithm::Sha1, 8, 1 << 32)),
        ("HOTP/a?secret=SECRET&counter=1&algorithm=SHA-256", hotp(Algorithm::Sha256, 6, 1)),
        ("hotp/Steam:a?secret=SECRET&counter=1", hotp(Algorithm::Sha1, 6, 1)),
    ] {
        assert_eq!(taken(&format!("otpauth://{form}")).method, method, "{form}");
    }
}

#[test]
fn steam_is_known_in_all_its_forms() {
    for (form, issuer, account) in [
        ("otpauth://steam/Steam:gamer?secret=SECRET&issuer=Steam", "Steam", "gamer"),
        ("otpauth://STEAM/Valve:gamer?secret=SECRET", "Valve", "gamer"),
        ("otpauth://totp/Steam:gamer?secret=SECRET&issuer=Steam&encoder=steam&digits=5", "Steam", "gamer"),
        ("otpauth://totp/Valve:gamer?secret=SECRET&encoder=STEAM&digits=6&period=30", "Valve", "gamer"),
        ("otpauth://totp/gamer?secret=SECRET&issuer=steam", "steam", "gamer"),
        ("otpauth://totp/Steam:gamer?secret=SECRET&algorithm=SHA1", "Steam", "gamer"),
        ("steam://SECRET", "Steam", ""),
        ("STEAM://SECRET/", "Steam", ""),
    ] {
        assert_eq!(names(form), (issuer.to_owned(), account.to_owned()), "{form}");
        assert_eq!(taken(form).method, Method::Steam, "{form}");
    }
    assert_eq!(taken("otpauth://totp/Steamworks:a?secret=SECRET").method, Method::TOTP);
    assert_eq!(taken("otpauth://totp/Steam:a?secret=SECRET&encoder=default").method, Method::TOTP);
}

#[test]
fn long_uris_are_read_up_to_their_limits() {
    let long = format!("otpauth://totp/{}:{}?secret=SECRET", "漢".repeat(300), "é".repeat(512));
    assert_eq!(names(&long), ("漢".repeat(300), "é".repeat(512)));
    let many = (0..31).fold("otpauth://totp/a?secret=SECRET".to_owned(), |uri, n| format!("{uri}&x{n}=1"));
    assert_eq!(names(&many), (String::new(), "a".to_owned()));
}

#[test]
fn what_means_to_be_a_uri_is_told_whatever_is_wrong_with_it() {
    for text in ["otpauth://", " \n\u{feff}OTPAuth://x", "otpauth-migration://offline?data=", "steam://A"] {
        assert!(is_uri(text), "{text:?}");
    }
    for text in ["", "otp", "steam", "https://otpauth://", "GEZDGNBV"] {
        assert!(!is_uri(text), "{text:?}");
    }
}
