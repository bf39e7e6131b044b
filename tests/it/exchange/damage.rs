//! Broken and hostile files.

use super::{devices, passphrase, read_as, refusals};
use crate::harness::samples::samples;
use keyfob::exchange::{File, Keys, MAX_ENTRIES, ReadError, Refusal, Syntax, by_name, read};
use std::fs;

fn error(name: &str, bytes: &[u8]) -> ReadError {
    read_as(name, bytes, Some("password")).unwrap_err()
}

#[test]
fn hostile_files_are_refused_or_read_in_part() {
    let Some(folder) = samples("bad") else { return };
    let cases: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("cases.json")).unwrap()).unwrap();
    for case in cases.as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        // A picture is for another reader, a recipe for a person.
        let Ok(bytes) = fs::read(folder.join(name)) else { continue };
        if name.ends_with("recipe.md") || name.starts_with("png_") {
            continue;
        }
        let found = read_as(name, &bytes, case["password"].as_str());
        let count = found.as_ref().map_or(0, |(_, contents)| devices(contents).len());
        let lost = found.as_ref().map_or(1, |(_, contents)| refusals(contents).len());
        match case["expect"].as_str().unwrap() {
            "refuse" => assert_eq!(count, 0, "{name}: {found:?}"),
            "partial" => {
                let wanted = case["entries"].as_array().map_or(1, Vec::len);
                assert!(count >= wanted.min(1), "{name}: {found:?}");
                assert!(lost > 0 || count > wanted || case["entries"].is_null(), "{name}: {found:?}");
            }
            _ => assert!(count > 0, "{name}: {found:?}"),
        }
    }
}

#[test]
fn what_is_broken_is_said_with_its_place() {
    let json = ReadError::Broken { syntax: Syntax::Json, line: 2, column: 7 };
    assert_eq!(error("x.json", b"{\"a\": 1,\n \"b\": }"), json);
    let twice = br#"{"secret": "one", "secret": "two"}"#;
    assert!(matches!(error("x.json", twice), ReadError::Broken { syntax: Syntax::Json, .. }));
    assert!(matches!(
        error("x.xml", b"<map><a></map>"),
        ReadError::Broken { syntax: Syntax::Xml, line: 1, .. }
    ));
    assert!(matches!(error("x.zip", b"PK\x03\x04nothing"), ReadError::Broken { syntax: Syntax::Zip, .. }));
    assert_eq!(error("x.json", b"[]"), ReadError::NoEntry);
    assert_eq!(error("x.html", b"<!DOCTYPE html><html></html>"), ReadError::WebPage);
    assert_eq!(error("x", &[0, 1, 2, 3]), ReadError::UnknownFormat);
}

#[test]
fn nesting_has_an_end() {
    let deep = "[".repeat(100_000);
    assert!(matches!(error("x.json", deep.as_bytes()), ReadError::Broken { syntax: Syntax::Json, .. }));
    assert_eq!(error("x.xml", "<a>".repeat(100_000).as_bytes()), ReadError::TooLarge);
}

#[test]
fn no_entity_but_those_of_xml_itself_is_known() {
    let external =
        r#"<!DOCTYPE map [<!ENTITY x SYSTEM "file:///etc/passwd">]><map><string name="a">&x;</string></map>"#;
    assert_eq!(error("tokens.xml", external.as_bytes()), ReadError::Unsupported("DOCTYPE"));
    let unknown = r#"<map><string name="a">&x;</string></map>"#;
    assert!(matches!(error("tokens.xml", unknown.as_bytes()), ReadError::Broken { syntax: Syntax::Xml, .. }));
}

