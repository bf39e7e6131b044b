//! URIs and secrets, read and written.

use super::{lossy, secrecy};
use keyfob::clock::UnixTime;
use keyfob::device::otpauth::{self, parse, parse_foreign, to_short_uri, to_uri};
use keyfob::device::{Candidate, Device, DeviceId};
use keyfob::exchange::{File, Keys, by_name, read, to_migration_uris};
use keyfob::otp::Secret;
use keyfob::text::Text;

/// An otpauth URI, as people paste it and as other apps' files hold it.
pub fn otpauth(bytes: &[u8]) {
    let text = lossy(bytes);
    let _ = otpauth::is_uri(&text);
    for found in [parse(&text), parse_foreign(&text)] {
        match found {
            Ok(candidate) => check(&candidate.into_device(DeviceId(uuid::Uuid::nil()), UnixTime(0))),
            Err(error) => secrecy::keeps(&error, bytes),
        }
    }
}

/// A device's URIs say the same as the device.
pub fn check(device: &Device) {
    for uri in [to_uri(device), to_short_uri(device)] {
        let back = parse(&uri).unwrap_or_else(|error| panic!("{error} in what was written"));
        assert!(back.same_codes_as(device), "other codes");
        assert_eq!(back.method, device.method);
        same_names(&back, device);
    }
    let code = device.code_at(UnixTime(u64::MAX));
    assert_eq!(code.as_str().len(), usize::from(device.method.digits()));
    let (label, name) = (device.label(), device.issuer.to_string());
    assert!(!label.chars().chain(name.chars()).any(char::is_control), "{label:?}");
}

/// No format can hold NUL in a name, and white space around one is nobody's.
pub fn same_names(back: &Candidate, device: &Device) {
    let bare = |text: &Text| text.raw().replace('\0', "").trim().to_owned();
    assert_eq!(bare(&back.issuer), bare(&device.issuer));
    assert_eq!(bare(&back.account), bare(&device.account));
}

/// The bytes that a migration URI carries.
pub fn migration_payload(bytes: &[u8]) {
    let uri = format!("otpauth-migration://offline?data={}", base64(bytes));
    let format = by_name("migration").unwrap();
    let read = |text: &str| read(format, &File::new("file", text.as_bytes()), Keys::default());
    let contents = match read(&uri) {
        Ok(contents) => contents,
        Err(error) => return secrecy::keeps(&error, bytes),
    };
    let found = contents.entries.iter().filter_map(|entry| entry.found.as_ref().ok());
    let device =
        |candidate: &Candidate| candidate.clone().into_device(DeviceId(uuid::Uuid::nil()), UnixTime(0));
    let devices: Vec<Device> = found.map(device).collect();
    devices.iter().for_each(check);
    if devices.is_empty() {
        return;
    }
    let uris = to_migration_uris(&devices.iter().collect::<Vec<_>>());
    let text: String = uris.iter().flat_map(|uri| [uri.as_str(), "\n"]).collect();
    let back = read(&text).unwrap();
    assert_eq!(back.entries.len(), devices.len());
    for (entry, device) in back.entries.iter().zip(&devices) {
        let back = entry.found.as_ref().unwrap();
        assert!(back.same_codes_as(device) && back.method == device.method);
        same_names(back, device);
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letter = |bits: u32| char::from(LETTERS[(bits & 63) as usize]);
    let group = |group: &[u8]| {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        [18, 12, 6, 0]
            .into_iter()
            .take(group.len() + 1)
            .map(move |shift| letter(bits >> shift))
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// A secret in base32.
pub fn secret(bytes: &[u8]) {
    let text = lossy(bytes);
    match Secret::from_base32(&text) {
        Ok(secret) => {
            let written = secret.to_base32();
            assert!(Secret::from_base32(&written).unwrap() == secret);
            assert!(Secret::from_base32_lenient(&text).unwrap() == secret);
        }
        Err(error) => secrecy::silent(&format!("{error} {error:?}"), bytes),
    }
    if let Ok(secret) = Secret::from_base32_lenient(&text) {
        assert!(Secret::from_base32(&secret.to_base32()).unwrap() == secret);
    }
    if let Ok(secret) = Secret::from_bytes(bytes) {
        assert!(Secret::from_base32(&secret.to_base32()).unwrap() == secret);
    }
}
