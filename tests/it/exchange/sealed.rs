//! Encrypted files, sealed here the way their apps do it.

use super::{RFC_SECRET, devices, read_as};
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, AesGcm};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyfob::exchange::ReadError;

pub const PASSWORD: &str = "päßwörd";

pub fn pbkdf2<D: pbkdf2::hmac::EagerHash>(salt: &[u8], rounds: u32) -> [u8; 32] {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<D>(PASSWORD.as_bytes(), salt, rounds, &mut key);
    key
}

pub fn argon(salt: &[u8], kibibytes: u32, passes: u32, lanes: u32) -> [u8; 32] {
    let params = argon2::Params::new(kibibytes, passes, lanes, Some(32)).unwrap();
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut key = [0; 32];
    argon.hash_password_into(PASSWORD.as_bytes(), salt, &mut key).unwrap();
    key
}

pub fn gcm(key: [u8; 32], nonce: [u8; 12], plain: &str, aad: &[u8]) -> Vec<u8> {
    Aes256Gcm::new(&key.into()).encrypt(&nonce.into(), Payload { msg: plain.as_bytes(), aad }).unwrap()
}

/// One device is in it; a wrong password and a flipped bit are told from none at all.
pub fn opens(format: &str, name: &str, bytes: &[u8]) {
    let (found, contents) =
        read_as(name, bytes, Some(PASSWORD)).unwrap_or_else(|error| panic!("{format}: {error}"));
    assert_eq!((found, devices(&contents).len()), (format, 1));
    assert_eq!(devices(&contents)[0].account.raw(), "octocat");
    assert_eq!(read_as(name, bytes, None).unwrap_err(), ReadError::PasswordNeeded, "{format}");
    assert_eq!(read_as(name, bytes, Some("wrong")).unwrap_err(), ReadError::WrongPassword, "{format}");
    is_sturdy(format, name, bytes);
}

/// A sealed file that ends too early opens never; one with a flipped byte gives the same device or none.
fn is_sturdy(format: &str, name: &str, bytes: &[u8]) {
    for part in 1..4 {
        let at = part * bytes.len() / 4;
        let cut = read_as(name, &bytes[..at], Some(PASSWORD));
        assert!(cut.is_err(), "{format} cut at {at}: {cut:?}");
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 1;
        if let Ok((_, contents)) = read_as(name, &flipped, Some(PASSWORD)) {
            let secrets =
                devices(&contents).iter().all(|device| device.secret.to_base32().as_str() == RFC_SECRET);
            assert!(secrets && contents.entries.len() == 1, "{format} flipped at {at}");
        }
    }
}

