//! What typed codes prove, in words, JSON and exit codes.

use super::harness::{run, said};
use crate::harness::home::Home;
use serde_json::json;

const AT: u64 = 1_700_000_000;

fn code(home: &Home, who: &str, steps: i64) -> String {
    let at = AT.checked_add_signed(30 * steps).unwrap().to_string();
    home.done(&["code", who, "--at", &at]).trim_end().to_owned()
}

/// The answer's words and exit code, and the verdict of its JSON.
fn checked(home: &Home, codes: &[&str]) -> (String, String) {
    let at = AT.to_string();
    let arguments = [&["check", "alice"], codes, &["--at", &at]].concat();
    let json = home.run(&[&arguments[..], &["--json"]].concat(), "");
    let verdict = serde_json::from_str::<serde_json::Value>(&json.stdout).unwrap()["verdict"].clone();
    (said(home, &arguments), verdict.as_str().unwrap().to_owned())
}

#[test]
fn every_verdict_has_its_words_and_its_exit_code() {
    let home = Home::with_two();
    let of = |steps| code(&home, "alice", steps);
    let (before, now, next, after) = (of(-1), of(0), of(1), of(2));
    let (early, early_next) = (of(-5), of(-4));
    let other = [code(&home, "bob", 0), code(&home, "bob", 1)];
    let cases: &[(&[&str], &str, &str)] = &[
        (&[&now], "ok", "This code comes from this device. Clocks agree.\n[0]"),
        (&[&now, &next], "ok", "Both come from this device, one after the other. Clocks agree.\n[0]"),
        (
            &[&early, &early_next],
            "drifted",
            "Both come from this device, one after the other. The clock that made them runs 120 s behind ours (4 steps).\n[0]",
        ),
        (&[&now, &now], "same-code", "This is the same code twice: wait for the next one.\n[1]"),
        (
            &[&next, &now],
            "reversed",
            "These come from this device, but in the wrong order: the earlier one goes first.\n[1]",
        ),
        (
            &[&before, &after],
            "not-consecutive",
            "These come from this device, but 2 codes between them left out.\n[1]",
        ),
        (&[&now, "000000"], "second-wrong", "The first comes from this device, the second does not.\n[1]"),
        (&["000000", &now], "first-wrong", "The second comes from this device, the first does not.\n[1]"),
        (&[&other[0], &other[1]], "other-device", "These are codes of GitHub:bob, not of this device.\n[1]"),
        (&[&other[0]], "other-device", "This is a code of GitHub:bob, not of this device.\n[1]"),
        (
            &["000000", "000001"],
            "no-match",
            "Neither code comes from this device: nothing fits within 10 minutes either way.\n[1]",
        ),
        (
            &["000000"],
            "no-match",
            "This code does not come from this device: nothing fits within 10 minutes either way.\n[1]",
        ),
    ];
    for (codes, verdict, words) in cases {
        assert_eq!(checked(&home, codes), ((*words).to_owned(), (*verdict).to_owned()), "{codes:?}");
    }
}

#[test]
fn the_json_of_a_check_has_every_field() {
    let home = Home::with_two();
    let (first, second) = (code(&home, "alice", -5), code(&home, "alice", -4));
    let mut json = home.json(&["check", "alice", &first, &second, "--at", &AT.to_string()]);
    json["device"].as_object_mut().unwrap().remove("id");
    let step = AT / 30 - 5;
    assert_eq!(
        json,
        json!({
            "verdict": "drifted", "device": {"issuer": "AWS", "account": "alice"}, "drift_steps": -4,
            "drift_seconds": -120, "belongs_to": null,
            "first": {"step": step, "valid_from": step * 30},
            "second": {"step": step + 1, "valid_from": step * 30 + 30}
        })
    );
}

