//! Key files of KeePass: every kind there is, beside a password and alone.

use super::kdbx::{Kdf, PLAIN, Recipe};
use super::{opened, passphrase};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyfob::exchange::{File, Keys, ReadError};
use sha2::{Digest as _, Sha256};

const KEY: [u8; 32] = *b"0123456789abcdef\x00\xff0123456789ABCD";

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from_digit(digit.into(), 16).unwrap())
        .collect()
}

fn version_1(data: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<KeyFile>\r\n\t<Meta><Version>1.00</Version></Meta>
        <Key><Data>{data}</Data></Key></KeyFile>"
    )
}

/// As the app writes it: the digits in groups, over several lines.
fn version_2(key: &[u8], hash: &str) -> String {
    let digits = hex(key).to_uppercase();
    let groups: Vec<_> = (0..digits.len()).step_by(8).map(|at| &digits[at..at + 8]).collect();
    let lines = groups.join(" ").replacen(' ', "\n\t\t\t", 4);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeyFile><Meta><Version>2.0</Version></Meta>
        <Key>\n<Data Hash=\"{hash}\">\n{lines}\n</Data></Key></KeyFile>"
    )
}

fn proof() -> String {
    hex(&Sha256::digest(KEY)[..4]).to_uppercase()
}

fn read(recipe: Recipe, password: Option<&str>, key_file: Option<&[u8]>) -> Result<usize, ReadError> {
    let password = password.map(passphrase);
    let keys = Keys { password: password.as_ref(), key_file, ..Keys::default() };
    opened(&File::new("a.kdbx", &recipe.file()), keys).map(|(_, contents)| contents.entries.len())
}

#[test]
fn every_kind_of_key_file_opens_a_database_beside_its_password_and_alone() {
    let any = b"<html>any file at all is a key file".to_vec();
    let hash: [u8; 32] = Sha256::digest(&any).into();
    let kinds = [
        ("32 bytes", KEY.to_vec(), KEY),
        ("hexadecimal digits", hex(&KEY).into_bytes(), KEY),
        ("XML, version 1", version_1(&STANDARD.encode(KEY)).into_bytes(), KEY),
        ("XML, version 2", version_2(&KEY, &proof()).into_bytes(), KEY),
        ("any file", any, hash),
    ];
    for (name, file, key) in kinds {
        for password in [PLAIN.password, None] {
            let four = Recipe { key: Some(key), password, ..PLAIN };
            let three = Recipe { version: 3, kdf: Kdf::Aes, inner: 2, ..four };
            for recipe in [four, three] {
                assert_eq!(read(recipe, password, Some(&file)), Ok(1), "{name}: {recipe:?}");
            }
        }
    }
}

#[test]
fn what_looks_like_a_key_in_digits_and_is_none_is_hashed() {
    let mut file = hex(&KEY).into_bytes();
    file[63] = b'g';
    let recipe = Recipe { key: Some(Sha256::digest(&file).into()), ..PLAIN };
    assert_eq!(read(recipe, PLAIN.password, Some(&file)), Ok(1));
}

#[test]
fn what_is_missing_is_said_and_what_is_wrong_is() {
    let recipe = Recipe { key: Some(KEY), ..PLAIN };
    for recipe in [recipe, Recipe { version: 3, kdf: Kdf::Aes, inner: 2, ..recipe }] {
        let error = |password, key_file| read(recipe, password, key_file).unwrap_err();
        let (password, key_file, other) = (recipe.password, Some(KEY.as_slice()), Some([1; 32]));
        assert_eq!(error(None, None), ReadError::KeyNeeded { with_file: false });
        assert_eq!(error(password, None), ReadError::WrongKey { with_file: false });
        assert_eq!(error(None, key_file), ReadError::KeyNeeded { with_file: true });
        let wrong = ReadError::WrongKey { with_file: true };
        assert_eq!(error(Some("wrong"), key_file), wrong);
        assert_eq!(error(password, other.as_ref().map(<[u8; 32]>::as_slice)), wrong);
    }
}

#[test]
fn a_damaged_key_file_is_told_from_a_wrong_one() {
    let recipe = Recipe { key: Some(KEY), ..PLAIN };
    let mut flipped = KEY;
    flipped[0] ^= 1;
    let bad = [
        version_2(&flipped, &proof()),
        version_2(&KEY, ""),
        version_2(&KEY[..28], &proof()),
        version_1("not base64!"),
        version_1(""),
        version_1("x").replace("Data>", "Date>"),
    ];
    for file in bad {
        let error = read(recipe, PLAIN.password, Some(file.as_bytes())).unwrap_err();
        assert_eq!(error, ReadError::BadKeyFile, "{file}");
    }
    let newer = version_1("x").replace("1.00", "3.0");
    let error = read(recipe, PLAIN.password, Some(newer.as_bytes())).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported(what) if what.contains("key file")), "{error:?}");
}
