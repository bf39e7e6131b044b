//! `aws enroll`, `resync`, `list` and `unenroll`, with every step made to fail in turn.

use super::server::{Fault, code, from_base32};
use super::stage::{ARN, Stage};
use crate::cli::harness::{NOW, run};
use crate::harness::home::{OTHER_SECRET, RFC_SECRET, THIRD_SECRET};
use serde_json::Value;

const ENROLL: [&str; 4] = ["aws", "enroll", "--profile", "base"];
const RESUME: [&str; 5] = ["aws", "enroll", "--profile", "base", "--resume"];

fn stage() -> Stage {
    let stage = Stage::new();
    stage.server.state().seeds = [RFC_SECRET, OTHER_SECRET, THIRD_SECRET].into();
    stage
}

/// The one device in the vault.
fn device(stage: &Stage) -> Value {
    let mut devices = stage.home.json(&["list"]);
    assert_eq!(devices.as_array().unwrap().len(), 1, "{devices}");
    devices[0].take()
}

/// Whose device the server says that it is.
fn user(stage: &Stage) -> Option<String> {
    stage.server.state().devices.get(ARN).and_then(|device| device.user.clone())
}

#[test]
fn a_device_is_kept_enabled_and_verified() {
    let stage = stage();
    let told = stage.done(&ENROLL);
    assert!(told.contains("for alice\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n"), "{told}");
    assert_eq!(user(&stage).as_deref(), Some("alice"));
    let device = device(&stage);
    assert_eq!(device["issuer"], "Amazon Web Services");
    assert_eq!(device["account"], "alice@123456789012");
    assert_eq!(device["serial"], ARN);
    assert_eq!((&device["tags"], &device["note"]), (&serde_json::json!([]), &Value::from("AWS user alice")));
    // The codes of the last and of this step, as any authenticator makes them.
    let secret = from_base32(RFC_SECRET);
    let sent = |name| stage.server.sent("EnableMFADevice", name);
    assert_eq!(sent("AuthenticationCode1"), [code(&secret, NOW / 30 - 1)]);
    assert_eq!(sent("AuthenticationCode2"), [code(&secret, NOW / 30)]);
    // And then a call that takes a code, the next one.
    stage.done(&["aws", "credentials", "--profile", "base"]);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code(&secret, NOW / 30 + 1)]);
}

#[test]
fn another_user_and_another_name_may_be_given() {
    let stage = stage();
    stage.done(&[&ENROLL[..], &["--user", "bob", "--name", "bob-laptop"]].concat());
    let serial = "arn:aws:iam::123456789012:mfa/bob-laptop";
    assert_eq!(stage.server.state().devices[serial].user.as_deref(), Some("bob"));
    assert!(stage.server.sent("GetCallerIdentity", "Action").is_empty());
}

#[test]
fn for_a_user_that_aws_does_not_know_nothing_is_made() {
    let stage = stage();
    stage.server.state().faults = vec![("ListMFADevices", Fault::Denied)];
    let ran = stage.run(&[&ENROLL[..], &["--user", "bbo"]].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("keyfob: ListMFADevices: "), "{}", ran.stderr);
    assert!(stage.server.sent("CreateVirtualMFADevice", "Action").is_empty());
    assert_eq!(stage.home.json(&["list"]), serde_json::json!([]));
}

#[test]
fn where_nothing_was_made_nothing_is_kept() {
    for fault in [Fault::Lost, Fault::Denied, Fault::Nonsense] {
        let stage = stage();
        stage.server.state().faults = vec![("CreateVirtualMFADevice", fault)];
        let ran = stage.run(&ENROLL);
        assert!(matches!(ran.code, Some(1 | 5)), "{fault:?}: {}", ran.stderr);
        assert_eq!(stage.home.json(&["list"]), serde_json::json!([]));
        assert_eq!(
            stage.server.sent("CreateVirtualMFADevice", "VirtualMFADeviceName"),
            ["alice"],
            "{fault:?}"
        );
        stage.done(&ENROLL);
    }
}

