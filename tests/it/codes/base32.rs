//! base32 as people paste it.

use super::cases;
use keyfob::otp::{Base32Error, Secret, SecretError};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq, proptest};

fn bytes(text: &str) -> Result<Vec<u8>, SecretError> {
    Secret::from_base32(text).map(|secret| secret.expose(<[u8]>::to_vec))
}

fn error(text: &str) -> Base32Error {
    match bytes(text) {
        Err(SecretError::Base32(error)) => error,
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn spaces_dashes_case_and_padding_do_not_matter() {
    let plain = bytes("JBSWY3DPEHPK3PXP").unwrap();
    for text in [
        "jbswy3dpehpk3pxp",
        "JBSW Y3DP EHPK 3PXP",
        "jbsw-y3dp-ehpk-3pxp",
        "  JBSWY3DP\tEHPK\u{a0}3PXP\r\n",
        "JBSWY3DP\nEHPK3PXP\n",
        "JBSW\u{2009}Y3DP\u{3000}EHPK3PXP",
        "JBSWY3DPEHPK3PXP======",
        "JBSWY3DPEHPK3PXP = = =",
    ] {
        assert_eq!(bytes(text), Ok(plain.clone()), "{text:?}");
    }
}

#[test]
fn a_wrong_character_is_named_by_its_place_with_what_was_meant() {
    for (text, position, hint) in [
        ("JBSWY3DPEHPK3PX0", 16, Some('O')),
        ("1BSW", 1, Some('I')),
        ("JB SW 8", 7, Some('B')),
        ("JBSW9", 5, None),
        ("JBSWÖY3D", 5, None),
        ("JBSW\0Y3D", 5, None),
        ("JBSW\u{200b}Y3D", 5, None),
        ("ſBSW", 1, None),
        ("JBSW\u{1b}[31m", 5, None),
        ("MY=!", 4, None),
        ("٦BSW", 1, None),
    ] {
        assert_eq!(error(text), Base32Error::Character { position, hint }, "{text:?}");
    }
}

#[test]
fn padding_belongs_to_the_end() {
    assert_eq!(error("MZ=XW6"), Base32Error::Padding { position: 3 });
    assert_eq!(error("=MZXW6"), Base32Error::Padding { position: 1 });
    assert_eq!(error("MZ X==W 6=="), Base32Error::Padding { position: 5 });
    for nothing in ["", "  ", "====", "- -", " \n"] {
        assert_eq!(bytes(nothing), Err(SecretError::Empty), "{nothing:?}");
    }
}

#[test]
fn bits_left_over_are_refused_where_people_type_and_dropped_for_foreign_files() {
    assert_eq!(error("MZXW7"), Base32Error::DanglingBits { position: 5 });
    assert_eq!(error("mz xw 7 =="), Base32Error::DanglingBits { position: 7 });
    assert_eq!(error("MZ"), Base32Error::DanglingBits { position: 2 });
    let lenient = |text| Secret::from_base32_lenient(text).map(|secret| secret.expose(<[u8]>::to_vec));
    assert_eq!(lenient("MZXW7"), Ok(b"foo".to_vec()));
    assert_eq!(lenient("mz"), Ok(b"f".to_vec()));
    // 3 and 6 letters hold what 2 and 5 hold; a ninth begins a byte that never ends.
    assert_eq!(lenient("MYA"), Ok(b"f".to_vec()));
    assert_eq!(lenient("MZXW6A"), Ok(b"foo".to_vec()));
    assert_eq!(lenient("MZXW6YTBO"), Ok(b"fooba".to_vec()));
    assert_eq!(lenient("A"), Err(SecretError::Empty));
    let hint = Some('O');
    assert_eq!(lenient("A0"), Err(Base32Error::Character { position: 2, hint }.into()));
    assert_eq!(lenient("MZ=XW6"), Err(Base32Error::Padding { position: 3 }.into()));
}

#[test]
fn secrets_have_1_to_1024_bytes() {
    assert_eq!(Secret::from_bytes(&[]), Err(SecretError::Empty));
    assert_eq!(Secret::from_bytes(&[7; 1025]), Err(SecretError::TooLong));
    let longest = Secret::from_bytes(&[7; 1024]).unwrap();
    assert_eq!(Secret::from_base32(&longest.to_base32()), Ok(longest));
    assert_eq!(bytes(&"A".repeat(1640)), Err(SecretError::TooLong));
    assert!(Secret::from_bytes(&[7; 15]).unwrap().is_short());
    assert!(!Secret::from_bytes(&[7; 16]).unwrap().is_short());
}

#[test]
fn secrets_are_equal_by_their_bytes_and_show_none_of_them() {
    let secret = Secret::from_base32("JBSWY3DPEHPK3PXP").unwrap();
    assert_eq!(secret, Secret::from_base32("jbsw y3dp ehpk 3pxp").unwrap());
    assert_ne!(secret, Secret::from_base32("JBSWY3DPEHPK3PXQ").unwrap());
    assert_ne!(secret, Secret::from_base32("JBSWY3DP").unwrap());
    assert_eq!(format!("{secret:?}"), "Secret(..)");
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn bytes_come_back(bytes in vec(any::<u8>(), 1..=1024)) {
        let secret = Secret::from_bytes(&bytes).unwrap();
        let text = secret.to_base32();
        prop_assert!(text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7')));
        prop_assert_eq!(Secret::from_base32(&text), Ok(secret.clone()));
        prop_assert_eq!(Secret::from_base32_lenient(&text), Ok(secret));
    }

    #[test]
    fn what_is_written_in_groups_comes_back(
        bytes in vec(any::<u8>(), 1..=64),
        gap in select(vec![" ", "-", "\u{a0}", "\t", "\r\n", " - "]),
        width in 1usize..9,
        lower in any::<bool>(),
    ) {
        let secret = Secret::from_bytes(&bytes).unwrap();
        let letters: Vec<char> = secret.to_base32().chars().collect();
        let groups: Vec<String> = letters.chunks(width).map(|group| group.iter().collect()).collect();
        let typed = groups.join(gap);
        let typed = if lower { typed.to_lowercase() } else { typed };
        prop_assert_eq!(Secret::from_base32(&typed), Ok(secret));
    }

    #[test]
    fn any_text_is_answered(text in ".{0,80}") {
        let strict = Secret::from_base32(&text);
        let lenient = Secret::from_base32_lenient(&text);
        // What is right in the strict reading is the same in the lenient one; positions are within the text.
        if let Ok(secret) = &strict {
            prop_assert_eq!(Ok(secret), lenient.as_ref());
        }
        if let Err(SecretError::Base32(error)) = strict {
            let (Base32Error::Character { position, .. }
            | Base32Error::Padding { position }
            | Base32Error::DanglingBits { position }
            | Base32Error::Length { length: position }) = error;
            prop_assert!((1..=text.chars().count()).contains(&position));
        }
    }

    #[test]
    fn one_wrong_letter_is_found_where_it_is(
        letters in vec(select(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".to_vec()), 0..60),
        wrong in select(vec!['0', '1', '8', '9', '!', 'é', '\u{1b}']),
        at in any::<proptest::sample::Index>(),
    ) {
        let mut text: Vec<char> = letters.iter().map(|byte| char::from(*byte)).collect();
        let place = at.index(text.len() + 1);
        text.insert(place, wrong);
        let text: String = text.into_iter().collect();
        match error(&text) {
            Base32Error::Character { position, .. } => prop_assert_eq!(position, place + 1),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
