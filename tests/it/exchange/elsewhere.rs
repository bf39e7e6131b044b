//! What is written is opened by readers that share no line with ours: tests/readers/exports.py.

use super::passphrase;
use super::written::{URIS, vault, writers};
use crate::harness::home::Home;
use crate::harness::{need_program, say};
use keyfob::clock::UnixTime;
use keyfob::device::Device;
use keyfob::exchange::by_name;
use std::path::Path;
use std::process::Command;

const NOW: UnixTime = UnixTime(1_764_000_000);

/// What the script says of a file: issuer, account and code of each device.
fn read(format: &str, bytes: &[u8], password: Option<&str>) -> Vec<(String, String, String)> {
    let home = Home::empty();
    let file = home.path("export");
    std::fs::write(&file, bytes).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/exports.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(format).arg(file).arg(NOW.0.to_string()).args(password);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{format}: {said}\n{}", String::from_utf8_lossy(bytes));
    let text = String::from_utf8(output.stdout).unwrap();
    let name = |json: &str| serde_json::from_str::<String>(json).unwrap();
    let line = |line: &str| {
        let [issuer, account, code] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        (name(issuer), name(account), code.to_owned())
    };
    text.lines().map(line).collect()
}

fn wanted(devices: &[&Device]) -> Vec<(String, String, String)> {
    let says = |device: &&Device| {
        let (issuer, account) = (device.issuer.raw().to_owned(), device.account.raw().to_owned());
        (issuer, account, device.code_at(NOW).as_str().to_owned())
    };
    devices.iter().map(says).collect()
}

#[test]
fn every_export_in_clear_text_makes_the_same_codes() {
    if need_program("python3").is_none() {
        return;
    }
    let all = vault();
    assert_eq!(all.len(), URIS.len());
    for (name, writer) in writers() {
        let fitting: Vec<&Device> = all.iter().filter(|device| (writer.fits)(device)).collect();
        let mut wanted = wanted(&fitting);
        if name == "andotp" {
            // There the issuer stands before an account that looks as if it did already.
            for (issuer, account, _) in wanted.iter_mut().filter(|(issuer, account, _)| {
                !issuer.is_empty() && account.starts_with(&format!("{issuer}:"))
            }) {
                *account = format!("{issuer}:{account}");
            }
        }
        assert_eq!(read(name, &(writer.clear)(&fitting), None), wanted, "{name}");
    }
}

#[test]
fn a_batch_of_migration_uris_is_whole() {
    if need_program("python3").is_none() {
        return;
    }
    let uri = |n: u32| {
        format!("otpauth://totp/I{n}:a{n}?secret=GEZDGNBVGY3TQOJQ{}&issuer=I{n}", "AB".repeat(n as usize))
    };
    let device = |n: u32| {
        let candidate = keyfob::device::otpauth::parse_foreign(&uri(n)).unwrap();
        candidate.into_device(keyfob::device::DeviceId::random(), NOW)
    };
    let all: Vec<Device> = (1..=25).map(device).collect();
    let all: Vec<&Device> = all.iter().collect();
    let writer = by_name("migration").unwrap().write.unwrap();
    assert_eq!(read("migration", &(writer.clear)(&all), None), wanted(&all));
}

#[test]
fn an_encrypted_aegis_file_opens_with_its_password_alone() {
    if need_program("python3").is_none() {
        return;
    }
    let has = Command::new("python3").args(["-c", "import cryptography"]).output().unwrap().status.success();
    if !has {
        say("passed over: Python's cryptography is not installed");
        return;
    }
    let all = vault();
    let all: Vec<&Device> = all.iter().collect();
    let seal = by_name("aegis").unwrap().write.unwrap().sealed.unwrap();
    let bytes = seal(&all, &passphrase("correct horse")).unwrap();
    assert_eq!(read("aegis", &bytes, Some("correct horse")), wanted(&all));
}
