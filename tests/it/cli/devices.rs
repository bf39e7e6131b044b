//! Adding, listing, changing and removing devices.

use super::harness::{said, said_to};
use crate::harness::home::{Home, OTHER_SECRET, RFC_SECRET, THIRD_SECRET, uri};
use serde_json::json;

#[test]
fn add_takes_a_uri_and_list_shows_the_device() {
    let home = Home::with_vault();
    assert_eq!(said(&home, &["list"]), "[0]");
    assert_eq!(
        said(&home, &["add", &uri("AWS", "alice", RFC_SECRET), "--tag", "work"]),
        "added AWS:alice (ID)\n[0]"
    );
    let hotp = format!("otpauth://hotp/VPN:ops?secret={OTHER_SECRET}&counter=7");
    assert_eq!(said_to(&home, &["add", "-"], &format!("  {hotp}\n")), "added VPN:ops (ID)\n[0]");
    assert_eq!(said(&home, &["list"]), "ID  AWS  alice  totp  work\nID  VPN  ops    hotp\n[0]");
    assert_eq!(said(&home, &["list", "WORK"]), "ID  AWS  alice  totp  work\n[0]");
    assert_eq!(said(&home, &["list", "nothing"]), "! keyfob: nothing: no device fits\n[1]");
    assert_eq!(said(&home, &["list", "nothing", "--json"]), "[]\n! keyfob: nothing: no device fits\n[1]");
}

#[test]
fn list_json_has_every_field_and_no_secret() {
    let home = Home::with_vault();
    let options =
        ["--issuer", "Lab", "--account", "bob", "--secret-file", "-", "--kind", "hotp", "--counter", "9"];
    let more = [
        "--algorithm",
        "sha256",
        "--digits",
        "8",
        "--serial",
        "GAKT 1",
        "--tag",
        "b",
        "--tag",
        "a",
        "--tag",
        "b",
    ];
    said_to(&home, &[&["add"][..], &options, &more].concat(), RFC_SECRET);
    let mut list = home.json(&["list"]);
    let device = list[0].as_object_mut().unwrap();
    let id = device.remove("id").unwrap();
    assert_eq!(id.as_str().unwrap().len(), 36);
    assert!(device.remove("created").unwrap().as_u64() == device.remove("modified").unwrap().as_u64());
    assert_eq!(device.remove("drift_steps"), Some(json!(0)));
    assert_eq!(
        list,
        json!([{
            "issuer": "Lab", "account": "bob", "kind": "hotp", "algorithm": "SHA256", "digits": 8, "period": null,
            "counter": 9, "serial": "GAKT 1", "tags": ["a", "b"], "note": ""
        }])
    );
    assert!(!list.to_string().contains("GEZD"));
}

#[test]
fn a_secret_may_come_from_a_file_in_any_clothes() {
    let home = Home::with_vault();
    for (index, text) in
        ["gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n", "JBSW-Y3DP-EHPK-3PXP-JBSW-Y3DP-EA======\r\n"]
            .iter()
            .enumerate()
    {
        let account = format!("a{index}");
        let added = said_to(&home, &["add", "--account", &account, "--secret-file", "-"], text);
        assert_eq!(added, format!("added {account} (ID)\n[0]"));
    }
    assert_eq!(said(&home, &["code", "a0", "--at", "59"]), "287082\n[0]");
}

#[test]
fn a_secret_that_is_none_is_told_by_its_place_alone() {
    let home = Home::with_vault();
    let add = |text: &str| said_to(&home, &["add", "--secret-file", "-"], text);
    assert_eq!(
        add("GEZD0NBV"),
        "! keyfob: secret: character 5 is not base32; a letter O is often meant there\n[4]"
    );
    assert_eq!(add("GEZD!NBV"), "! keyfob: secret: character 5 is not base32\n[4]");
    assert_eq!(
        add("GE=ZDGNB"),
        "! keyfob: secret: character 3 is an '=' that does not stand at the end\n[4]"
    );
    assert_eq!(add("GEZ"), "! keyfob: secret: 3 characters can't be base32: some are missing\n[4]");
    assert_eq!(add(""), "! keyfob: secret: it is empty\n[4]");
    assert_eq!(home.accounts(), [""; 0]);
}

