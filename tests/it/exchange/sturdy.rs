//! Every fixture cut short, with bytes flipped, and taken in twice.

use super::fixtures::all_files;
use super::read_as;
use keyfob::clock::UnixTime;
use keyfob::exchange::{Contents, Intake, take_in};
use keyfob::vault::{Vault, VaultId, WriterId};

/// At how many places a file is cut, and a byte of it flipped.
const PLACES: usize = 40;

fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..PLACES).map(move |n| n * length / PLACES)
}

fn empty() -> Vault {
    Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1))
}

fn taken(vault: &mut Vault, contents: &Contents) -> Intake {
    let intake = take_in(vault, &contents.entries, UnixTime(1));
    let told = intake.new_ones() + intake.duplicates() + intake.refused();
    assert_eq!((intake.items.len(), told), (contents.entries.len(), contents.entries.len()));
    assert!(intake.items.iter().zip(&contents.entries).all(|(item, entry)| item.place == entry.place));
    intake
}

#[test]
fn a_file_cut_short_gives_no_device_that_the_whole_one_has_not() {
    for file in all_files() {
        let (_, whole) = read_as(file.name, file.text.as_bytes(), None).unwrap();
        let known = |contents: &Contents| {
            // A name may be cut, and a parameter behind a secret; the secret itself is whole, or the entry is refused.
            super::devices(contents).iter().all(|device| {
                super::devices(&whole).iter().any(|known| known.secret == device.secret)
                    || is_text(file.format)
            })
        };
        for end in places(file.text.len()) {
            if let Ok((_, part)) = read_as(file.name, &file.text.as_bytes()[..end], None) {
                assert!(known(&part), "{} cut at {end}", file.format);
                taken(&mut empty(), &part);
            }
        }
    }
}

/// In a text or a table, nothing shows that the last secret was cut.
fn is_text(format: &str) -> bool {
    ["uris", "ente", "csv", "keepass", "bitwarden", "1password", "lastpass", "aws", "gauth"].contains(&format)
}

#[test]
fn a_flipped_byte_is_told_or_changes_one_entry() {
    for file in all_files() {
        for at in places(file.text.len()) {
            for flip in [1, 0x20, 0x80] {
                let mut bytes = file.text.clone().into_bytes();
                bytes[at] ^= flip;
                if let Ok((_, contents)) = read_as(file.name, &bytes, None) {
                    taken(&mut empty(), &contents);
                }
            }
        }
    }
}

#[test]
fn importing_twice_is_importing_once() {
    for file in all_files() {
        let (_, contents) = read_as(file.name, file.text.as_bytes(), None).unwrap();
        let mut vault = empty();
        let first = taken(&mut vault, &contents);
        let count = vault.devices().count();
        assert_eq!(first.new_ones(), count, "{}", file.format);
        let again = taken(&mut vault, &contents);
        assert_eq!((again.new_ones(), again.refused()), (0, first.refused()), "{}", file.format);
        assert_eq!(again.duplicates(), first.new_ones() + first.duplicates(), "{}", file.format);
        assert_eq!(vault.devices().count(), count);
    }
}

#[test]
fn an_empty_file_and_one_without_an_entry_are_told_apart_from_a_bad_one() {
    use keyfob::exchange::ReadError;
    for (text, error) in [
        ("", ReadError::Empty),
        ("[]", ReadError::NoEntry),
        (
            r#"{"version":1,"header":{"slots":null,"params":null},"db":{"version":3,"entries":[]}}"#,
            ReadError::NoEntry,
        ),
        (r#"{"schemaVersion":4,"services":[]}"#, ReadError::NoEntry),
        (r#"{"encrypted":false,"items":[]}"#, ReadError::NoEntry),
        ("folder,favorite,type,name,login_uri,login_username,login_totp\n", ReadError::NoEntry),
        ("issuer,account,secret\n", ReadError::NoEntry),
        (r#"{"Authenticators":[],"Categories":[]}"#, ReadError::NoEntry),
        (r#"{"tokenOrder":[],"tokens":[]}"#, ReadError::NoEntry),
        (r#"{"version":2,"elements":[]}"#, ReadError::NoEntry),
        ("<KeePassFile><Root></Root></KeePassFile>", ReadError::NoEntry),
        ("nothing of note\n", ReadError::UnknownFormat),
    ] {
        assert_eq!(read_as("file", text.as_bytes(), None).unwrap_err(), error, "{text}");
    }
}
