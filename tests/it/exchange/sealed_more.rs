//! More encrypted files, sealed here the way their apps do it; Ente's by libsodium (`PyNaCl`'s `secretstream`, with
//! Argon2id over 8 MiB in 2 passes, salt 0, 1, 2, …).

use super::sealed::{PASSWORD, argon, gcm, opens, pbkdf2};
use super::{RFC_SECRET, devices, passphrase, read_as, refusals};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use hmac::{KeyInit as _, Mac as _};
use keyfob::exchange::{File, Keys, ReadError, Refusal, by_name, read, sniff};
use keyfob::otp::Kind;
use sha2::{Digest as _, Sha256};

fn cbc256(key: &[u8], iv: &[u8], plain: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<aes::Aes256>::new_from_slices(key, iv).unwrap().encrypt_padded_vec::<Pkcs7>(plain)
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mac = hmac::Hmac::<Sha256>::new_from_slice(key).unwrap();
    parts.iter().fold(mac, hmac::Mac::chain_update).finalize().into_bytes().to_vec()
}

#[test]
fn ente() {
    let file = br#"{"version": 1, "kdfParams": {"memLimit": 8388608, "opsLimit": 2, "salt": "AAECAwQFBgcICQoLDA0ODw=="},
        "encryptedData": "UUFNMpMgVBVF6ho5xv1A84TvsarVOVhxfSrAfU4O19LMT0rV0hpMexKW62Esp6d1yyWlTCTqZGf9GibFNH1OxtYZNwjZ/kAC9sGddDRhrgLPl+DvjETP35tRSfAeu/jRcuy05igPX9TVpzhlcNOdX5OQRbgi8YSubEfs7lkltvni/WN3/lVgqc15PQ6AzCoHEcsD0WIv1HajNRUQ9KONb9c=",
        "encryptionNonce": "4qTIXkWOluVIuNsPZ+nYrnztkv4Vf+OW"}"#;
    opens("ente", "a.json", file);
    let (_, contents) = read_as("a.json", file, Some(PASSWORD)).unwrap();
    assert!(devices(&contents)[0].favourite && devices(&contents)[0].note.raw() == "n");
}

/// `kdf` is what the head says of the key that is made of the password.
fn bitwarden_file(key: [u8; 32], kdf: &str) -> String {
    let plain = format!(
        r#"{{"encrypted":false,"items":[{{"type":1,"name":"GitHub","login":{{"username":"octocat","totp":"{RFC_SECRET}"}}}}]}}"#
    );
    let (enc, auth) = (mac(&key, &[b"enc", &[1]]), mac(&key, &[b"mac", &[1]]));
    let sealed = |plain: &[u8]| {
        let data = cbc256(&enc, &[9; 16], plain);
        let parts = [&[9; 16][..], &data, &mac(&auth, &[&[9; 16], &data])].map(|part| STANDARD.encode(part));
        format!("2.{}", parts.join("|"))
    };
    format!(
        r#"{{"encrypted":true,"passwordProtected":true,"salt":"c2FsdA==",{kdf},
        "encKeyValidation_DO_NOT_EDIT":"{}","data":"{}"}}"#,
        sealed(b"x"),
        sealed(plain.as_bytes())
    )
}

