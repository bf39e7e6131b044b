//! The readers of foreign formats.

use super::{secrecy, uris};
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, DeviceId};
use keyfob::exchange::{
    Contents, File, Format, Keys, MAX_ENTRIES, Outcome, Refusal, Writer, missing_parts, read as read_format,
    sniff, take_in,
};
use keyfob::vault::{Identities, Passphrase, Vault, VaultId, WriterId};
use std::sync::LazyLock;
use zeroize::Zeroizing;

const NOW: UnixTime = UnixTime(1_764_000_000);
/// The most entries of which each is looked at; of the others only what all have in common.
const LOOKED_AT: usize = 64;

/// What opens the sealed seeds.
pub const PASSWORD: &str = "password";
/// An identity that is known to everybody who reads this, made for nothing else.
pub const IDENTITY: &str = "AGE-SECRET-KEY-1DAVZTZG26E087KNGY2NC6DHWSKLQVAMJJKUQFVEAFFQM5YFTM5YQ4AHKJC";
/// What stands beside an encrypted maFile.
pub const MANIFEST: &[u8] =
    br#"{"entries":[{"filename":"file.maFile","encryption_salt":"AAAAAAAAAAA=","encryption_iv":"AAAAAAAAAAAAAAAAAAAAAA=="}]}"#;

static PASSPHRASE: LazyLock<Passphrase> =
    LazyLock::new(|| Passphrase::new(Zeroizing::new(PASSWORD.to_owned())).unwrap());
static IDENTITIES: LazyLock<Identities> =
    LazyLock::new(|| Identities::read(IDENTITY.as_bytes(), "identity", None).unwrap());

fn keys_of(format: &Format) -> Keys<'static> {
    // What opening our own backups with a passphrase costs is age's to spend: seconds, and nothing to find.
    let password = (format.name != keyfob::exchange::KEYFOB).then(|| &*PASSPHRASE);
    Keys { password, key_file: None, identities: Some(&IDENTITIES), companion: Some(MANIFEST), dear: false }
}

/// A file as one format reads it, whatever it looks like.
pub fn read(format: &Format, bytes: &[u8]) {
    let ends = if format.extensions.is_empty() { &[""] } else { format.extensions };
    let name = format!("file.{}", ends[bytes.len() % ends.len()]);
    let mut file = File::new(&name, bytes);
    if format.name == "pass" {
        file = file.in_folder();
    }
    (format.sniff)(&file);
    match read_format(format, &file, keys_of(format)) {
        Ok(contents) => check(&contents, bytes, format.write),
        Err(error) => secrecy::keeps(&error, bytes),
    }
}

/// A file of which nobody says what it is.
pub fn sniffed(bytes: &[u8]) {
    let file = File::new("download", bytes);
    match sniff(&file) {
        Some(format) => read(format, bytes),
        None => secrecy::keeps(&file.problem(), bytes),
    }
}

/// What has to hold for whatever was read.
fn check(contents: &Contents, bytes: &[u8], writer: Option<Writer>) {
    assert!((1..=MAX_ENTRIES).contains(&contents.entries.len()));
    assert!(missing_parts(&contents.parts).len() <= 64 * contents.parts.len());
    let mut devices = Vec::new();
    for entry in contents.entries.iter().take(LOOKED_AT) {
        match &entry.found {
            Ok(candidate) => devices.push(device(devices.len(), candidate)),
            Err((_, refusal)) => secrecy::keeps(refusal, bytes),
        }
    }
    devices.iter().filter(|device| device.has_secret()).for_each(uris::check);
    if let Some(writer) = writer {
        written(writer, &devices);
    }
    counted(contents);
}

fn device(number: usize, candidate: &Candidate) -> Device {
    let id = DeviceId(uuid::Uuid::from_u128(number as u128));
    candidate.clone().into_device(id, NOW)
}

/// What is written is read back to the same devices.
fn written(writer: Writer, devices: &[Device]) {
    let fitting: Vec<&Device> = devices.iter().filter(|device| (writer.fits)(device)).collect();
    if fitting.is_empty() {
        return;
    }
    let bytes = (writer.clear)(&fitting);
    let file = File::new("file", &bytes);
    let format = sniff(&file).expect("what is written is known");
    let contents = read_format(format, &file, Keys::default()).expect("what is written is read");
    assert_eq!(contents.entries.len(), fitting.len(), "{}", format.name);
    for (entry, device) in contents.entries.iter().zip(fitting) {
        let back = entry.found.as_ref().unwrap_or_else(|(_, refusal)| panic!("{}: {refusal}", format.name));
        assert!(back.same_codes_as(device), "{}: other codes", format.name);
        uris::same_names(back, device);
    }
}

/// Every entry becomes exactly one of three, and what was imported once is not imported again.
fn counted(contents: &Contents) {
    let mut vault = Vault::empty(VaultId(uuid::Uuid::nil()), WriterId(1));
    let intake = take_in(&mut vault, &contents.entries, NOW);
    let counts = (intake.new_ones(), intake.duplicates(), intake.refused());
    assert_eq!(counts.0 + counts.1 + counts.2, contents.entries.len());
    assert_eq!(counts.0, vault.devices().len());
    let again = take_in(&mut vault, &contents.entries, NOW);
    assert_eq!((again.new_ones(), again.duplicates(), again.refused()), (0, counts.0 + counts.1, counts.2));
    let taken = |item: &&keyfob::exchange::Item| {
        matches!(item.outcome, Outcome::Refused(Refusal::SecretTaken { .. }))
    };
    assert_eq!(intake.items.iter().filter(taken).count(), again.items.iter().filter(taken).count());
}
