//! Seeds of the targets that are no readers, and of readers whose fixtures stand in other tests' texts.

use super::{Seed, reader, seed};
use crate::exchange::{RFC_SECRET, written};
use crate::fuzzing::targets::IDENTITY;
use crate::pictures::paint::{Paint, file};
use image::ImageFormat;
use keyfob::agent::{Answer, Entry, Request};
use keyfob::vault::{HeldIdentity, UnwrappedKey, VaultId, WrappedKey};
use std::time::Duration;
use zeroize::Zeroizing;

pub fn all() -> Vec<Seed> {
    bare().into_iter().chain(uris()).chain(pictures()).chain(typed()).chain(agent()).collect()
}

fn bare() -> Vec<Seed> {
    let mfa = format!(
        r#"{{"VirtualMFADevice":{{"SerialNumber":"arn:aws:iam::123456789012:mfa/alice","Base32StringSeed":"{}"}}}}"#,
        "R0VaREdOQlZHWTNUUU9KUUdFWkRHTkJWR1kzVFFPSlE="
    );
    let steam = r#"{"shared_secret":"zvIayp3JPvtvX/QGHqsqKBk/44s=","account_name":"gamer"}"#;
    let page = format!(
        "<!doctype html><meta name=\"generator\" content=\"keyfob sheet 1\"><main>\n<p class=\"uri\">{}</p>\n</main>",
        "otpauth://totp/GitHub:octocat?secret=GEZDGNBVGY3TQOJQ&amp;issuer=GitHub"
    );
    vec![
        reader("aws", "seed", RFC_SECRET),
        reader("aws", "api", mfa),
        reader("steam", "clear", steam),
        reader("gauth", "clear", format!("AWS:{RFC_SECRET}\nother:GEZD GNBV GY3T QOJQ\n")),
        reader(
            "duo",
            "clear",
            format!(
                r#"[{{"name":"a","otpGenerator":{{"otpSecret":"{RFC_SECRET}","counter":3}}}},{{"name":"push"}}]"#
            ),
        ),
        reader("pass", "clear", format!("hunter2\nuser: me\ntotp: otpauth://totp/a?secret={RFC_SECRET}\n")),
        reader("html", "clear", page),
    ]
}

fn uris() -> Vec<Seed> {
    let mut seeds: Vec<Seed> = written::URIS
        .iter()
        .enumerate()
        .map(|(number, uri)| seed("otpauth", &format!("written-{number}"), *uri))
        .collect();
    seeds.push(seed("otpauth", "steam", "steam://MFRGGZDFMZTWQ2LK"));
    seeds.push(seed(
        "otpauth",
        "apps",
        "otpauth://totp/A:b%20c?secret=gezd-gnbv%20gy3t&issuer=A&image=x&foo",
    ));
    seeds.push(seed("base32", "plain", RFC_SECRET));
    seeds.push(seed("base32", "pasted", "gezd gnbv-gy3t qojq===="));
    let account = [
        &[0x0a, 20][..],
        b"12345678901234567890",
        &[0x12, 3, b'A', b':', b'b', 0x1a, 1, b'A', 0x20, 1, 0x28, 1, 0x30, 2, 0x38, 0],
    ]
    .concat();
    let length = u8::try_from(account.len()).unwrap();
    let payload = [&[0x0a, length], account.as_slice(), &[0x10, 1, 0x18, 2, 0x20, 0, 0x28, 7]].concat();
    seeds.push(seed("migration-payload", "one", payload));
    seeds
}

fn pictures() -> Vec<Seed> {
    let code = |text: &str| Paint::code(text, 2);
    let short = code("steam://MFRGGZDF");
    // No kind of file but PNG takes shades of grey alone.
    let picture = image::DynamicImage::ImageRgb8(short.picture().to_rgb8());
    let mut seeds = vec![
        seed("picture", "uri.png", code("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ").png()),
        seed("picture", "inverted.png", short.clone().map(|pixel| 255 - pixel).png()),
        seed("picture", "turned.png", short.turned(15.0).png()),
    ];
    let kinds = [
        ("small.png", ImageFormat::Png),
        ("small.gif", ImageFormat::Gif),
        ("small.jpg", ImageFormat::Jpeg),
        ("small.webp", ImageFormat::WebP),
    ];
    seeds.extend(kinds.map(|(name, format)| seed("picture", name, file(&picture, format))));
    let tiny = image::DynamicImage::ImageRgb8(Paint::code("a", 1).picture().to_rgb8());
    seeds.push(seed("picture", "tiny.bmp", file(&tiny, ImageFormat::Bmp)));
    seeds.push(seed("qr", "uri", "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ"));
    seeds.push(seed("qr", "digits", "0123456789"));
    seeds.push(seed("qr", "words", "STEAM://GEZD é 日本"));
    seeds
}

