//! Encrypted files as a build for fuzzing reads them: where it stands sealed in a real one, here it stands in clear
//! text, with sixteen bytes behind it for the tag.

use super::{Seed, reader};
use crate::exchange::RFC_SECRET;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

const URI: &str = "otpauth://totp/GitHub:octocat?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=GitHub";

pub fn all() -> Vec<Seed> {
    let free_otp = reader("freeotp-backup", "sealed", free_otp());
    in_json().into_iter().chain(binary()).chain(archives()).chain([free_otp]).collect()
}

fn tagged(plain: &str) -> Vec<u8> {
    [plain.as_bytes(), &[0; 16]].concat()
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn in_json() -> Vec<Seed> {
    let services = format!(r#"[{{"name":"GitHub","secret":"{RFC_SECRET}","otp":{{"account":"octocat"}}}}]"#);
    let twofas = [tagged(&services), vec![7; 256], vec![9; 12]].map(|part| base64(&part)).join(":");
    let proton = format!(r#"{{"version":1,"entries":[{{"content":{{"uri":"{URI}"}}}}]}}"#);
    let proton = [&[0; 12], tagged(&proton).as_slice()].concat();
    let cotp = format!(
        r#"{{"version":2,"elements":[{{"secret":"{RFC_SECRET}","issuer":"GitHub","label":"octocat","type":"TOTP"}}]}}"#
    );
    let ente = [&[0], tagged(&format!("{URI}\n")).as_slice()].concat();
    let (salt, nonce) = (base64(&[7; 16]), base64(&[9; 24]));
    vec![
        reader("aegis", "sealed", aegis()),
        reader(
            "2fas",
            "sealed",
            format!(r#"{{"schemaVersion":3,"services":[],"servicesEncrypted":"{twofas}"}}"#),
        ),
        reader("bitwarden", "sealed-pbkdf2", bitwarden(r#""kdfType":0"#)),
        reader("bitwarden", "sealed-argon", bitwarden(r#""kdfType":1,"kdfMemory":64,"kdfParallelism":4"#)),
        reader(
            "proton",
            "sealed",
            format!(r#"{{"version":1,"salt":"{salt}","content":"{}"}}"#, base64(&proton)),
        ),
        reader(
            "cotp",
            "sealed",
            format!(
                r#"{{"version":1,"nonce":"{nonce}","salt":"{salt}","cipher":"{}"}}"#,
                base64(&tagged(&cotp))
            ),
        ),
        reader(
            "ente",
            "sealed",
            format!(
                r#"{{"version":1,"kdfParams":{{"memLimit":67108864,"opsLimit":3,"salt":"{salt}"}},
                "encryptedData":"{}","encryptionNonce":"{nonce}"}}"#,
                base64(&ente)
            ),
        ),
        reader(
            "steam",
            "sealed",
            base64(br#"{"shared_secret":"zvIayp3JPvtvX/QGHqsqKBk/44s=","account_name":"gamer"}"#),
        ),
        reader(
            "authy",
            "sealed",
            format!(
                r#"{{"authenticator_tokens":[{{"name":"GitHub: octocat","salt":"salt","encrypted_seed":"{}","digits":6}}]}}"#,
                base64(RFC_SECRET.as_bytes())
            ),
        ),
    ]
}

fn aegis() -> String {
    let aegis = format!(
        r#"{{"version":3,"entries":[{{"type":"totp","name":"a","issuer":"I","info":{{"secret":"{RFC_SECRET}","digits":6}}}}]}}"#
    );
    let (key, tag) = ("00".repeat(32), "00".repeat(16));
    let nonce = "00".repeat(12);
    format!(
        r#"{{"version":1,"header":{{"slots":[{{"type":1,"key":"{key}","key_params":{{"nonce":"{nonce}","tag":"{tag}"}},
        "n":32768,"r":8,"p":1,"salt":"{key}"}}],"params":{{"nonce":"{nonce}","tag":"{tag}"}}}},"db":"{}"}}"#,
        base64(aegis.as_bytes())
    )
}

fn bitwarden(kdf: &str) -> String {
    let items = format!(
        r#"{{"encrypted":false,"items":[{{"type":1,"name":"GitHub","login":{{"username":"octocat","totp":"{RFC_SECRET}"}}}}]}}"#
    );
    let sealed = |plain: &str| ["2.", &[&[0; 16], plain.as_bytes(), &[0; 32]].map(base64).join("|")].concat();
    format!(
        r#"{{"encrypted":true,"passwordProtected":true,"salt":"c2FsdA==","kdfIterations":3,{kdf},
            "encKeyValidation_DO_NOT_EDIT":"{}","data":"{}"}}"#,
        sealed("x"),
        sealed(&items)
    )
}

