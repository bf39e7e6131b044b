//! What is refused, and that nothing of it is repeated.

use super::{SECRET, uri};
use crate::codes::cases;
use crate::text::HOSTILE;
use keyfob::device::otpauth::{
    ForeignScheme, ForeignType, MAX_BYTES, Part, UriError, parse, parse_foreign, to_uri,
};
use keyfob::otp::{Base32Error, ParameterError, SecretError};
use keyfob::text::{MAX_LINE, TooLong};
use proptest::{prop_assert, prop_assert_eq, proptest};

#[track_caller]
fn refused(form: &str, expected: UriError) {
    let error = parse(&uri(form)).map(|candidate| candidate.method).unwrap_err();
    assert_eq!(error, expected, "{form:?}");
    for told in [format!("{error}"), format!("{error:?}")] {
        assert!(!told.contains(SECRET) && told.chars().all(|c| matches!(c, ' '..='~')), "{told:?}");
    }
}

#[test]
fn what_is_no_otpauth_uri() {
    use UriError::{Empty, NotAUri, Scheme, Slashes, Type};
    for (form, error) in [
        ("", Empty),
        (" \u{feff} \n", Empty),
        ("\u{feff}\n", Empty),
        ("hello", NotAUri),
        ("SECRET", NotAUri),
        ("two words: and a colon", NotAUri),
        ("://totp/a?secret=SECRET", NotAUri),
        ("7otp://totp/a?secret=SECRET", NotAUri),
        ("otp://totp/a?secret=SECRET", Scheme(ForeignScheme::Other)),
        ("javascript:alert(1)", Scheme(ForeignScheme::Other)),
        ("https://example.org/?secret=SECRET", Scheme(ForeignScheme::Web)),
        ("HTTP://example.org", Scheme(ForeignScheme::Web)),
        ("phonefactor://activate_account?code=1", Scheme(ForeignScheme::Push)),
        ("otpauth-migration://offline?data=CgA", Scheme(ForeignScheme::Migration)),
        ("QR-Code:otpauth://totp/a?secret=SECRET", Scheme(ForeignScheme::QrPrefix)),
        ("\u{43e}tpauth://totp/a?secret=SECRET", Scheme(ForeignScheme::Lookalike)),
        ("otpauth:totp/a?secret=SECRET", Slashes),
        ("otpauth:/totp/a?secret=SECRET", Slashes),
        ("steam:SECRET", Slashes),
        ("otpauth:///a?secret=SECRET", Type(ForeignType::Missing)),
        ("otpauth://?secret=SECRET", Type(ForeignType::Missing)),
        ("otpauth://yaotp/a?secret=SECRET", Type(ForeignType::Yandex)),
        ("otpauth://motp/a?secret=SECRET", Type(ForeignType::Motp)),
        ("otpauth://user:pw@totp/a?secret=SECRET", Type(ForeignType::Other)),
        ("otpauth://totp%2F/a?secret=SECRET", Type(ForeignType::Other)),
        ("otpauth://SECRET", Type(ForeignType::Other)),
    ] {
        refused(form, error);
    }
}

#[test]
fn what_is_no_secret() {
    let character = |position, hint| UriError::Secret(Base32Error::Character { position, hint }.into());
    for (form, error) in [
        ("otpauth://totp/a", UriError::NoSecret),
        ("otpauth://totp/a?", UriError::NoSecret),
        ("otpauth://totp/a?issuer=I", UriError::NoSecret),
        ("otpauth://totp/a?secret", UriError::NoSecret),
        ("otpauth://totp/a?secret=", UriError::NoSecret),
        ("otpauth://totp/a?secret=%20+-%3D", UriError::NoSecret),
        ("steam://", UriError::NoSecret),
        ("otpauth://totp/a?secret=JBSWY3DPEHPK3PX0", character(16, Some('O'))),
        ("otpauth://totp/a?secret=JB%20SW8Y3", character(6, Some('B'))),
        ("otpauth://totp/a?secret=48656c6c6f21deadbeef", character(2, Some('B'))),
        ("otpauth://totp/a?secret=JBSW%C3%96Y3", character(5, None)),
        ("steam://JBSW!", character(5, None)),
        ("otpauth://totp/a?secret=JBSWY3DPE", UriError::Secret(Base32Error::Length { length: 9 }.into())),
        ("otpauth://totp/a?secret=MZ%3DXW6", UriError::Secret(Base32Error::Padding { position: 3 }.into())),
    ] {
        refused(form, error);
    }
    let long = format!("otpauth://totp/a?secret={}", "A".repeat(1640));
    refused(&long, UriError::Secret(SecretError::TooLong));
}