fn typed() -> Vec<Seed> {
    let config = "vault = \"~/mfa/vault.age\"\nidle_lock = 300\nclipboard = \"auto\"\nascii = false\n\
        [theme]\naccent = \"blue\"\nwarning = \"magenta bold\"\n[keys]\ncopy = [\"y\", \"enter\"]\nsuspend = []\n";
    let keys = "q\x1b[A\x1b[1;5C\x1bOP\x1b[[A\x1b[<0;12;7M\x1b[M !!\x1b[I\x1b]52;c;YQ==\x07\x1b[200~a\r\nb\x1b[201~é\x1b\x7f";
    let aws = "[default]\nregion = eu-west-1\n[profile a]\nrole_arn = arn:aws:iam::123456789012:role/x\n\
        mfa_serial=arn:aws:iam::123456789012:mfa/alice\ns3 =\n  endpoint_url = http://localhost\n\u{1}\
        [default]\naws_access_key_id = AKIA\naws_secret_access_key = x # y\n";
    let answer = "<?xml version=\"1.0\"?>\n<ListMFADevicesResponse xmlns=\"x\"><!-- a > b --><ListMFADevicesResult><MFADevices>\
        <member><SerialNumber>arn:aws:iam::123456789012:mfa/a&amp;&#98;&#x63;</SerialNumber><EnableDate/></member>\
        </MFADevices><IsTruncated>false</IsTruncated></ListMFADevicesResult></ListMFADevicesResponse>";
    vec![
        seed("config", "whole", config),
        seed("config", "wrong", "idle_lok = 5\n"),
        seed("keys", "all", keys),
        seed("text", "hostile", "a\x1b[31mb\u{202e}c\u{200b}d\u{0}e\u{9b}1m👩\u{200d}💻🇩🇪e\u{301}\r\nf"),
        seed("query", "label", "AWS\nAWS:alice"),
        seed("query", "arn", "arn:aws:iam::123456789012:mfa/alice\nx"),
        seed("aws-config", "both", aws),
        seed("aws-answer", "devices", answer),
    ]
}

/// An identity that is handed over, what is asked of it, and what is answered.
fn agent() -> Vec<Seed> {
    let held = [&[7; 32][..], &[1; 16], &[9; 32], IDENTITY.as_bytes()].concat();
    let held = || HeldIdentity::from_bytes(&held).unwrap();
    let minute = Some(Duration::from_secs(60));
    let add = |lifetime| Request::Add { held: held(), lifetime, name: "/home/me/vault.age".into() };
    let open = Request::Open(WrappedKey { stanza: [7; 32], shares: vec![[1; 64], [2; 64]] });
    let all = [add(minute), open, Request::List, add(None), Request::Lock, Request::Stop];
    let questions: Vec<u8> = all.iter().flat_map(|request| request.to_bytes().to_vec()).collect();
    let key = UnwrappedKey {
        file_key: Zeroizing::new([3; 16]),
        vault: VaultId(uuid::Uuid::from_u128(4)),
        mac_key_hash: [5; 32],
    };
    let entry = Entry { name: "/home/me/vault.age".into(), lifetime: 900, left: 17 };
    let answer = |name, answer: &Answer| seed("agent-answer", name, answer.to_bytes().get(4..).unwrap());
    vec![
        seed("agent-questions", "all", questions),
        answer("key", &Answer::Key(key)),
        answer("held", &Answer::Held { memory_locked: true, entries: vec![entry.clone(), entry] }),
        answer("done", &Answer::Done),
    ]
}
