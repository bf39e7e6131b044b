//! What is written is read back to the same devices.

use super::{devices, passphrase, read_as};
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, DeviceId, otpauth};
use keyfob::exchange::{FORMATS, ReadError, Writer, by_name};

pub const URIS: &[&str] = &[
    "otpauth://totp/AWS:alice%40acme%2C%20%22x%22?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AWS",
    "otpauth://totp/Git%20Hub:bob?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Git%20Hub&algorithm=SHA512&digits=8&period=60",
    "otpauth://hotp/VPN:ops?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=VPN&algorithm=SHA256&counter=5",
    "otpauth://totp/Steam:g?secret=MFRGGZDFMZTWQ2LKMFRGGZDF&issuer=Steam&encoder=steam",
    "otpauth://totp/%3DHYPERLINK%28%22x%22%29:%27quoted?secret=MZXW6YTBOI&issuer=%3DHYPERLINK%28%22x%22%29",
    "otpauth://totp/:a%3Ab?secret=MZXW6YTBOJRGC6Q",
    "otpauth://totp/A:A%3Ab?secret=MZXW6YTBOJRGC6TA&issuer=A",
    "otpauth://totp/%E6%97%A5:%0D%0Ax?secret=MZXW6YTBOJRGC6TB&issuer=%E6%97%A5&digits=7",
];

pub fn vault() -> Vec<Device> {
    let device = |uri: &&str| otpauth::parse(uri).unwrap().into_device(DeviceId::random(), UnixTime(0));
    URIS.iter().map(device).collect()
}

pub fn writers() -> impl Iterator<Item = (&'static str, Writer)> {
    FORMATS.iter().filter_map(|format| Some((format.name, format.write?)))
}

/// What a device is to every app.
fn essence(device: &Candidate) -> Candidate {
    let mut bare = Candidate::bare(device.secret.clone());
    bare.method = device.method;
    bare.issuer = device.issuer.clone();
    bare.account = device.account.clone();
    bare
}

#[test]
fn every_format_that_is_written_is_read_back() {
    for (name, writer) in writers() {
        let all = vault();
        let fitting: Vec<&Device> = all.iter().filter(|device| (writer.fits)(device)).collect();
        let bytes = (writer.clear)(&fitting);
        let (found, contents) =
            read_as("file", &bytes, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found, name);
        let back: Vec<Candidate> = devices(&contents).into_iter().map(essence).collect();
        let wanted: Vec<Candidate> = fitting
            .iter()
            .map(|device| Candidate {
                issuer: device.issuer.clone(),
                account: device.account.clone(),
                method: device.method,
                ..Candidate::bare(device.secret.clone())
            })
            .collect();
        assert_eq!(back, wanted, "{name}: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_migration_leaves_out_what_it_can_not_say() {
    let fits = by_name("migration").unwrap().write.unwrap().fits;
    let left: Vec<_> = vault().iter().map(fits).collect();
    assert_eq!(left, [true, false, true, false, true, true, true, false]);
}

#[test]
fn a_cell_is_never_a_formula() {
    let all = vault();
    let bytes = (by_name("csv").unwrap().write.unwrap().clear)(&all.iter().collect::<Vec<_>>());
    let text = std::str::from_utf8(&bytes).unwrap();
    let cells = text.lines().flat_map(|line| line.split(','));
    assert!(cells.clone().any(|cell| cell.trim_start_matches('"').starts_with("'=HYPERLINK")), "{text}");
    assert!(
        cells.clone().all(|cell| !cell.trim_start_matches('"').starts_with(['=', '+', '-', '@'])),
        "{text}"
    );
}

#[test]
fn what_aegis_seals_opens_with_its_password_alone() {
    let all = vault();
    let seal = by_name("aegis").unwrap().write.unwrap().sealed.unwrap();
    let bytes = seal(&all.iter().collect::<Vec<_>>(), &passphrase("correct horse")).unwrap();
    let (format, contents) = read_as("aegis.json", &bytes, Some("correct horse")).unwrap();
    assert_eq!((format, devices(&contents).len()), ("aegis", all.len()));
    assert_eq!(read_as("aegis.json", &bytes, Some("battery")).unwrap_err(), ReadError::WrongPassword);
    assert_eq!(read_as("aegis.json", &bytes, None).unwrap_err(), ReadError::PasswordNeeded);
    assert!(!String::from_utf8_lossy(&bytes).contains("alice"));
    let damaged = String::from_utf8_lossy(&bytes).replace("\"db\": \"", "\"db\": \"AAAA");
    assert_eq!(
        read_as("aegis.json", damaged.as_bytes(), Some("correct horse")).unwrap_err(),
        ReadError::Damaged
    );
}
