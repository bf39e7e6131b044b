//! Databases of KeePass, written here: versions 3 and 4, every cipher, key derivation and inner stream.

use super::{RFC_SECRET, devices, read_as};
use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _, StreamCipher};
use hmac::Mac as _;
use keyfob::exchange::ReadError;
use sha2::{Digest, Sha256, Sha512};
use std::io::Write as _;

const PASSWORD: &str = "päßwörd";
const SEED: [u8; 32] = [1; 32];
const KDF_SEED: [u8; 32] = [2; 32];
const INNER_KEY: [u8; 64] = [3; 64];
const START: [u8; 32] = [4; 32];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cipher {
    Aes,
    Twofish,
    ChaCha20,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kdf {
    Aes,
    Argon2d,
    Argon2id,
}

#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub version: u16,
    pub cipher: Cipher,
    pub kdf: Kdf,
    /// 0 for none, 2 for Salsa20, 3 for ChaCha20.
    pub inner: u8,
    pub packed: bool,
    pub password: Option<&'static str>,
    /// What a key file gives.
    pub key: Option<[u8; 32]>,
}

pub const PLAIN: Recipe = Recipe {
    version: 4,
    cipher: Cipher::Aes,
    kdf: Kdf::Argon2id,
    inner: 3,
    packed: true,
    password: Some(PASSWORD),
    key: None,
};

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Digest::chain_update).finalize().into()
}

fn sha512(parts: &[&[u8]]) -> [u8; 64] {
    parts.iter().fold(Sha512::new(), Digest::chain_update).finalize().into()
}

impl Recipe {
    fn inner_stream(self) -> Option<Box<dyn StreamCipher>> {
        match self.inner {
            2 => {
                let nonce = [0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a];
                Some(Box::new(salsa20::Salsa20::new(&sha256(&[&INNER_KEY]).into(), &nonce.into())))
            }
            3 => {
                let hash = sha512(&[&INNER_KEY]);
                Some(Box::new(chacha20::ChaCha20::new_from_slices(&hash[..32], &hash[32..44]).unwrap()))
            }
            _ => None,
        }
    }