fn binary() -> Vec<Seed> {
    let entries = format!(
        r#"[{{"type":"TOTP","label":"octocat","issuer":"GitHub","secret":"{RFC_SECRET}","digits":6,"algo":"SHA1","period":30}}]"#
    );
    let andotp = [&1_500_u32.to_be_bytes(), [7; 24].as_slice(), &tagged(&entries)].concat();
    let stratum = format!(
        r#"{{"Authenticators":[{{"Type":2,"Issuer":"GitHub","Username":"octocat","Secret":"{RFC_SECRET}"}}]}}"#
    );
    let head = [[9; 16].as_slice(), &[7; 32]].concat();
    let numbers = [2_u32, 8192, 2];
    let of_two =
        [b"OTPClient\0\0\0\x02\0\0\0", head.as_slice(), &numbers.map(u32::to_le_bytes).concat()].concat();
    let of_three =
        [b"OTPClient\0\0\0\x03", head.as_slice(), &numbers.map(u32::to_be_bytes).concat()].concat();
    vec![
        reader("andotp", "sealed", andotp),
        reader("stratum", "sealed", [b"AUTHENTICATORPRO", [7; 28].as_slice(), &tagged(&stratum)].concat()),
        reader(
            "stratum",
            "sealed-old",
            [b"AuthenticatorPro", [7; 36].as_slice(), stratum.as_bytes()].concat(),
        ),
        reader("otpclient", "sealed-1", [head.as_slice(), &tagged(&entries)].concat()),
        reader("otpclient", "sealed-2", [of_two, tagged(&entries)].concat()),
        reader("otpclient", "sealed-3", [of_three, tagged(&entries)].concat()),
        reader("kdbx", "sealed", kdbx()),
    ]
}

/// A field with its length before it.
fn field(kind: u8, value: &[u8]) -> Vec<u8> {
    [&[kind], u32::try_from(value.len()).unwrap().to_le_bytes().as_slice(), value].concat()
}

fn kdbx() -> Vec<u8> {
    const CHACHA20: [u8; 16] =
        [0xd6, 0x03, 0x8a, 0x2b, 0x8b, 0x6f, 0x4c, 0xb5, 0xa5, 0x24, 0x33, 0x9a, 0x31, 0xdb, 0xb5, 0x9a];
    const AES_KDF: [u8; 16] =
        [0xc9, 0xd9, 0xf3, 0x9a, 0x62, 0x8a, 0x44, 0x60, 0xbf, 0x74, 0x0d, 0x08, 0xc1, 0x8a, 0x4f, 0xea];
    // A named value has two fields, and the kind of the second stands before the first.
    let pair = |kind, name: &[u8], value: &[u8]| [field(kind, name), field(0, value)[1..].to_vec()].concat();
    let kdf = [
        vec![0, 1],
        pair(0x42, b"$UUID", &AES_KDF),
        pair(0x05, b"R", &100_u64.to_le_bytes()),
        pair(0x42, b"S", &[3; 32]),
        vec![0],
    ];
    let head = [
        [0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5, 0, 0, 4, 0].to_vec(),
        field(2, &CHACHA20),
        field(3, &[0, 0, 0, 0]),
        field(4, &[5; 32]),
        field(7, &[6; 12]),
        field(11, &kdf.concat()),
        field(0, b"\r\n\r\n"),
    ];
    let string = |key: &str, value: &str| format!("<String><Key>{key}</Key>{value}</String>");
    let xml = format!(
        "<KeePassFile><Meta/><Root><Group><Entry>{}{}{}</Entry></Group></Root></KeePassFile>",
        string("Title", "<Value>GitHub</Value>"),
        string("UserName", "<Value>octocat</Value>"),
        string("otp", &format!("<Value Protected=\"True\">{}</Value>", base64(URI.as_bytes())))
    );
    let plain = [field(1, &[3, 0, 0, 0]), field(2, &[4; 64]), field(0, &[]), xml.into_bytes()].concat();
    let block = |bytes: &[u8]| [&[0; 32], &field(0, bytes)[1..]].concat();
    [head.concat(), vec![0; 64], block(&plain), block(&[])].concat()
}

