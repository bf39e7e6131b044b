//! `A` on the real screen, against the server that checks signatures and codes, with every step made to fail in turn.

use super::server::{Fault, code, from_base32};
use super::stage::{ARN, Stage};
use crate::cli::harness::NOW;
use crate::harness::home::{OTHER_SECRET, RFC_SECRET, THIRD_SECRET};
use crate::harness::pty::{Exit, Pty};

const LAPTOP: &str = "arn:aws:iam::123456789012:mfa/laptop";

fn stage() -> Stage {
    let stage = Stage::new();
    stage.server.state().seeds = [OTHER_SECRET, THIRD_SECRET].into();
    stage
}

/// The screen at this time of day, on the profiles of the selected device, or on all.
fn on_aws(stage: &Stage, now: u64) -> Pty {
    let mut pty = stage.home.screen().env("KEYFOB_NOW", &now.to_string()).start();
    pty.wait_text("keyfob");
    pty.press_until("A", "AWS", |screen| screen.contains("\u{2500} AWS "));
    pty.wait("profiles", |screen| screen.contains("Profiles") || screen.contains("No profile"));
    pty
}

/// Has a device `laptop` made for the user whose keys `base` has.
fn enrol(pty: &mut Pty) {
    pty.press_until("Down", "base", |screen| screen.contains("\u{258c} base"));
    pty.press_and_see("e");
    pty.press("Tab Tab");
    pty.type_text("laptop");
    pty.wait_text("laptop");
    pty.press("Enter");
}

/// What is said of a fault.
fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Denied => "AWS does not allow it",
        Fault::Nonsense => "the answer is not one of AWS's",
        _ => "AWS may have got it",
    }
}

/// The tags of the device `laptop`, if it is in the vault.
fn tags(stage: &Stage) -> Option<serde_json::Value> {
    let devices = stage.home.json(&["list"]);
    let found = devices.as_array().unwrap().iter().find(|device| device["serial"] == LAPTOP);
    found.map(|device| device["tags"].clone())
}

fn leave(mut pty: Pty) -> Vec<u8> {
    pty.press("Ctrl-c");
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    pty.assert_restored();
    pty.raw().to_vec()
}

#[test]
fn a_device_is_enrolled() {
    let stage = stage();
    let mut pty = on_aws(&stage, NOW);
    enrol(&mut pty);
    pty.wait_text("enrolled Amazon Web Services:laptop@123456789012, saved");
    let raw = leave(pty);
    assert!(!String::from_utf8_lossy(&raw).contains(OTHER_SECRET));
    assert_eq!(stage.server.state().devices[LAPTOP].user.as_deref(), Some("alice"));
    assert_eq!(tags(&stage), Some(serde_json::json!([])));
    let secret = from_base32(OTHER_SECRET);
    let sent = |name| stage.server.sent("EnableMFADevice", name);
    assert_eq!(sent("AuthenticationCode1"), [code(&secret, NOW / 30 - 1)]);
    assert_eq!(sent("AuthenticationCode2"), [code(&secret, NOW / 30)]);
}

#[test]
fn where_nothing_was_made_nothing_is_kept() {
    for fault in [Fault::Lost, Fault::Denied, Fault::Nonsense] {
        let stage = stage();
        stage.server.state().faults = vec![("CreateVirtualMFADevice", fault)];
        let mut pty = on_aws(&stage, NOW);
        enrol(&mut pty);
        pty.wait_text(why(fault));
        assert_eq!(tags(&stage), None, "{fault:?}");
        // Enter tries again.
        pty.press("Enter");
        pty.wait_text("enrolled Amazon Web Services");
        leave(pty);
        assert_eq!(tags(&stage), Some(serde_json::json!([])), "{fault:?}");
    }
}

#[test]
fn an_enrolment_that_stopped_goes_on_in_another_session() {
    for (action, fault) in [
        ("EnableMFADevice", Fault::Lost),
        ("EnableMFADevice", Fault::DoneAndLost),
        ("EnableMFADevice", Fault::Denied),
        ("EnableMFADevice", Fault::Nonsense),
        ("ListMFADevices", Fault::Denied),
    ] {
        let stage = stage();
        stage.server.state().faults = vec![(action, fault)];
        let mut pty = on_aws(&stage, NOW);
        enrol(&mut pty);
        pty.wait_text(why(fault));
        assert!(pty.text().contains("The device is here"), "{}", pty.text());
        leave(pty);
        assert_eq!(tags(&stage), Some(serde_json::json!(["aws-not-enabled"])), "{action} {fault:?}");
        go_on(&stage);
        assert_eq!(stage.server.state().devices[LAPTOP].user.as_deref(), Some("alice"));
        assert_eq!(stage.server.sent("CreateVirtualMFADevice", "Action").len(), 1);
    }
}