    /// The stream goes over an attachment, a password and what an entry once was, before the code.
    fn document(self, head_hash: &str) -> String {
        let mut stream = self.inner_stream();
        let mut protected = |plain: &[u8]| {
            let mut bytes = plain.to_vec();
            let Some(stream) = &mut stream else {
                return String::from_utf8_lossy(plain).replace('&', "&amp;");
            };
            stream.apply_keystream(&mut bytes);
            STANDARD.encode(bytes)
        };
        let mark = if self.inner == 0 { "" } else { " Protected=\"True\"" };
        let binary = if self.inner == 0 { String::new() } else { protected(&[0xff, 0xfe, 0]) };
        let password = protected(b"hunter2");
        let uri = format!("otpauth://totp/GitHub:octocat?secret={RFC_SECRET}&issuer=GitHub");
        let uri = protected(uri.as_bytes());
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>
            <KeePassFile><Meta><HeaderHash>{head_hash}</HeaderHash><Binaries><Binary ID=\"0\"{mark}>{binary}</Binary></Binaries>
            </Meta><Root><Group><UUID>a</UUID><Entry><UUID>e</UUID><Tags>Work;Own</Tags>
            <String><Key>Password</Key><Value{mark}>{password}</Value></String>
            <String><Key>Title</Key><Value>GitHub</Value></String>
            <String><Key>UserName</Key><Value>octocat</Value></String>
            <String><Key>otp</Key><Value{mark}>{uri}</Value></String></Entry></Group></Root></KeePassFile>"
        )
    }

    fn transformed(self) -> [u8; 32] {
        let password = self.password.map(|password| sha256(&[password.as_bytes()]));
        let parts: Vec<&[u8]> = [&password, &self.key].into_iter().flatten().map(|part| &part[..]).collect();
        let composite = sha256(&parts);
        let argon = |algorithm| {
            let params = argon2::Params::new(1024, 2, 2, Some(32)).unwrap();
            let mut key = [0; 32];
            argon2::Argon2::new(algorithm, argon2::Version::V0x13, params)
                .hash_password_into(&composite, &KDF_SEED, &mut key)
                .unwrap();
            key
        };
        match self.kdf {
            Kdf::Argon2d => argon(argon2::Algorithm::Argon2d),
            Kdf::Argon2id => argon(argon2::Algorithm::Argon2id),
            Kdf::Aes => {
                let cipher = aes::Aes256::new(&KDF_SEED.into());
                let mut halves = composite;
                for _ in 0..1000 {
                    for half in halves.chunks_mut(16) {
                        cipher.encrypt_block(half.try_into().unwrap());
                    }
                }
                sha256(&[&halves])
            }
        }
    }

    fn nonce(self) -> Vec<u8> {
        vec![9; if self.cipher == Cipher::ChaCha20 { 12 } else { 16 }]
    }

    fn sealed(self, plain: &[u8], key: [u8; 32]) -> Vec<u8> {
        let nonce = self.nonce();
        match self.cipher {
            Cipher::Aes => cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, &nonce)
                .unwrap()
                .encrypt_padded_vec::<Pkcs7>(plain),
            Cipher::Twofish => cbc::Encryptor::<twofish::Twofish>::new_from_slices(&key, &nonce)
                .unwrap()
                .encrypt_padded_vec::<Pkcs7>(plain),
            Cipher::ChaCha20 => {
                let mut bytes = plain.to_vec();
                chacha20::ChaCha20::new_from_slices(&key, &nonce).unwrap().apply_keystream(&mut bytes);
                bytes
            }
        }
    }

    fn head(self) -> Vec<u8> {
        let mut out = hex("03d9a29a67fb4bb5");
        out.extend([1, 0]);
        out.extend(self.version.to_le_bytes());
        let mut field = |kind: u8, value: &[u8]| {
            out.push(kind);
            if self.version == 3 {
                out.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
            } else {
                out.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
            }
            out.extend(value);
        };
        field(
            2,
            &hex(match self.cipher {
                Cipher::Aes => "31c1f2e6bf714350be5805216afc5aff",
                Cipher::Twofish => "ad68f29f576f4bb9a36ad47af965346c",
                Cipher::ChaCha20 => "d6038a2b8b6f4cb5a524339a31dbb59a",
            }),
        );
        field(3, &u32::from(self.packed).to_le_bytes());
        field(4, &SEED);
        field(7, &self.nonce());
        if self.version == 3 {
            field(5, &KDF_SEED);
            field(6, &1000_u64.to_le_bytes());
            field(8, &INNER_KEY);
            field(9, &START);
            field(10, &u32::from(self.inner).to_le_bytes());
        } else {
            field(11, &self.variants());
        }
        field(0, b"\r\n\r\n");
        out
    }

    fn variants(self) -> Vec<u8> {
        let mut out = vec![0, 1];
        let mut pair = |kind: u8, name: &str, value: &[u8]| {
            out.push(kind);
            out.extend(u32::try_from(name.len()).unwrap().to_le_bytes());
            out.extend(name.as_bytes());
            out.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
            out.extend(value);
        };
        pair(
            0x42,
            "$UUID",
            &hex(match self.kdf {
                Kdf::Aes => "c9d9f39a628a4460bf740d08c18a4fea",
                Kdf::Argon2d => "ef636ddf8c29444b91f7a9a403e30a0c",
                Kdf::Argon2id => "9e298b1956db4773b23dfc3ec6f0a1e6",
            }),
        );
        pair(0x42, "S", &KDF_SEED);
        if self.kdf == Kdf::Aes {
            pair(5, "R", &1000_u64.to_le_bytes());
        } else {
            pair(5, "I", &2_u64.to_le_bytes());
            pair(5, "M", &(1024 * 1024_u64).to_le_bytes());
            pair(4, "P", &2_u32.to_le_bytes());
            pair(4, "V", &0x13_u32.to_le_bytes());
        }
        out.push(0);
        out
    }

    fn packed(self, plain: &[u8]) -> Vec<u8> {
        if !self.packed {
            return plain.to_vec();
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(plain).unwrap();
        gzip.finish().unwrap()
    }

    pub fn file(self) -> Vec<u8> {
        let head = self.head();
        let key = sha256(&[&SEED, &self.transformed()]);
        if self.version == 3 {
            let text = self.packed(self.document(&STANDARD.encode(sha256(&[&head]))).as_bytes());
            let size = u32::try_from(text.len()).unwrap().to_le_bytes();
            let last = [&1_u32.to_le_bytes()[..], &[0; 36]].concat();
            let plain = [&START[..], &[0; 4], &sha256(&[&text]), &size, &text, &last].concat();
            return [head, self.sealed(&plain, key)].concat();
        }
        let inner_key = [&[2][..], &64_u32.to_le_bytes(), &INNER_KEY].concat();
        let inner = [&[1, 4, 0, 0, 0, self.inner, 0, 0, 0][..], &inner_key, &[0; 5]].concat();
        let plain = self.packed(&[&inner, self.document("").as_bytes()].concat());
        let sealed = self.sealed(&plain, key);
        let base = sha512(&[&SEED, &self.transformed(), &[1]]);
        let proof = |number: u64, parts: &[&[u8]]| {
            let key = sha512(&[&number.to_le_bytes(), &base]);
            let mac = <hmac::Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).unwrap();
            parts.iter().fold(mac, hmac::Mac::chain_update).finalize().into_bytes()
        };
        let block = |number: u64, bytes: &[u8]| {
            let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            [&proof(number, &[&number.to_le_bytes(), &size, bytes])[..], &size, bytes].concat()
        };
        let (one, other) = sealed.split_at(sealed.len() / 2);
        let proofs = [&sha256(&[&head])[..], &proof(u64::MAX, &[&head])].concat();
        [head, proofs, block(0, one), block(1, other), block(2, &[])].concat()
    }
}