#[test]
fn a_typed_code_may_have_spaces_and_nothing_else() {
    let home = Home::with_two();
    let now = code(&home, "alice", 0);
    let at = AT.to_string();
    let spaced = format!("{} {}", &now[..3], &now[3..]);
    assert_eq!(
        said(&home, &["check", "alice", &spaced, "--at", &at]),
        "This code comes from this device. Clocks agree.\n[0]"
    );
    assert_eq!(
        said(&home, &["check", "alice", "12ab56"]),
        "! keyfob: CODE1: character 3 stands in no code\n[4]"
    );
    assert_eq!(
        said(&home, &["check", "alice", &now, "12345"]),
        "! keyfob: CODE2: 5 characters, where this device's codes have 6\n[4]"
    );
    assert_eq!(said(&home, &["check", "alice", ""]), "! keyfob: CODE1: it is empty\n[4]");
}

#[test]
fn a_wider_window_finds_what_the_usual_one_does_not() {
    let home = Home::with_two();
    let far = code(&home, "alice", 100);
    let at = AT.to_string();
    let narrow = said(&home, &["check", "alice", &far, "--at", &at, "--window", "2"]);
    assert_eq!(narrow, "This code does not come from this device: nothing fits within 60 s either way.\n[1]");
    assert_eq!(
        said(&home, &["check", "alice", &far, "--at", &at, "--window", "120"]),
        "This code comes from this device. The clock that made them runs 3000 s ahead of ours (100 steps).\n[0]"
    );
}

#[test]
fn a_counter_is_checked_ahead() {
    let home = Home::with_vault();
    home.add("otpauth://hotp/VPN:ops?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0");
    assert_eq!(
        said(&home, &["check", "vpn", "755224", "287082", "--at", "1"]),
        "Both come from this device, one after the other. The counters agree.\n[0]"
    );
    assert_eq!(
        said(&home, &["check", "vpn", "338314", "254676", "--at", "1"]),
        "Both come from this device, one after the other. Its counter is 4 ahead of ours.\n[0]"
    );
    assert_eq!(
        said(&home, &["check", "vpn", "000000", "--at", "1"]),
        "This code does not come from this device: nothing fits among the next 50 of its counter.\n[1]"
    );
}

#[cfg(debug_assertions)]
#[test]
fn a_check_of_now_is_remembered_and_one_of_another_time_is_not() {
    let home = Home::with_two();
    let before = std::fs::read(home.vault()).unwrap();
    let now = code(&home, "alice", 0);
    said(&home, &["check", "alice", &now, "--at", &AT.to_string()]);
    said(&home, &["check", "alice", "000000"]);
    said(&home, &["--read-only", "check", "alice", &now]);
    assert_eq!(std::fs::read(home.vault()).unwrap(), before);
    assert_eq!(
        said(&home, &["check", "alice", &now]),
        "This code comes from this device. Clocks agree.\n[0]"
    );
    assert_ne!(std::fs::read(home.vault()).unwrap(), before);
}

#[test]
fn a_clock_that_nobody_keeps_is_named_where_it_may_be_the_cause() {
    let home = Home::with_two();
    let now = code(&home, "alice", 0);
    let unkept: &[(&str, &str)] = &[("KEYFOB_UNSYNCHRONISED", "1")];
    let far = run(&home, &["check", "alice", "000000"], "", unkept);
    assert!(
        far.stderr.contains("note: the kernel says this machine's clock is not synchronised"),
        "{}",
        far.stderr
    );
    assert_eq!(far.code, Some(1));
    let drifted = code(&home, "alice", -5);
    let off = run(&home, &["check", "alice", &drifted], "", unkept);
    assert!(off.stderr.contains("not synchronised") && off.stdout.contains("150 s behind"), "{off:?}");
    for (code, variables) in [(now.as_str(), unkept), ("000000", &[][..])] {
        let ran = run(&home, &["check", "alice", code], "", variables);
        assert!(!ran.stderr.contains("synchronised"), "{}", ran.stderr);
    }
}