#[test]
fn numbers_out_of_form_or_range() {
    use Part::{Counter, Digits, Period};
    let number = |part| UriError::Number { part };
    for (form, error) in [
        ("totp/a?secret=SECRET&digits=0", ParameterError::Digits.into()),
        ("totp/a?secret=SECRET&digits=5", ParameterError::Digits.into()),
        ("totp/a?secret=SECRET&digits=11", ParameterError::Digits.into()),
        ("totp/a?secret=SECRET&digits=262", ParameterError::Digits.into()),
        ("totp/a?secret=SECRET&digits=-6", number(Digits)),
        ("totp/a?secret=SECRET&digits=%2B6", number(Digits)),
        ("totp/a?secret=SECRET&digits=+6", number(Digits)),
        ("totp/a?secret=SECRET&digits=six", number(Digits)),
        ("totp/a?secret=SECRET&digits=", number(Digits)),
        ("totp/a?secret=SECRET&digits=99999999999999999999", number(Digits)),
        ("totp/a?secret=SECRET&digits=%D9%A6", number(Digits)),
        ("totp/a?secret=SECRET&digits=0x8", number(Digits)),
        ("totp/a?secret=SECRET&period=0", ParameterError::Period.into()),
        ("totp/a?secret=SECRET&period=301", ParameterError::Period.into()),
        ("totp/a?secret=SECRET&period=1.5", number(Period)),
        ("totp/a?secret=SECRET&period=1e1", number(Period)),
        ("totp/a?secret=SECRET&period=NaN", number(Period)),
        ("totp/a?secret=SECRET&period=99999999999999999999", number(Period)),
        ("hotp/a?secret=SECRET&counter=-1", number(Counter)),
        ("hotp/a?secret=SECRET&counter=1.0", number(Counter)),
        ("hotp/a?secret=SECRET&counter=18446744073709551616", number(Counter)),
        ("totp/a?secret=SECRET&algorithm=MD5", ParameterError::Algorithm.into()),
        ("totp/a?secret=SECRET&algorithm=SHA224", ParameterError::Algorithm.into()),
        ("totp/a?secret=SECRET&algorithm=none", ParameterError::Algorithm.into()),
        ("totp/a?secret=SECRET&algorithm=", ParameterError::Algorithm.into()),
        ("steam/a?secret=SECRET&algorithm=SHA256", UriError::NotSteam { part: Part::Algorithm }),
        ("totp/Steam:a?secret=SECRET&period=60", UriError::NotSteam { part: Period }),
        ("totp/a?secret=SECRET&encoder=other", UriError::Encoder),
    ] {
        refused(&format!("otpauth://{form}"), error);
    }
}

#[test]
fn escapes_and_characters_out_of_form() {
    use Part::{Issuer, Label, Name, Secret};
    for (form, error) in [
        ("otpauth://totp/a%ZZ?secret=SECRET", UriError::Escape { part: Label }),
        ("otpauth://totp/a%4?secret=SECRET", UriError::Escape { part: Label }),
        ("otpauth://totp/a%?secret=SECRET", UriError::Escape { part: Label }),
        ("otpauth://totp/a%+1?secret=SECRET", UriError::Escape { part: Label }),
        ("otpauth://totp/a?secret=SECRET&issuer=%F", UriError::Escape { part: Issuer }),
        ("otpauth://totp/a?secret=JBSW%G0", UriError::Escape { part: Secret }),
        ("otpauth://totp/a?secret=SECRET&%zz=1", UriError::Escape { part: Name }),
        ("otpauth://totp/a%FF%FE?secret=SECRET", UriError::NotUtf8 { part: Label }),
        ("otpauth://totp/a?secret=%FF%FE", UriError::NotUtf8 { part: Secret }),
        ("otpauth://totp/a?secret=SECRET&issuer=%C3", UriError::NotUtf8 { part: Issuer }),
        ("otpauth://totp/a?secret=SECRET&issuer=%ED%A0%80", UriError::NotUtf8 { part: Issuer }),
        ("otpauth://totp/a%00b?secret=SECRET", UriError::Nul { part: Label }),
        ("otpauth://totp/a?secret=SECRET&issuer=b%00", UriError::Nul { part: Issuer }),
        ("otpauth://totp/a?secret=JBSW%00Y3", UriError::Nul { part: Secret }),
        ("otpauth://totp/a?secret=\u{1b}[31mNOT", UriError::Control { position: 25 }),
        ("otpauth://totp/a\nb?secret=SECRET", UriError::Control { position: 17 }),
        (
            "otpauth://totp/a?secret=SECRET\notpauth://totp/b?secret=SECRET",
            UriError::Control { position: 41 },
        ),
    ] {
        refused(form, error);
    }
}