#[test]
fn a_device_that_was_enabled_and_not_verified_is_only_verified() {
    let stage = stage();
    stage.server.state().later = vec![("EnableMFADevice", "ListMFADevices", Fault::Denied)];
    let mut pty = on_aws(&stage, NOW);
    enrol(&mut pty);
    pty.wait_text(why(Fault::Denied));
    leave(pty);
    assert_eq!(tags(&stage), Some(serde_json::json!(["aws-not-verified"])));
    go_on(&stage);
    assert_eq!(stage.server.sent("EnableMFADevice", "Action").len(), 1);
}

/// Goes on two steps later.
fn go_on(stage: &Stage) {
    // No profile names the device yet: `AWS_PROFILE` says whose keys sign.
    let start = stage.home.screen().env("KEYFOB_NOW", &(NOW + 60).to_string());
    let mut pty = start.env("AWS_PROFILE", "base").start();
    pty.wait_text("laptop@123456789012");
    pty.press_until("A", "profiles", |screen| screen.contains("Its enrolment stopped"));
    pty.wait_text("No profile has it");
    pty.press_and_see("Enter");
    pty.wait_text("alice");
    pty.press("Enter");
    pty.wait_text("enrolled Amazon Web Services:laptop@123456789012, saved");
    leave(pty);
    assert_eq!(tags(stage), Some(serde_json::json!([])));
}

#[test]
fn what_cannot_be_kept_is_deleted_again() {
    let stage = stage();
    stage.home.add(&crate::harness::home::uri("Other", "one", OTHER_SECRET));
    let mut pty = on_aws(&stage, NOW);
    // The device has no serial number: the profile is typed.
    pty.press_and_see("e");
    pty.type_text("base");
    pty.press("Tab Tab");
    pty.type_text("laptop");
    pty.press("Enter");
    pty.wait_text("deleted again");
    leave(pty);
    assert!(stage.server.state().devices.is_empty());
}

#[test]
fn a_call_that_hangs_is_left_at_once() {
    let stage = stage();
    stage.server.state().is_silent = true;
    let mut pty = on_aws(&stage, NOW);
    enrol(&mut pty);
    pty.wait_text("AWS makes the device: asking AWS");
    // Esc leaves the call, then the form, which asks since something is typed there.
    pty.press_and_see("Esc");
    pty.press("Esc");
    pty.wait_text("Drop what was typed?");
    pty.press("y");
    pty.wait_text("session");
    // What AWS makes has to be kept; who does not want to wait for that need not.
    pty.press("Ctrl-c");
    pty.wait_text("its answer is waited for");
    leave(pty);
}

#[test]
fn what_aws_says_cannot_reach_the_terminal() {
    let stage = stage();
    stage.server.state().faults = vec![("CreateVirtualMFADevice", Fault::Hostile)];
    let mut pty = on_aws(&stage, NOW);
    enrol(&mut pty);
    pty.wait_text("EVIL");
    let raw = String::from_utf8_lossy(&leave(pty)).into_owned();
    assert!(!raw.contains("\u{1b}]0;EVIL") && !raw.contains('\u{202e}') && !raw.contains('\u{9b}'));
}

#[test]
fn a_session_and_its_end_are_told() {
    let stage = Stage::enrolled();
    stage.done(&["aws", "credentials", "--profile", "base", "--duration", "3600"]);
    stage.done(&["aws", "credentials", "--profile", "base"]);
    let mut pty = on_aws(&stage, NOW);
    pty.wait_text("1 h 0 min left");
    assert!(pty.text().contains("Profiles that use it:"), "{}", pty.text());
    pty.press("Esc");
    leave(pty);
}

#[test]
fn a_device_is_resynced() {
    let stage = Stage::enrolled();
    let mut pty = on_aws(&stage, NOW);
    pty.press_until("Down", "base", |screen| screen.contains("\u{258c} base"));
    pty.press_and_see("r");
    pty.press_and_see("Tab");
    pty.press("Enter");
    pty.wait_text("resynced AWS:alice");
    leave(pty);
    let secret = from_base32(RFC_SECRET);
    let sent = |name| stage.server.sent("ResyncMFADevice", name);
    assert_eq!(sent("AuthenticationCode1"), [code(&secret, NOW / 30 - 1)]);
    assert_eq!(sent("AuthenticationCode2"), [code(&secret, NOW / 30)]);
    assert_eq!(stage.server.sent("ResyncMFADevice", "SerialNumber"), [ARN]);
}

#[test]
fn a_role_needs_a_session_that_is_kept() {
    let stage = Stage::enrolled();
    let mut pty = on_aws(&stage, NOW);
    // `admin` is the first profile.
    pty.press_and_see("r");
    pty.press_and_see("Tab");
    pty.press("Enter");
    pty.wait_text("no session of it is kept");
    leave(pty);
    assert!(stage.server.sent("AssumeRole", "Action").is_empty());
    stage.done(&["aws", "credentials", "--profile", "admin"]);
    let mut pty = on_aws(&stage, NOW + 90);
    pty.press_and_see("r");
    pty.type_text("\t");
    pty.type_text("alice");
    pty.wait_text("alice ");
    pty.press("Enter");
    pty.wait_text("resynced AWS:alice");
    leave(pty);
}