#[test]
fn what_opening_costs_is_bounded_before_anybody_is_asked_for_a_password() {
    let ente = |memory: u64, passes: u64| {
        format!(
            r#"{{"version":1,"kdfParams":{{"memLimit":{memory},"opsLimit":{passes},"salt":"AAAAAAAAAAAAAAAAAAAAAA=="}},
                "encryptedData":"AAAA","encryptionNonce":"AAAA"}}"#
        )
    };
    let ask = |text: &str| {
        let file = File::new("ente.json", text.as_bytes());
        read(by_name("ente").unwrap(), &file, Keys::default()).unwrap_err()
    };
    assert_eq!(ask(&ente(64 << 20, 16)), ReadError::PasswordNeeded);
    assert_eq!(ask(&ente(1 << 30, 4)), ReadError::Dear { mebibytes: 1024 });
    assert_eq!(ask(&ente(4 << 30, 1)), ReadError::TooDear);
    assert_eq!(ask(&ente(64 << 20, 1 << 40)), ReadError::TooDear);
    assert_eq!(ask(&ente(0, 3)), ReadError::Lacks("kdfParams"));
    let scrypt = r#"{"version":1,"header":{"slots":[{"type":1,"key":"00","key_params":{"nonce":"00","tag":"00"},
        "n":1073741824,"r":64,"p":1000,"salt":"00"}],"params":{"nonce":"00","tag":"00"}},"db":"AAAA"}"#;
    let file = File::new("aegis.json", scrypt.as_bytes());
    assert_eq!(read(by_name("aegis").unwrap(), &file, Keys::default()).unwrap_err(), ReadError::TooDear);
    let rounds = [&0x7fff_ffff_u32.to_be_bytes()[..], &[0; 60]].concat();
    let file = File::new("otp_accounts.json.aes", &rounds);
    let password = passphrase("x");
    let keys = Keys { password: Some(&password), ..Keys::default() };
    assert!(read(by_name("andotp").unwrap(), &file, keys).is_err());
}

#[test]
fn an_archive_is_unpacked_within_bounds() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("../../raivo-otp-export.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"[]").unwrap();
    zip.start_file("raivo-otp-export.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![b' '; 80 << 20]).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(error("raivo.zip", &bytes), ReadError::TooLarge);
}

#[test]
fn half_a_surrogate_pair_is_a_character_that_was_lost() {
    let text = r#"[{"secret":"GEZDGNBVGY3TQOJQ","issuer":"a\ud800b\\ud800\ud83d\ude00","label":"x\udc00","type":"TOTP"}]"#;
    let (_, contents) = read_as("otp.json", text.as_bytes(), None).unwrap();
    assert_eq!(devices(&contents)[0].issuer.raw(), "a\u{fffd}b\\ud800\u{1f600}");
    assert_eq!(devices(&contents)[0].account.raw(), "x\u{fffd}");
}

#[test]
fn utf_16_is_read() {
    let text = format!("otpauth://totp/Café:a?secret={}\n", super::RFC_SECRET);
    for unit in [u16::to_be_bytes, u16::to_le_bytes] {
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect();
        let (format, contents) = read_as("list.txt", &bytes, None).unwrap();
        assert_eq!((format, devices(&contents)[0].issuer.raw()), ("uris", "Café"));
    }
}

#[test]
fn more_entries_than_there_may_be_are_refused() {
    let line = "otpauth://totp/a?secret=GEZDGNBV\n".repeat(MAX_ENTRIES + 1);
    assert_eq!(error("list.txt", line.as_bytes()), ReadError::TooManyEntries);
}

#[test]
fn one_bad_entry_does_not_stop_the_others() {
    let text = r#"{"version":1,"header":{"slots":null,"params":null},"db":{"version":2,"entries":[
        {"type":"totp","name":"a","issuer":"A","info":{"secret":"1","algo":"SHA1","digits":6,"period":30}},
        {"type":"totp","name":"b","issuer":"B","info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"SHA1","digits":-6,"period":30}},
        {"type":"motp","name":"c","issuer":"C","info":{"secret":"GEZDGNBVGY3TQOJQ","pin":"1234"}},
        {"type":"totp","name":"d","issuer":"D","info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"MD5","digits":6,"period":30}},
        {"type":"totp","name":"e","issuer":"E","info":{"secret":"","algo":"SHA1","digits":6,"period":30}},
        {"type":"totp","name":"f","issuer":"F","info":{"secret":"GEZDGNBVGY3TQOJQ","algo":"SHA1","digits":6,"period":30}}]}}"#;
    let (_, contents) = read_as("aegis.json", text.as_bytes(), None).unwrap();
    assert_eq!(devices(&contents).len(), 1);
    let refused = refusals(&contents);
    assert!(matches!(refused[0], Refusal::Secret(_)), "{refused:?}");
    assert!(matches!(refused[1], Refusal::Number(_)), "{refused:?}");
    assert!(matches!(refused[2], Refusal::Kind(_)) && matches!(refused[3], Refusal::Kind(_)), "{refused:?}");
    assert_eq!(*refused[4], Refusal::NoSecret);
    assert_eq!(contents.entries[2].found.as_ref().unwrap_err().0.issuer.raw(), "C");
}

