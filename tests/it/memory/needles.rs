//! The secrets of a vault, in every form that a program may have them in.

use super::scan::Needles;
use age::secrecy::SecretString;
use keyfob::device::otpauth;
use keyfob::otp::Secret;
use std::path::Path;

/// A device's secret: raw, base32 as it is typed and as it is shown, hex.
pub fn of_secret(name: &str, base32: &str) -> Needles {
    let uri = format!("otpauth://totp/x?secret={base32}");
    let secret: Secret = otpauth::parse(&uri).unwrap().secret;
    let raw = secret.expose(<[u8]>::to_vec);
    let hex = raw.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let letters: Vec<char> = base32.chars().collect();
    let grouped = letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    vec![
        (format!("{name} raw"), raw),
        (format!("{name} in base32"), base32.as_bytes().to_vec()),
        (format!("{name} in lower-case base32"), base32.to_lowercase().into_bytes()),
        (format!("{name} in groups"), grouped.into_bytes()),
        (format!("{name} in hex"), hex.into_bytes()),
    ]
}

/// The vault's own identity and MAC key, by the way out that docs/vault-format.md describes.
pub fn of_identity(vault: &Path, passphrase: &str) -> Needles {
    use base64::Engine as _;
    let bytes = std::fs::read(vault).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.split_once("-> keyfob-identity v1\n").unwrap().1.lines();
    let stanza: String = lines.take_while(|line| !line.starts_with('-')).collect();
    let file = base64::engine::general_purpose::STANDARD_NO_PAD.decode(stanza).unwrap();
    let key = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    let plain = String::from_utf8(age::decrypt(&key, &file).unwrap()).unwrap();
    let mac = plain.lines().find_map(|line| line.strip_prefix("# mac-key: ")).unwrap();
    let identity = plain.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).unwrap();
    let pairs = mac.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    vec![
        ("the MAC key in hex".to_owned(), mac.as_bytes().to_vec()),
        ("the MAC key".to_owned(), pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()),
        ("the identity".to_owned(), identity.strip_prefix("AGE-SECRET-KEY-1").unwrap().as_bytes().to_vec()),
        ("the identity raw".to_owned(), raw(identity)),
    ]
}

/// The 32 bytes of an identity: Bech32 (BIP 173) without its checksum, which age has verified.
fn raw(identity: &str) -> Vec<u8> {
    let letters = identity.rsplit_once('1').unwrap().1;
    let known = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let place = |letter: u8| (0_u8..).zip(known).find(|(_, other)| **other == letter).unwrap().0;
    let mut bits = Vec::new();
    for value in letters[..letters.len() - 6].bytes().map(place) {
        bits.extend((0..5).rev().map(|bit| value >> bit & 1));
    }
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit)).collect()
}