#[test]
fn a_secret_that_was_lost_on_the_way_is_told_from_a_name_in_use() {
    let stage = stage();
    stage.server.state().faults = vec![("CreateVirtualMFADevice", Fault::DoneAndLost)];
    assert_eq!(stage.run(&ENROLL).code, Some(5));
    let ran = stage.run(&ENROLL);
    assert!(ran.stderr.contains("nobody uses it, and AWS shows its secret no more"), "{}", ran.stderr);
    let told = stage.done(&["aws", "unenroll", ARN, "--profile", "base", "--yes"]);
    assert_eq!(told, format!("deleted {ARN}; it was not here\n"));
    stage.done(&ENROLL);
    let ran = stage.run(&ENROLL);
    assert!(ran.stderr.contains("alice: a device of this name is in use"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_kept_is_deleted_again() {
    let stage = stage();
    // The vault takes a secret once.
    stage.home.add(&crate::harness::home::uri("Other", "one", RFC_SECRET));
    let ran = stage.run(&ENROLL);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("deleted again"), "{}", ran.stderr);
    assert!(stage.server.state().devices.is_empty());
}

#[test]
fn an_enrolment_that_stopped_says_how_far_it_got_and_goes_on() {
    for (action, fault, tag) in [
        ("EnableMFADevice", Fault::Lost, "aws-not-enabled"),
        ("EnableMFADevice", Fault::DoneAndLost, "aws-not-enabled"),
        ("EnableMFADevice", Fault::Denied, "aws-not-enabled"),
        ("EnableMFADevice", Fault::Nonsense, "aws-not-enabled"),
        ("ListMFADevices", Fault::Denied, "aws-not-enabled"),
    ] {
        let stage = stage();
        stage.server.state().faults = vec![(action, fault)];
        let ran = stage.run(&ENROLL);
        assert!(ran.stderr.contains("keyfob aws enroll --resume"), "{action} {fault:?}: {}", ran.stderr);
        assert_eq!(device(&stage)["tags"], serde_json::json!([tag]), "{action} {fault:?}");
        stage.done(&RESUME);
        assert_eq!(device(&stage)["tags"], serde_json::json!([]), "{action} {fault:?}");
        assert_eq!(user(&stage).as_deref(), Some("alice"));
        assert_eq!(stage.server.sent("CreateVirtualMFADevice", "Action").len(), 1);
        let ran = stage.run(&RESUME);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    }
}

#[test]
fn a_device_that_was_enabled_and_not_verified_is_only_verified() {
    let stage = stage();
    // The first look, before it is enabled, is answered; the one after it is not, however often it is asked.
    stage.server.state().later = vec![("EnableMFADevice", "ListMFADevices", Fault::Denied)];
    assert_eq!(stage.run(&ENROLL).code, Some(1));
    assert_eq!(device(&stage)["tags"], serde_json::json!(["aws-not-verified"]));
    stage.done(&RESUME);
    assert_eq!(device(&stage)["tags"], serde_json::json!([]));
    assert_eq!(stage.server.sent("EnableMFADevice", "Action").len(), 1);
}

#[test]
fn it_goes_on_for_the_user_it_was_begun_for() {
    let stage = stage();
    stage.server.state().faults = vec![("EnableMFADevice", Fault::Denied)];
    stage.run(&[&ENROLL[..], &["--user", "bob", "--name", "alice"]].concat());
    stage.done(&RESUME);
    assert_eq!(user(&stage).as_deref(), Some("bob"));
}

#[test]
fn a_clock_that_is_off_is_named() {
    let stage = stage();
    stage.server.state().ahead = -600;
    let ran = stage.run(&ENROLL);
    assert!(ran.stderr.contains("clock is 600 seconds ahead of that of AWS"), "{}", ran.stderr);
    // What mends it is told, and that the enrolment goes on then.
    assert!(ran.stderr.contains("try: setting this machine's clock"), "{}", ran.stderr);
    assert!(ran.stderr.contains("; then keyfob aws enroll --resume"), "{}", ran.stderr);
}

#[test]
fn resync_sends_two_codes_that_were_not_handed_out() {
    let stage = Stage::enrolled();
    stage.done(&["code", "alice"]);
    let ran = stage.run(&["aws", "resync", "alice", "--profile", "base"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("waiting 40 seconds"), "{}", ran.stderr);
    let secret = from_base32(RFC_SECRET);
    let sent = |name| stage.server.sent("ResyncMFADevice", name);
    assert_eq!(sent("AuthenticationCode1"), [code(&secret, NOW / 30 + 1)]);
    assert_eq!(sent("AuthenticationCode2"), [code(&secret, NOW / 30 + 2)]);
    let ran = stage.run(&["--read-only", "aws", "resync", "alice"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn the_devices_there_are_set_against_those_here() {
    let stage = stage();
    stage.done(&ENROLL);
    let hardware = super::server::Device { user: Some("alice".into()), ..Default::default() };
    stage.server.state().devices.insert("GAHT12345678".into(), hardware);
    let uri = crate::harness::home::uri("AWS", "old", THIRD_SECRET);
    let serial = "arn:aws:iam::999999999999:mfa/alice";
    assert_eq!(stage.home.run(&["add", "-", "--serial", serial], &uri).code, Some(0));
    let list = ["aws", "list", "--profile", "base"];
    let ran = stage.run(&list);
    assert_eq!(
        crate::cli::harness::transcript(&stage.home, &ran),
        "GAHT12345678  not here\n\
         arn:aws:iam::123456789012:mfa/alice  Amazon Web Services:alice@123456789012 (ID)\n\
         arn:aws:iam::999999999999:mfa/alice  AWS:old (ID), and AWS does not have it\n\
         ! keyfob: note: alice has 2 of at most 8 devices\n[0]"
    );
    let rows: Value = serde_json::from_str(&stage.done(&[&list[..], &["--json"]].concat())).unwrap();
    assert_eq!(rows[0]["device"], Value::Null);
    assert_eq!((&rows[1]["there"], &rows[1]["enabled"]), (&Value::from(true), &Value::from(1_700_000_000)));
    assert_eq!(
        (&rows[2]["there"], &rows[2]["device"]["account"]),
        (&Value::from(false), &Value::from("old"))
    );
}

#[test]
fn unenrolling_proves_a_code_where_the_account_asks_for_one() {
    let stage = stage();
    stage.done(&ENROLL);
    let unenroll = ["aws", "unenroll", "alice", "--profile", "base"];
    assert_eq!(stage.run(&unenroll).code, Some(2));
    stage.server.state().faults = vec![("DeactivateMFADevice", Fault::Denied)];
    let told = stage.done(&[&unenroll[..], &["--yes"]].concat());
    assert_eq!(told, format!("deleted {ARN}; here it was Amazon Web Services:alice@123456789012\n"));
    assert!(stage.server.state().devices.is_empty());
    assert_eq!(stage.home.json(&["list"]), serde_json::json!([]));
    assert_eq!(stage.server.sent("GetSessionToken", "SerialNumber"), [ARN]);
}

#[test]
fn what_another_account_does_not_have_is_not_taken_for_gone() {
    let stage = stage();
    stage.done(&ENROLL);
    let theirs = stage.server.state().devices.clone();
    // Keys of another account, where there is no such device.
    stage.server.state().devices.clear();
    stage.server.state().caller = Some("arn:aws:iam::999999999999:user/alice");
    let unenroll = ["aws", "unenroll", "alice", "--profile", "base", "--yes"];
    let ran = stage.run(&unenroll);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("these keys are those of the account 999999999999"), "{}", ran.stderr);
    assert_eq!(device(&stage)["serial"], ARN, "its secret is still here");
    assert!(stage.server.sent("DeactivateMFADevice", "Action").is_empty());
    stage.server.state().devices = theirs;
    stage.server.state().caller = None;
    stage.done(&unenroll);
}

#[test]
fn whoever_is_no_user_is_told_so() {
    for (arn, words) in [
        ("arn:aws:iam::123456789012:root", "root: AWS gives the root user its devices in the console alone"),
        ("arn:aws:sts::123456789012:assumed-role/Admin/me", "these keys are no user's"),
    ] {
        let stage = stage();
        stage.server.state().caller = Some(arn);
        let ran = run(&stage.home, &ENROLL, "", &[]);
        assert_eq!(ran.code, Some(4));
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert!(stage.server.state().devices.is_empty());
    }
}

#[test]
fn the_codes_of_a_token_are_typed_for_a_resync() {
    use crate::harness::home::KEYFOB;
    use crate::harness::pty::Exit;
    let stage = stage();
    stage.done(&["add", "--kind", "hardware", "--serial", "GAHT12345678", "--issuer", "AWS"]);
    let secret = from_base32(RFC_SECRET);
    let token = super::server::Device { secret: secret.clone(), user: Some("alice".into()), last_step: None };
    stage.server.state().devices.insert("GAHT12345678".into(), token);
    let options = stage.home.options();
    let line = ["aws", "resync", "AWS", "--profile", "base"];
    let arguments: Vec<&str> = options.iter().map(String::as_str).chain(line).collect();
    let start = stage.home.terminal(KEYFOB).args(&arguments).env("KEYFOB_NOW", &NOW.to_string());
    let mut pty = start.start();
    let codes = [code(&secret, NOW / 30 - 1), code(&secret, NOW / 30)];
    pty.wait_text("AWS: its code is on the token GAHT12345678");
    pty.wait_text("Code:");
    pty.type_text(&format!("{}\r", codes[0]));
    pty.wait("second question", |screen| screen.matches("Code:").count() == 2);
    pty.type_text(&format!("{}\r", codes[1]));
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(pty.text().contains("resynced AWS"), "{}", pty.text());
    assert_eq!(stage.server.sent("ResyncMFADevice", "AuthenticationCode1"), [codes[0].clone()]);
    assert_eq!(stage.server.sent("ResyncMFADevice", "AuthenticationCode2"), [codes[1].clone()]);
}
