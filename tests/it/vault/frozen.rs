//! A vault and a backup of every released version of the format, as they were written then. They open for ever.
//!
//! The files are never written anew: a new version of the format gets files of its own beside them. Their secrets are
//! thrown away.

use super::*;
use keyfob::device::Device;
use keyfob::otp::Method;
use keyfob::vault::disk::Disk;
use keyfob::vault::{open_backup, open_copy};

const PASSPHRASE: &str = "frozen for ever, in a test";
/// When the codes below were made.
const THEN: UnixTime = UnixTime(1_764_000_000);

struct Frozen {
    version: u8,
    vault: &'static [u8],
    backup: &'static [u8],
}

const ALL: [Frozen; 1] = [Frozen {
    version: 1,
    vault: include_bytes!("frozen/v1-vault.age"),
    backup: include_bytes!("frozen/v1-backup.age"),
}];

/// One line a device: everything that it says.
fn words(device: &Device) -> String {
    let tags: Vec<&str> = device.tags.iter().map(Text::raw).collect();
    let factor = device.factor_at(THEN);
    let code = if device.has_secret() { device.code(factor).as_str().to_owned() } else { "none".to_owned() };
    format!(
        "{}|{}|{} {} {} {:?} {:?}|{}|{}|{}|{}|{}|{code}",
        device.issuer.raw(),
        device.account.raw(),
        device.method.kind().as_str(),
        device.method.algorithm(),
        device.method.digits(),
        device.method.period().map(keyfob::otp::Period::get),
        device.method.counter(),
        device.serial.as_ref().map_or("none", Text::raw),
        tags.join(","),
        device.note.raw(),
        device.favourite,
        device.drift.steps(),
    )
}

const EXPECTED: [&str; 5] = [
    "Acme|alice|totp SHA256 8 Some(60) None|arn:aws:iam::123456789012:mfa/alice|aws,work||false|0|30843146",
    "VPN|bob ü|hotp SHA1 6 None Some(119)|none|||false|0|801098",
    "Steam||steam SHA1 5 Some(30) None|none|||false|0|P5H2K",
    "AWS|root|hardware SHA1 6 None None|GAHT12345678|||false|0|none",
    "GitHub|dave@example|totp SHA1 6 Some(30) None|none|work|a note\nof two lines: 日本|false|0|953197",
];

fn assert_all(vault: &Vault, what: &str) {
    let have: Vec<String> = vault.devices().map(words).collect();
    assert_eq!(have, EXPECTED, "{what}");
}

#[test]
fn what_every_version_wrote_opens_for_ever() {
    let passphrase = passphrase(PASSPHRASE);
    for Frozen { version, vault, backup } in ALL {
        let (disk, store) = memory_store();
        disk.create_new(store.path()).unwrap().write_all(vault).unwrap();
        let mut session = store.read().unwrap().open(Unlock::Passphrase(&passphrase)).unwrap();
        assert_all(session.vault(), &format!("the vault of version {version}"));
        let backup = open_backup(backup, Unlock::Passphrase(&passphrase)).unwrap();
        assert_all(&backup, &format!("the backup of version {version}"));
        // It can be changed, saved and merged with what it was.
        add(&mut session, candidate(1));
        let saved = store.read().unwrap().open(Unlock::Passphrase(&passphrase)).unwrap();
        let merged = saved.vault().merge(&open_copy(vault, Unlock::Passphrase(&passphrase)).unwrap());
        assert_eq!(merged.devices().len(), EXPECTED.len() + 1);
        assert!(merged.devices().any(|device| device.method == Method::Hardware));
    }
}