#[test]
fn what_could_be_meant_otherwise() {
    for (form, error) in [
        ("otpauth://totp/a?secret=SECRET&issuer=X trailing words", UriError::TrailingText),
        ("otpauth://totp/X:a?secret=SECRET&issuer=X trailing words", UriError::TrailingText),
        ("otpauth://totp/a?secret=SECRET trailing", UriError::TrailingText),
        ("otpauth://totp/a?secret=SECRET\u{a0}more", UriError::TrailingText),
        ("otpauth://totp/a?secret=SECRET&issuer=C#&digits=8", UriError::Fragment),
        ("otpauth://totp/a?secret=SECRET#top", UriError::Fragment),
        ("otpauth://totp/a?secret=SECRET&issuer=Iotpauth://totp/b?secret=SECRET", UriError::SecondUri),
        ("otpauth://totp/a?secret=SECRET&image=OTPAUTH://x", UriError::SecondUri),
        ("otpauth://totp/a?secret=SECRET&secret=JBSW", UriError::Twice { part: Part::Secret }),
        (
            "otpauth://totp/a?secret=SECRET&algorithm=SHA256&ALGORITHM=SHA512",
            UriError::Twice { part: Part::Algorithm },
        ),
        ("otpauth://totp/a?secret=SECRET&issuer=&issuer=X", UriError::Twice { part: Part::Issuer }),
    ] {
        refused(form, error);
    }
}

#[test]
fn what_is_too_much() {
    let long = format!("otpauth://totp/{}?secret=SECRET", "a".repeat(MAX_BYTES));
    refused(&long, UriError::TooLong { bytes: long.len() - "SECRET".len() + SECRET.len() });
    // What is as long as it may be is refused for something else.
    let whole = uri("otpauth://totp/?secret=SECRET");
    let full = whole.replacen("totp/", &format!("totp/{}", "a".repeat(MAX_BYTES - whole.len())), 1);
    assert!(matches!(parse(&full), Err(UriError::Text { .. })) && full.len() == MAX_BYTES);
    let many = (0..32).fold("otpauth://totp/a?secret=SECRET".to_owned(), |uri, n| format!("{uri}&x{n}=1"));
    refused(&many, UriError::TooManyParameters);
    let bytes = MAX_LINE + 1;
    let too_long = TooLong { bytes, limit: MAX_LINE };
    let account = format!("otpauth://totp/{}?secret=SECRET", "a".repeat(bytes));
    refused(&account, UriError::Text { part: Part::Label, too_long });
    let issuer = format!("otpauth://totp/a?secret=SECRET&issuer={}", "a".repeat(bytes));
    refused(&issuer, UriError::Text { part: Part::Issuer, too_long });
}

#[test]
fn hostile_strings_are_refused_or_kept_whole_wherever_they_stand() {
    for raw in HOSTILE {
        for form in ["otpauth://totp/{}?secret=SECRET", "otpauth://totp/a?secret=SECRET&issuer={}x", "{}"] {
            let uri = uri(&form.replace("{}", raw));
            if let Err(error) = parse(&uri) {
                let told = format!("{error} {error:?}");
                assert!(told.chars().all(|c| matches!(c, ' '..='~')), "{told:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_text_is_answered(text in ".{0,120}") {
        prop_assert_eq!(parse(&text).is_ok(), parse(&format!(" {text}\n")).is_ok());
    }

    #[test]
    fn any_label_and_query_is_answered_and_what_is_taken_is_written_and_read_alike(
        label in "[a-zé:%+/ 0-9#]{0,24}",
        query in "(secret=(JBSW|MZXW6|%20A7)|issuer=[a-zé%+: 0-9]{0,6}|digits=[5-9]|period=[0-9]{1,3}|counter=[0-9]{1,3}|x|encoder=steam|&|=){0,4}",
        kind in "(totp|hotp|steam)",
    ) {
        let uri = format!("otpauth://{kind}/{label}?secret=JBSWY3DP&{query}");
        for read in [parse(&uri), parse_foreign(&uri)].into_iter().flatten() {
            let device = read.clone().into_device(
                keyfob::device::DeviceId::random(),
                keyfob::clock::UnixTime(0),
            );
            let again = parse(&to_uri(&device));
            prop_assert_eq!(again, Ok(read));
        }
    }

    #[test]
    fn no_refusal_repeats_the_secret(at in 0usize..60, with in "[ -~]{1,3}") {
        let whole = uri("otpauth://totp/Acme:zoe?secret=SECRET&issuer=Acme&digits=6");
        let broken = format!("{}{with}{}", &whole[..at.min(whole.len())], &whole[at.min(whole.len())..]);
        if let Err(error) = parse(&broken) {
            let told = format!("{error} {error:?}");
            prop_assert!(!told.contains("JBSW"));
        }
    }
}
