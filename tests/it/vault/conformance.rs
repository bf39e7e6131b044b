//! age's own test vectors (C2SP CCTV) through our pre-scan and our reader.

use crate::harness::samples::samples;
use keyfob::vault::{BackupError, Identities, IdentityError, Passphrase, Unlock, decrypt_backup};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use zeroize::Zeroizing;

/// One file of the testkit: fields, an empty line, and an age file.
struct Vector {
    name: String,
    fields: HashMap<String, Vec<String>>,
    file: Vec<u8>,
}

impl Vector {
    fn read(name: String, bytes: &[u8]) -> Self {
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
            let (key, value) = line.split_once(": ").unwrap();
            fields.entry(key.to_owned()).or_default().push(value.to_owned());
        }
        let mut file = bytes[end + 2..].to_vec();
        if fields.contains_key("compressed") {
            let mut plain = Vec::new();
            flate2::read::ZlibDecoder::new(&*file).read_to_end(&mut plain).unwrap();
            file = plain;
        }
        Self { name, fields, file }
    }

    fn all(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// What our reader makes of it, in the testkit's words.
    fn outcome(&self) -> String {
        let identities = self.all("identity").join("\n");
        let opened = match self.all("passphrase") {
            [] if identities.is_empty() => {
                decrypt_backup(&self.file, Unlock::Identities(&Identities::default()))
            }
            [] => match Identities::read(identities.as_bytes(), &self.name, None) {
                Ok(identities) => decrypt_backup(&self.file, Unlock::Identities(&identities)),
                Err(IdentityError::NoIdentity { .. }) => return "identity refused".to_owned(),
                Err(error) => panic!("{}: {error:?}", self.name),
            },
            passphrases => {
                let text = Zeroizing::new(passphrases[0].clone());
                decrypt_backup(&self.file, Unlock::Passphrase(&Passphrase::new(text).unwrap()))
            }
        };
        match opened {
            Ok(plain) => {
                let hash: String =
                    Sha256::digest(&**plain).iter().fold(String::new(), |hex, b| hex + &format!("{b:02x}"));
                assert_eq!([hash], self.all("payload"), "{}", self.name);
                "success".to_owned()
            }
            Err(
                BackupError::NoIdentityFits | BackupError::WrongPassphrase | BackupError::OtherLock { .. },
            ) => "no match".to_owned(),
            Err(_) => "refused".to_owned(),
        }
    }
}

/// What of ours answers to what the testkit expects.
fn fits(expected: &str, got: &str, hybrid: bool) -> bool {
    match (expected, got) {
        // age 0.12 has no post-quantum recipients: their identities are refused, and their files not half-read.
        (_, "identity refused") => hybrid,
        ("success", "success")
        | ("no match", "no match")
        | ("header failure" | "HMAC failure" | "payload failure" | "armor failure", "refused") => true,
        _ => false,
    }
}

#[test]
fn every_vector_of_the_age_testkit_is_as_it_says() {
    let Some(folder) = samples("age-testkit") else { return };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut off = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let vector = Vector::read(name, &std::fs::read(entry.path()).unwrap());
        let expected = vector.all("expect")[0].clone();
        let got = vector.outcome();
        let hybrid =
            vector.all("identity").iter().any(|identity| identity.starts_with("AGE-SECRET-KEY-PQ-1"));
        if !fits(&expected, &got, hybrid) {
            off.push(format!("{}: {expected}, and it is {got}", vector.name));
        }
        *counts.entry(expected).or_default() += 1;
    }
    assert!(off.is_empty(), "{}", off.join("\n"));
    assert!(counts.values().sum::<usize>() > 100, "{counts:?}");
}