/// A `HashMap` of texts as Java serialises it.
fn free_otp() -> Vec<u8> {
    let text = |text: &str| [&u16::try_from(text.len()).unwrap().to_be_bytes(), text.as_bytes()].concat();
    let bytes = |length: usize| format!("[{}]", vec!["1"; length].join(","));
    let key = |token: &str, length: usize| {
        let nonce = format!("[48,17,4,12{},2,1,16]", ",9".repeat(12));
        format!(
            r#"{{"mCipher":"AES/GCM/NoPadding","mCipherText":{},"mParameters":{nonce},"mToken":"{token}"}}"#,
            bytes(length)
        )
    };
    let master = format!(
        r#"{{"mAlgorithm":"PBKDF2withHmacSHA512","mIterations":1000,"mSalt":{},"mEncryptedKey":{}}}"#,
        bytes(32),
        key("AES", 48)
    );
    let sealed = format!(r#"{{"key":"{}"}}"#, key("HmacSHA1", 36).replace('"', "\\\""));
    let token =
        r#"{"algo":"SHA1","digits":6,"issuerExt":"GitHub","label":"octocat","period":30,"type":"TOTP"}"#;
    let mut out = vec![0xac, 0xed, 0, 5, 0x73, 0x72];
    out.extend(text("java.util.HashMap"));
    out.extend([0; 9]);
    out.extend([0, 2, b'F']);
    out.extend(text("loadFactor"));
    out.push(b'I');
    out.extend(text("threshold"));
    out.extend([0x78, 0x70, 0, 0, 0, 0, 0, 0, 0, 0, 0x77, 8, 0, 0, 0, 16, 0, 0, 0, 3]);
    for word in ["masterKey", &master, "u", &sealed, "u-token", token] {
        out.push(0x74);
        out.extend(text(word));
    }
    out.push(0x78);
    out
}

fn archives() -> Vec<Seed> {
    let raivo = format!(
        r#"[{{"kind":"TOTP","algorithm":"SHA1","timer":"30","issuer":"GitHub","account":"octocat","secret":"{RFC_SECRET}","digits":"6"}}]"#
    );
    let pux = format!(
        r#"{{"accounts":[{{"vaults":[{{"items":[{{"overview":{{"title":"GitHub","tags":["w"]}},"details":{{
        "loginFields":[{{"designation":"username","value":"octocat"}}],
        "sections":[{{"fields":[{{"value":{{"totp":"{RFC_SECRET}"}}}}]}}]}}}}]}}]}}]}}"#
    );
    vec![
        reader("raivo", "clear.zip", archive("raivo-otp-export.json", &raivo, false)),
        Seed {
            is_random: true,
            ..reader("raivo", "sealed.zip", archive("raivo-otp-export.json", &raivo, true))
        },
        reader("winauth", "clear.zip", archive("winauth.txt", URI, false)),
        Seed { is_random: true, ..reader("winauth", "sealed.zip", archive("winauth.txt", URI, true)) },
        reader("1password", "clear.1pux", archive("export.data", &pux, false)),
    ]
}

fn archive(member: &str, text: &str, sealed: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let options = if sealed {
        options.with_aes_encryption(AesMode::Aes256, super::super::targets::PASSWORD)
    } else {
        options
    };
    zip.start_file(member, options).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}