fn opens(recipe: Recipe) {
    let file = recipe.file();
    let (format, contents) =
        read_as("a.kdbx", &file, Some(PASSWORD)).unwrap_or_else(|error| panic!("{recipe:?}: {error}"));
    assert_eq!((format, contents.entries.len()), ("kdbx", 1), "{recipe:?}");
    let device = devices(&contents)[0];
    assert_eq!((device.issuer.raw(), device.account.raw()), ("GitHub", "octocat"), "{recipe:?}");
    assert_eq!(&*device.secret.to_base32(), RFC_SECRET, "{recipe:?}");
    assert_eq!(device.tags.len(), 2, "{recipe:?}");
    let error = |password| read_as("a.kdbx", &file, password).unwrap_err();
    assert_eq!(error(None), ReadError::KeyNeeded { with_file: false }, "{recipe:?}");
    assert_eq!(error(Some("wrong")), ReadError::WrongKey { with_file: false }, "{recipe:?}");
}

#[test]
fn every_cipher_of_version_4_opens() {
    for cipher in [Cipher::Aes, Cipher::Twofish, Cipher::ChaCha20] {
        opens(Recipe { cipher, ..PLAIN });
    }
}

#[test]
fn every_key_derivation_and_inner_stream_of_version_4_opens() {
    for (kdf, inner) in [(Kdf::Aes, 0), (Kdf::Argon2d, 2), (Kdf::Argon2id, 3)] {
        opens(Recipe { kdf, inner, packed: inner != 2, ..PLAIN });
    }
}

#[test]
fn version_3_opens() {
    for (cipher, inner, packed) in
        [(Cipher::Aes, 2, true), (Cipher::Twofish, 2, false), (Cipher::ChaCha20, 3, true)]
    {
        opens(Recipe { version: 3, kdf: Kdf::Aes, cipher, inner, packed, ..PLAIN });
    }
}

#[test]
fn a_flipped_bit_is_damage_where_the_password_is_right() {
    let good = PLAIN.file();
    let head = PLAIN.head().len();
    for at in [40, head + 10, head + 64 + 40, good.len() - 40] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let error = read_as("a.kdbx", &bad, Some(PASSWORD)).unwrap_err();
        assert_eq!(error, ReadError::Damaged, "at {at}");
    }
    let old = Recipe { version: 3, kdf: Kdf::Aes, inner: 2, ..PLAIN };
    let mut bad = old.file();
    // In the second block, behind what proves the password.
    let at = old.head().len() + 100;
    bad[at] ^= 1;
    assert_eq!(read_as("a.kdbx", &bad, Some(PASSWORD)).unwrap_err(), ReadError::Damaged);
}

#[test]
fn what_is_not_read_is_said() {
    let mut newer = PLAIN.file();
    newer[10] = 5;
    let error = read_as("a.kdbx", &newer, Some(PASSWORD)).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported(what) if what.contains("version")), "{error:?}");
    let first = hex("03d9a29a65fb4bb50000000000000000");
    let error = read_as("a.kdb", &first, Some(PASSWORD)).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported(what) if what.contains("KDB ")), "{error:?}");
}