#[test]
fn a_password_is_not_tried_on_slots_without_end() {
    let slot = r#"{"type":1,"key":"00","key_params":{"nonce":"000000000000000000000000","tag":"00"},"n":2,"r":1,"p":1,"salt":"00"}"#;
    let file = |slots: usize| {
        let slots = vec![slot; slots].join(",");
        format!(
            r#"{{"version":1,"header":{{"slots":[{slots}],"params":{{"nonce":"00","tag":"00"}}}},"db":"AAAA"}}"#
        )
    };
    assert_eq!(error("a.json", file(8).as_bytes()), ReadError::WrongPassword);
    assert_eq!(error("a.json", file(9).as_bytes()), ReadError::TooDear);
}

#[test]
fn a_text_that_is_named_again_and_again_fills_no_memory() {
    let text = |text: &str| [&u16::try_from(text.len()).unwrap().to_be_bytes(), text.as_bytes()].concat();
    let mut file = vec![0xac, 0xed, 0, 5, 0x73, 0x72];
    file.extend(text("java.util.HashMap"));
    file.extend([0; 9]);
    file.extend([0, 0, 0x78, 0x70, 0x77, 8, 0, 0, 0, 16, 0, 0, 8, 0]);
    for number in 0..0x800 {
        file.push(0x74);
        file.extend(text(&format!("key {number}")));
        // The first value is a long text, the others name that one: it is the second text of all.
        if number == 0 {
            file.push(0x74);
            file.extend(text(&"x".repeat(60_000)));
        } else {
            file.extend([0x71, 0, 0x7e, 0, 3]);
        }
    }
    assert!(file.len() < 120_000);
    assert_eq!(error("externalBackup.xml", &file), ReadError::TooLarge);
}

/// Six billion comparisons, for who goes through all the groups for each name of one.
#[test]
fn many_groups_that_are_named_often_are_looked_up_at_once() {
    let groups: Vec<String> =
        (0..100_000).map(|number| format!(r#"{{"uuid":"g{number}","name":"n{number}"}}"#)).collect();
    let entries: Vec<String> = (0..2_000)
        .map(|number| {
            let named = vec![r#""g99999""#; 30].join(",");
            let secret = base32::encode(base32::Alphabet::Rfc4648 { padding: false }, format!("secret {number:08}").as_bytes());
            format!(r#"{{"type":"totp","name":"u{number}","issuer":"I","groups":[{named}],"info":{{"secret":"{secret}","algo":"SHA1","digits":6,"period":30}}}}"#)
        })
        .collect();
    let file = format!(
        r#"{{"version":1,"header":{{"slots":null,"params":null}},"db":{{"version":3,"entries":[{}],"groups":[{}]}}}}"#,
        entries.join(","),
        groups.join(",")
    );
    let (_, contents) = read_as("aegis.json", file.as_bytes(), None).unwrap();
    let found = devices(&contents);
    assert_eq!(found.len(), 2_000);
    assert!(found.iter().all(|device| device.tags.iter().any(|tag| tag.raw() == "n99999")));
}