#[test]
fn a_short_secret_is_taken_and_called_short() {
    let home = Home::with_vault();
    assert_eq!(
        said_to(&home, &["add", "--issuer", "X", "--secret-file", "-"], "JBSWY3DPEHPK3PXP"),
        "added X (ID)\n! keyfob: note: this secret has 80 bits; RFC 4226 asks for at least 128\n[0]"
    );
}

#[test]
fn a_secret_belongs_to_one_device() {
    let home = Home::with_two();
    let before = std::fs::read(home.vault()).unwrap();
    let taken = uri("Other", "carol", RFC_SECRET);
    assert_eq!(
        said(&home, &["add", &taken]),
        "! keyfob: Other:carol: its secret belongs to AWS:alice already\n[4]"
    );
    let told = said(&home, &["add", &taken, "--json"]);
    let (json, error) = told.split_once('\n').unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!((&json["new"], &json["duplicate"], &json["refused"]), (&json!(0), &json!(0), &json!(1)));
    assert_eq!(json["devices"][0]["reason"], "its secret belongs to AWS:alice already");
    assert_eq!(error, "! keyfob: Other:carol: its secret belongs to AWS:alice already\n[4]");
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn a_bad_uri_leaves_the_vault_alone_and_its_secret_unsaid() {
    let home = Home::with_vault();
    let cases = [
        ("", "otpauth URI: it is empty"),
        ("hello", "otpauth URI: it is no URI: it starts with no scheme such as otpauth:"),
        ("otpauth://totp/x", "otpauth URI: it has no secret"),
        (
            "otpauth://motp/x?secret=GEZDGNBV",
            "otpauth URI: it is of Mobile-OTP's kind, which keyfob does not compute",
        ),
        ("otpauth://totp/x?secret=GEZD1NBV", "otpauth URI: its secret is no good: character 5 is not base32"),
        ("otpauth://totp/x?secret=GEZDGNBV&digits=12", "otpauth URI: a code has 6 to 10 digits"),
        ("otpauth://totp/x?secret=GEZDGNBV&period=x", "otpauth URI: its period is not a whole number"),
        ("https://example.com", "otpauth URI: it is a web address"),
        (
            "otpauth-migration://offline?data=CAE",
            "URI, line 1: its data is no list of accounts, or is cut short",
        ),
    ];
    for (uri, told) in cases {
        let seen = said_to(&home, &["add", "-"], uri);
        assert!(seen.starts_with(&format!("! keyfob: {told}")) && seen.ends_with("\n[4]"), "{uri}: {seen}");
        assert!(!seen.contains("GEZD"), "{seen}");
    }
    assert_eq!(home.accounts(), [""; 0]);
}

#[test]
fn a_generated_secret_is_printed_once_and_alone() {
    let home = Home::with_vault();
    for (algorithm, length) in [("sha1", 32), ("sha256", 52), ("sha512", 103)] {
        let ran = super::harness::run(
            &home,
            &["add", "--generate", "--account", algorithm, "--algorithm", algorithm],
            "",
            &[],
        );
        assert_eq!(ran.stdout.trim_end().len(), length, "{algorithm}");
        assert!(ran.stderr.starts_with("keyfob: note: added "), "{}", ran.stderr);
        let [_, uri] = ["", &format!("otpauth://totp/x?secret={}", ran.stdout.trim_end())];
        assert!(said(&home, &["add", uri]).contains("belongs to"), "the device has another secret");
    }
    let json = home.json(&["add", "--generate", "--account", "json"]);
    assert_eq!((json["secret"].as_str().unwrap().len(), &json["new"]), (32, &json!(1)));
}

#[test]
fn add_json_says_what_became_of_it() {
    let home = Home::with_vault();
    let mut json = home.json(&["add", &uri("AWS", "alice", RFC_SECRET)]);
    let id = json["devices"][0].as_object_mut().unwrap().remove("id").unwrap();
    assert_eq!(id, home.json(&["list"])[0]["id"]);
    assert_eq!(
        json,
        json!({
            "format": "uris", "dry_run": false, "new": 1, "duplicate": 0, "refused": 0,
            "devices": [{
                "issuer": "AWS", "account": "alice", "kind": "totp", "algorithm": "SHA1", "digits": 6, "period": 30,
                "counter": null, "outcome": "new", "reason": null, "file": null, "place": null
            }]
        })
    );
}

#[test]
fn edit_changes_names_and_never_the_secret() {
    let home = Home::with_two();
    assert_eq!(
        said(
            &home,
            &["edit", "aws", "--issuer", "Amazon", "--tag", "x", "--serial", "S1", "--note", "two\nlines"]
        ),
        "saved Amazon:alice (ID)\n[0]"
    );
    assert_eq!(
        said(&home, &["edit", "S1", "--untag", "x", "--tag", "y", "--account", "al"]),
        "saved Amazon:al (ID)\n[0]"
    );
    let device = home.json(&["edit", "amazon", "--serial", "", "--note", ""]);
    assert_eq!(
        (&device["tags"], &device["serial"], &device["note"]),
        (&json!(["y"]), &json!(null), &json!(""))
    );
    assert_eq!(said(&home, &["code", "Amazon:al", "--at", "59"]), "287082\n[0]");
    assert_eq!(
        said(&home, &["edit", "bob", "--account", &"x".repeat(2000)]),
        "! keyfob: --account: 2000 bytes, where at most 1024 fit\n[2]"
    );
}

#[test]
fn remove_takes_one_device_out() {
    let home = Home::with_two();
    home.add(&uri("AWS", "carol", THIRD_SECRET));
    assert_eq!(
        said(&home, &["remove", "AWS", "--yes"]),
        "! keyfob: AWS: 2 devices fit: AWS:alice (ID), AWS:carol (ID)\n!   try: more of the name, or the id\n[1]"
    );
    assert_eq!(said(&home, &["remove", "carol", "--yes"]), "removed AWS:carol (ID)\n[0]");
    assert_eq!(
        said(&home, &["remove", "carol", "--yes"]),
        "! keyfob: carol: no device fits\n!   try: keyfob list, which shows the devices there are\n[1]"
    );
    assert_eq!(home.accounts(), ["alice", "bob"]);
}

#[test]
fn names_from_outside_are_harmless_in_text_and_escaped_in_json() {
    let home = Home::with_vault();
    let evil = "%1B%5D52%3Bc%3BZXZpbA%3D%3D%07%E2%80%AE%E2%80%8Bx%F3%A0%80%81";
    home.add(&format!("otpauth://totp/{evil}:a?secret={RFC_SECRET}&issuer={evil}"));
    let text = home.done(&["list"]) + &home.run(&["code", "\u{1b}[31m"], "").stderr;
    let json = home.done(&["list", "--json"]);
    for out in [&text, &json] {
        let bad = |letter: char| {
            letter.is_control() && letter != '\n' || "\u{202e}\u{200b}\u{e0001}".contains(letter)
        };
        assert!(!out.contains(bad), "{out:?}");
    }
    assert!(json.contains(r"\u001b]52;c;ZXZpbA==\u0007\u202e\u200bx\udb40\udc01"), "{json}");
    let back: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(back[0]["issuer"], "\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}\u{200b}x\u{e0001}");
}

#[test]
fn the_list_stands_in_columns_whatever_the_names_are_made_of() {
    let home = Home::with_two();
    home.add(&uri("%E6%97%A5%E6%9C%AC", "a%20b", THIRD_SECRET));
    home.done(&["edit", "bob", "--tag", "x", "--tag", "y"]);
    assert_eq!(
        said(&home, &["list"]),
        "ID  AWS     alice  totp\nID  GitHub  bob    totp  x y\nID  日本    a b    totp\n[0]"
    );
    assert_eq!(said(&home, &["list", "git"]), "ID  GitHub  bob  totp  x y\n[0]");
    assert_eq!(said(&home, &["list", "nothing"]), "! keyfob: nothing: no device fits\n[1]");
}