#[test]
fn bitwarden_with_either_key_derivation() {
    let key = pbkdf2::<Sha256>(b"c2FsdA==", 5_000);
    let file =
        bitwarden_file(key, r#""kdfType":0,"kdfIterations":5000,"kdfMemory":null,"kdfParallelism":null"#);
    opens("bitwarden", "a.json", file.as_bytes());
    let damaged = file.replace("\"data\":\"2.CQ", "\"data\":\"2.CA");
    assert_eq!(read_as("a.json", damaged.as_bytes(), Some(PASSWORD)).unwrap_err(), ReadError::Damaged);
    let key = argon(&Sha256::digest(b"c2FsdA=="), 16 * 1024, 3, 2);
    let kdf = r#""kdfType":1,"kdfIterations":3,"kdfMemory":16,"kdfParallelism":2"#;
    opens("bitwarden", "a.json", bitwarden_file(key, kdf).as_bytes());
}

#[test]
fn steam_with_either_manifest() {
    let (salt, iv) = ([7; 16], [9; 16]);
    let plain = br#"{"shared_secret":"zvIayp3JPvtvX/QGHqsqKBk/44s=","account_name":"octocat"}"#;
    let (salt_text, iv_text) = (STANDARD.encode(salt), STANDARD.encode(iv));
    let old = format!(
        r#"{{"encrypted":true,"entries":[{{"encryption_iv":"{iv_text}","encryption_salt":"{salt_text}","filename":"1.maFile"}}]}}"#
    );
    let newer = |scheme: &str| {
        format!(
            r#"{{"version":1,"entries":[{{"filename":"1.maFile","encryption":{{"iv":"{iv_text}","salt":"{salt_text}","scheme":"{scheme}"}}}}]}}"#
        )
    };
    let (slow, fast) = (argon(&salt, 62_500, 3, 4), pbkdf2::<sha1::Sha1>(&salt, 50_000));
    for (manifest, key) in
        [(old, fast), (newer("LegacySdaCompatible"), fast), (newer("Argon2idAes256"), slow)]
    {
        let text = STANDARD.encode(cbc256(&key, &iv, plain));
        let file = File::new("1.maFile", text.as_bytes());
        let format = sniff(&file).unwrap();
        assert_eq!(format.name, "steam");
        let needed = read(format, &file, Keys::default()).unwrap_err();
        assert_eq!(needed, ReadError::CompanionNeeded { name: "manifest.json" });
        let opened = |password: &str| {
            let password = passphrase(password);
            let companion = Some(manifest.as_bytes());
            read(format, &file, Keys { password: Some(&password), companion, ..Keys::default() })
        };
        let contents = opened(PASSWORD).unwrap();
        assert_eq!(devices(&contents)[0].account.raw(), "octocat");
        assert_eq!(opened("wrong").unwrap_err(), ReadError::WrongPassword);
    }
}

fn list(bytes: &[u8]) -> String {
    format!("{:?}", bytes.iter().map(|byte| byte.cast_signed()).collect::<Vec<_>>())
}

/// A `HashMap` of texts as Java serialises it.
fn java_map(pairs: &[(&str, &str)]) -> Vec<u8> {
    let text = |text: &str| {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        [&length[..], text.as_bytes()].concat()
    };
    let mut out = [
        &[0xac, 0xed, 0, 5, b's', b'r'][..],
        &text("java.util.HashMap"),
        &[5, 7, 0xda, 0xc1, 0xc3, 0x16, 0x60, 0xd1, 3, 0, 2],
    ]
    .concat();
    out.extend(
        [&b"F"[..], &text("loadFactor"), b"I", &text("threshold"), b"xp", &[0x3f, 0x40, 0, 0, 0, 0, 0, 12]]
            .concat(),
    );
    out.extend([b'w', 8, 0, 0, 0, 16]);
    out.extend(u32::try_from(pairs.len()).unwrap().to_be_bytes());
    for part in pairs.iter().flat_map(|(key, value)| [key, value]) {
        out.push(b't');
        out.extend(text(part));
    }
    out.push(b'x');
    out
}

#[test]
fn freeotp_2() {
    let (salt, nonce, master) = ([7; 32], [9; 12], [5; 32]);
    let der = [&[0x30, 0x11, 0x04, 0x0c][..], &nonce, &[0x02, 0x01, 0x10]].concat();
    let sealed = |key: [u8; 32], plain: &[u8], token: &str| {
        let text = gcm_bytes(key, nonce, plain, token.as_bytes());
        format!(
            r#"{{"mCipher":"AES/GCM/NoPadding","mCipherText":{},"mParameters":{},"mToken":"{token}"}}"#,
            list(&text),
            list(&der)
        )
    };
    let wrap = pbkdf2::<sha2::Sha512>(&salt, 2_000);
    let master_key = format!(
        r#"{{"mAlgorithm":"PBKDF2withHmacSHA512","mEncryptedKey":{},"mIterations":2000,"mSalt":{}}}"#,
        sealed(wrap, &master, "AES"),
        list(&salt)
    );
    let key = format!(r#"{{"key":{:?}}}"#, sealed(master, b"12345678901234567890", "HmacSHA1"));
    let token = r#"{"algo":null,"counter":0,"digits":6,"issuerExt":"GitHub","issuerInt":null,"label":"octocat","period":30,"type":"TOTP"}"#;
    let file = java_map(&[("1", &key), ("masterKey", &master_key), ("1-token", token)]);
    opens("freeotp-backup", "externalBackup.xml", &file);
    let (_, contents) = read_as("x", &file, Some(PASSWORD)).unwrap();
    assert_eq!(&*devices(&contents)[0].secret.to_base32(), RFC_SECRET);
    // What is no JSON, and a token without a key, do not stop the others.
    let steam = token.replace("GitHub", "Steam");
    let mixed = [
        ("1", key.as_str()),
        ("masterKey", &master_key),
        ("1-token", &steam),
        ("2-token", "{"),
        ("3-token", token),
        ("3", "{"),
    ];
    let (_, contents) = read_as("x", &java_map(&mixed), Some(PASSWORD)).unwrap();
    assert_eq!(devices(&contents)[0].method.kind(), Kind::Steam);
    assert_eq!(refusals(&contents), [&Refusal::Malformed, &Refusal::NoSecret]);
}

fn gcm_bytes(key: [u8; 32], nonce: [u8; 12], plain: &[u8], aad: &[u8]) -> Vec<u8> {
    use aes_gcm::aead::{Aead as _, Payload};
    aes_gcm::Aes256Gcm::new(&key.into()).encrypt(&nonce.into(), Payload { msg: plain, aad }).unwrap()
}

#[test]
fn gauth_binary_and_as_text() {
    let salt = [7; 8];
    let hash = Sha256::new().chain_update(PASSWORD).chain_update(salt).finalize();
    let plain = format!("octocat:{RFC_SECRET}\n");
    let sealed = cbc::Encryptor::<aes::Aes128>::new_from_slices(&hash[..16], &hash[16..])
        .unwrap()
        .encrypt_padded_vec::<Pkcs7>(plain.as_bytes());
    let file = [&b"Salted__"[..], &salt, &sealed].concat();
    opens("gauth", "gauth.csv", &file);
    opens("gauth", "gauth.csv", STANDARD.encode(&file).as_bytes());
}

#[test]
fn authy_opens_what_it_can() {
    let key = pbkdf2::<sha1::Sha1>(b"salt", 1_000);
    let sealed = STANDARD.encode(cbc256(&key, &[0; 16], RFC_SECRET.as_bytes()));
    let other = STANDARD.encode([1; 32]);
    let file = |tokens: &str| {
        let tokens = tokens.replace('"', "&quot;");
        format!("<map><string name=\"com.authy.storage.tokens.authenticator.key\">[{tokens}]</string></map>")
    };
    let token = |sealed: &str| {
        format!(
            r#"{{"accountType":"github","digits":6,"encryptedSecret":"{sealed}","name":"GitHub - octocat","salt":"salt"}}"#
        )
    };
    opens("authy", "a.xml", file(&token(&sealed)).as_bytes());
    let own = r#"{"name":"Own","secretSeed":"3132333435363738393031323334353637383930","digits":7}"#;
    let all = [token(&other), token(&sealed), own.to_owned()].join(",");
    let (_, contents) = read_as("a.xml", file(&all).as_bytes(), Some(PASSWORD)).unwrap();
    assert_eq!(refusals(&contents), [&Refusal::SecretEncrypted]);
    let own = devices(&contents)[1];
    assert_eq!((own.issuer.raw(), own.method.period().unwrap().get()), ("Own", 10));
}

#[test]
fn old_andotp_whatever_its_nonce_is() {
    let plain = format!(r#"[{{"secret":"{RFC_SECRET}","label":"GitHub - octocat","type":"TOTP"}}]"#);
    let key = Sha256::digest(PASSWORD).into();
    for first in [0, 0x20, 0xff] {
        let mut nonce = [9; 12];
        nonce[0] = first;
        let file = [&nonce[..], &gcm(key, nonce, &plain, &[])].concat();
        for name in ["otp_accounts.json.aes", "andotp_old.bin"] {
            let (format, contents) = read_as(name, &file, Some(PASSWORD)).unwrap();
            assert_eq!((format, devices(&contents)[0].account.raw()), ("andotp", "octocat"), "{name}");
            assert_eq!(read_as(name, &file, None).unwrap_err(), ReadError::PasswordNeeded, "{name}");
            assert!(read_as(name, &file, Some("wrong")).is_err(), "{name}");
        }
    }
}

#[test]
fn any_password_slot_of_aegis_opens_it_and_a_finger_none() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let (master, nonce) = ([5; 32], [9; 12]);
    let sealed = |key: [u8; 32], plain: &[u8]| {
        let text = gcm_bytes(key, nonce, plain, &[]);
        let (text, tag) = text.split_at(text.len() - 16);
        (text.to_vec(), format!(r#"{{"nonce":"{}","tag":"{}"}}"#, hex(&nonce), hex(tag)))
    };
    let slot = |password: &str, salt: u8| {
        let params = scrypt::Params::new(10, 8, 1).unwrap();
        let mut key = [0; 32];
        scrypt::scrypt(password.as_bytes(), &[salt; 32], &params, &mut key).unwrap();
        let (text, params) = sealed(key, &master);
        let salt = hex(&[salt; 32]);
        format!(
            r#"{{"type":1,"uuid":"u","key":"{}","key_params":{params},"n":1024,"r":8,"p":1,"salt":"{salt}"}}"#,
            hex(&text)
        )
    };
    let finger = format!(r#"{{"type":2,"uuid":"f","key":"00","key_params":{}}}"#, sealed(master, b"").1);
    let db = format!(
        r#"{{"version":2,"entries":[{{"type":"totp","name":"octocat","issuer":null,"group":null,"info":{{"secret":"{RFC_SECRET}","algo":"SHA1","digits":6,"period":30}}}}]}}"#
    );
    let (text, params) = sealed(master, db.as_bytes());
    let file = |slots: &[String]| {
        let slots = slots.join(",");
        let db = STANDARD.encode(&text);
        format!(r#"{{"version":1,"header":{{"slots":[{slots}],"params":{params}}},"db":"{db}"}}"#)
    };
    opens("aegis", "a.json", file(&[finger.clone(), slot("another", 1), slot(PASSWORD, 2)]).as_bytes());
    let only = file(&[finger]);
    let error = read_as("a.json", only.as_bytes(), Some(PASSWORD)).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported(_)), "{error:?}");
    assert!(by_name("aegis").is_some());
}

#[test]
fn a_java_map_may_hold_long_texts_nothing_and_characters_of_javas_own() {
    let refusal = |file: &[u8]| read_as("x", file, Some(PASSWORD)).unwrap_err();
    let head = java_map(&[]);
    let (head, count) = (&head[..head.len() - 5], 3_u32.to_be_bytes());
    let short = |text: &[u8]| [&[b't', 0, u8::try_from(text.len()).unwrap()][..], text].concat();
    let long = [&b"|"[..], &5_u64.to_be_bytes(), b"value"].concat();
    let map = |own: &[u8]| {
        let parts = [&short(own)[..], &long, &short(b"k"), b"p", &short(b"x"), &short(b"y"), b"x"];
        [head, &count, &parts.concat()].concat()
    };
    // A NUL in two bytes, an e with an accent, a euro sign, and a key (U+1F511) in two halves.
    let whole = map(b"a\xc0\x80\xc3\xa9\xe2\x82\xac\xed\xa0\xbd\xed\xb4\x91");
    assert_eq!(refusal(&whole), ReadError::Lacks("masterKey"), "it is read to its end");
    // A half alone, two that are cut off, a byte that begins nothing, two that go on from nothing.
    for broken in [&b"\xed\xa0\xbd"[..], b"\xc3", b"\xe2\x82", b"\xff\xc0\x80", b"\xc3\x41", b"\xc0\x80\x80"]
    {
        assert_eq!(refusal(&map(broken)), ReadError::Damaged, "{broken:x?}");
    }
    for at in [4, 5] {
        let mut other = whole.clone();
        other[at] = b'!';
        assert_eq!(refusal(&other), ReadError::NotThis, "byte {at}");
    }
}
