//! Google Authenticator's batches.

use super::{devices, read_as, refusals};
use base64::Engine as _;
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, DeviceId, otpauth};
use keyfob::exchange::{MigrationError, Place, Refusal, missing_parts, to_migration_uris};

fn device(number: usize) -> Device {
    let uri = format!(
        "otpauth://totp/Issuer%3A{number}:a:{number}?secret=GEZDGNBVGY3TQOJQ{}",
        "AB".repeat(number + 1)
    );
    let candidate: Candidate = otpauth::parse_foreign(&uri).unwrap();
    candidate.into_device(DeviceId::random(), UnixTime(0))
}

#[test]
fn a_batch_is_read_in_any_order_and_its_missing_parts_are_named() {
    let all: Vec<Device> = (0..25).map(device).collect();
    let uris = to_migration_uris(&all.iter().collect::<Vec<_>>());
    assert_eq!(uris.len(), 3);
    let text = format!("# two of three\n{}\nnot this: {}\n", &*uris[2], &*uris[0]);
    let (format, contents) = read_as("batch.txt", text.as_bytes(), None).unwrap();
    assert_eq!((format, devices(&contents).len()), ("uris", 15));
    let missing = missing_parts(&contents.parts);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].place, Place::Part { number: 2, of: 3 });
    assert_eq!(missing[0].place.to_string(), "part 2 of 3");

    let whole = format!("{}\n{}\n{}\n", &*uris[1], &*uris[2], &*uris[0]);
    let (format, contents) = read_as("batch.txt", whole.as_bytes(), None).unwrap();
    assert_eq!((format, devices(&contents).len()), ("migration", 25));
    assert!(missing_parts(&contents.parts).is_empty());
    // Names with colons come back as they were.
    assert_eq!(devices(&contents)[15].account, all[0].account);
    assert_eq!(devices(&contents)[15].issuer, all[0].issuer);
}

#[test]
fn a_payload_that_is_none_is_refused_with_its_reason() {
    let reason = |uri: &str| {
        let (_, contents) = read_as("x.txt", uri.as_bytes(), None).unwrap();
        match refusals(&contents)[..] {
            [Refusal::Migration(error)] => *error,
            ref other => panic!("{uri}: {other:?}"),
        }
    };
    let data = |bytes: &[u8]| {
        format!(
            "otpauth-migration://offline?data={}",
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
        )
    };
    assert_eq!(reason("otpauth-migration://offline"), MigrationError::NotOffline);
    assert_eq!(reason("otpauth-migration://offline?data="), MigrationError::NoData);
    assert_eq!(reason("otpauth-migration://online?data=AA"), MigrationError::NotOffline);
    assert_eq!(reason("otpauth-migration://offline?data=%25%25"), MigrationError::NotBase64);
    assert_eq!(reason(&data(b"")), MigrationError::NoData);
    // A length of 2^63, a varint without an end, one of 65 bits, a group, field 0.
    let claims = [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    assert_eq!(reason(&data(&claims)), MigrationError::NotAPayload);
    assert_eq!(reason(&data(&[0x08, 0xff])), MigrationError::NotAPayload);
    assert_eq!(
        reason(&data(&[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])),
        MigrationError::NotAPayload
    );
    assert_eq!(reason(&data(&[0x0b])), MigrationError::NotAPayload);
    assert_eq!(reason(&data(&[0x00, 0x01])), MigrationError::NotAPayload);
    assert_eq!(reason(&data(&[0x10, 0x01])), MigrationError::NotAPayload);
}

#[test]
fn kinds_and_hashes_that_are_none_of_ours_are_refused_one_by_one() {
    // Two accounts: MD5, and a TOTP of eight digits over SHA-512.
    let account = |algorithm: u8| {
        let fields =
            [0x0a, 3, b'k', b'e', b'y', 0x12, 1, b'n', 0x1a, 1, b'I', 0x20, algorithm, 0x28, 2, 0x30, 2];
        [&[0x0a, u8::try_from(fields.len()).unwrap()], &fields[..]].concat()
    };
    let data = base64::engine::general_purpose::STANDARD.encode([account(4), account(3)].concat());
    let (_, contents) =
        read_as("x.txt", format!("otpauth-migration://offline?data={data}").as_bytes(), None).unwrap();
    assert!(matches!(refusals(&contents)[..], [Refusal::Kind(_)]));
    let device = devices(&contents)[0];
    assert_eq!((device.issuer.raw(), device.account.raw(), device.method.digits()), ("I", "n", 8));
}