#[test]
fn twofas() {
    let services = format!(r#"[{{"name":"GitHub","secret":"{RFC_SECRET}","otp":{{"account":"octocat"}}}}]"#);
    let (salt, nonce) = ([7; 256], [9; 12]);
    let sealed = gcm(pbkdf2::<sha2::Sha256>(&salt, 10_000), nonce, &services, &[]);
    let parts = [&sealed[..], &salt, &nonce].map(|part| STANDARD.encode(part)).join(":");
    let file = format!(r#"{{"schemaVersion":3,"services":[],"servicesEncrypted":"{parts}"}}"#);
    opens("2fas", "a.2fas", file.as_bytes());
}

#[test]
fn andotp() {
    let plain = format!(r#"[{{"secret":"{RFC_SECRET}","issuer":"GitHub","label":"octocat","type":"TOTP"}}]"#);
    let (salt, nonce) = ([7; 12], [9; 12]);
    let sealed = gcm(pbkdf2::<sha1::Sha1>(&salt, 1_500), nonce, &plain, &[]);
    let file = [&1_500_u32.to_be_bytes()[..], &salt, &nonce, &sealed].concat();
    opens("andotp", "otp.bin", &file);
}

#[test]
fn stratum() {
    let plain = format!(
        r#"{{"Authenticators":[{{"Type":2,"Issuer":"GitHub","Username":"octocat","Secret":"{RFC_SECRET}"}}]}}"#
    );
    let (salt, nonce) = ([7; 16], [9; 12]);
    let sealed = gcm(argon(&salt, 65_536, 3, 4), nonce, &plain, &[]);
    opens("stratum", "a.bin", &[b"AUTHENTICATORPRO", &salt[..], &nonce, &sealed].concat());
}

#[test]
fn proton() {
    let plain = format!(
        r#"{{"version":1,"entries":[{{"content":{{"uri":"otpauth://totp/octocat?secret={RFC_SECRET}"}}}}]}}"#
    );
    let (salt, nonce) = ([7; 16], [9; 12]);
    let sealed = gcm(argon(&salt, 19 * 1024, 2, 1), nonce, &plain, b"proton.authenticator.export.v1");
    let content = STANDARD.encode([&nonce[..], &sealed].concat());
    let file = format!(r#"{{"version":1,"salt":"{}","content":"{content}"}}"#, STANDARD.encode(salt));
    opens("proton", "a.json", file.as_bytes());
}

#[test]
fn cotp() {
    use chacha20poly1305::{XChaCha20Poly1305, XNonce};
    let plain = format!(
        r#"{{"version":2,"elements":[{{"secret":"{RFC_SECRET}","issuer":"GitHub","label":"octocat","type":"TOTP"}}]}}"#
    );
    let (salt, nonce) = ([7; 16], [9; 24]);
    let cipher = XChaCha20Poly1305::new(&argon(&salt, 32_768, 4, 4).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), plain.as_bytes()).unwrap();
    let [nonce, salt, sealed] = [&nonce[..], &salt, &sealed].map(|part| STANDARD.encode(part));
    opens(
        "cotp",
        "db.cotp",
        format!(r#"{{"version":1,"nonce":"{nonce}","salt":"{salt}","cipher":"{sealed}"}}"#).as_bytes(),
    );
}

#[test]
fn otpclient_of_every_version() {
    // The program seals the end of its text along with it, as C has it.
    let plain = format!(
        "[{{\"type\":\"TOTP\",\"label\":\"octocat\",\"issuer\":\"GitHub\",\"secret\":\"{RFC_SECRET}\",\"digits\":6,\"algo\":\"SHA1\",\"period\":30,\"group\":\"work\"}}]\0"
    );
    let (nonce, salt) = ([9; 16], [7; 32]);
    let sealed = |key: [u8; 32], head: &[u8]| {
        let cipher = AesGcm::<aes::Aes256, aes_gcm::aead::consts::U16>::new(&key.into());
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: plain.as_bytes(), aad: head }).unwrap();
        [head, &sealed].concat()
    };
    let first = [&nonce[..], &salt].concat();
    opens("otpclient", "db.enc", &sealed(pbkdf2::<sha2::Sha512>(&salt, 100_000), &first));
    let numbers = [2_u32, 8192, 2];
    let key = argon(&salt, 8192, 2, 2);
    let little = numbers.map(u32::to_le_bytes).concat();
    opens(
        "otpclient",
        "db.enc",
        &sealed(key, &[b"OTPClient\0\0\0\x02\0\0\0", &nonce[..], &salt, &little].concat()),
    );
    let big = numbers.map(u32::to_be_bytes).concat();
    let head = [b"OTPClient\0\0\0\x03", &nonce[..], &salt, &big].concat();
    opens("otpclient", "db.enc", &sealed(key, &head));
    // Older programs took as many bytes of the password as it has characters.
    let short = &PASSWORD.as_bytes()[..PASSWORD.chars().count()];
    let params = argon2::Params::new(8192, 2, 2, Some(32)).unwrap();
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut key = [0; 32];
    argon.hash_password_into(short, &salt, &mut key).unwrap();
    opens("otpclient", "db.enc", &sealed(key, &head));
    pbkdf2::pbkdf2_hmac::<sha2::Sha512>(short, &salt, 100_000, &mut key);
    opens("otpclient", "db.enc", &sealed(key, &first));
    let (_, contents) = read_as("db.enc", &sealed(key, &first), Some(PASSWORD)).unwrap();
    assert_eq!(devices(&contents)[0].tags[0].raw(), "work");
}
