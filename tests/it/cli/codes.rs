//! Printing codes.

use super::harness::{NOW, run, said, transcript};
use crate::harness::home::{Home, PASSPHRASE, RFC_SECRET, THIRD_SECRET, uri};
use keyfob::clock::UnixTime;
use keyfob::otp::Drift;
use keyfob::vault::{Change, ChangeError, Edit, Passphrase, Reason, Store, Unlock, Vault, VaultError};
use serde_json::json;

#[test]
fn code_prints_the_code_and_nothing_else() {
    let home = Home::with_two();
    assert_eq!(said(&home, &["code", "alice", "--at", "59"]), "287082\n[0]");
    assert_eq!(said(&home, &["code", "alice", "--at", "29", "--next"]), "287082\n[0]");
    let mut json = home.json(&["code", "alice", "--at", "59"]);
    json.as_object_mut().unwrap().remove("id");
    assert_eq!(
        json,
        json!({
            "issuer": "AWS", "account": "alice", "kind": "totp", "code": "287082", "next": "359152",
            "valid_from": 30, "valid_until": 60, "counter": null
        })
    );
}

#[test]
fn a_query_picks_one_device_or_none() {
    let home = Home::with_two();
    home.add(&uri("AWS", "carol", THIRD_SECRET));
    let id = home.json(&["list"])[0]["id"].as_str().unwrap().to_owned();
    for query in [id.as_str(), &id[..8], "AWS:alice", "aws:ALICE", "alic"] {
        assert_eq!(said(&home, &["code", query, "--at", "59"]), "287082\n[0]", "{query}");
    }
    assert_eq!(
        said(&home, &["code", "aws", "--at", "59"]),
        "! keyfob: aws: 2 devices fit: AWS:alice (ID), AWS:carol (ID)\n!   try: more of the name, or the id\n[1]"
    );
    assert_eq!(
        said(&home, &["code", "nobody", "--at", "59"]),
        "! keyfob: nobody: no device fits\n!   try: keyfob list, which shows the devices there are\n[1]"
    );
}

#[test]
fn many_candidates_are_not_all_named() {
    let home = Home::with_vault();
    let uris: Vec<String> =
        (0..15).map(|n| uri("Same", &format!("n{n}"), &format!("{RFC_SECRET}{}", base32(n)))).collect();
    std::fs::write(home.path("uris"), uris.join("\n")).unwrap();
    home.done(&["import", "uris"]);
    let told = said(&home, &["code", "same"]);
    assert!(
        told.starts_with("! keyfob: same: 15 devices fit: Same:n0 (ID), ") && told.contains(", and 3 more\n"),
        "{told}"
    );
}

/// Eight characters of base32 that differ for each number.
fn base32(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number).unwrap());
    letter.to_string().repeat(8)
}

#[test]
fn a_hotp_code_is_handed_out_once_and_its_counter_is_saved_first() {
    let home = Home::with_vault();
    home.add(&format!("otpauth://hotp/VPN:ops?secret={RFC_SECRET}&counter=0"));
    assert_eq!(said(&home, &["code", "vpn"]), "755224\n[0]");
    assert_eq!(said(&home, &["code", "vpn"]), "287082\n[0]");
    let mut json = home.json(&["code", "vpn"]);
    json.as_object_mut().unwrap().remove("id");
    assert_eq!(
        json,
        json!({
            "issuer": "VPN", "account": "ops", "kind": "hotp", "code": "359152", "next": "969429",
            "valid_from": null, "valid_until": null, "counter": 2
        })
    );
    assert_eq!(home.json(&["list"])[0]["counter"], 3);
    assert_eq!(said(&home, &["code", "vpn", "--next"]), "338314\n[0]");
    assert_eq!(home.json(&["list"])[0]["counter"], 5);
    assert_eq!(
        said(&home, &["--read-only", "code", "vpn"]),
        "! keyfob: --read-only: code writes\n!   try: the same without --read-only\n[2]"
    );
    assert_eq!(home.json(&["list"])[0]["counter"], 5);
}

#[test]
fn a_counter_is_not_used_up_for_a_code_of_another_time() {
    let home = Home::with_vault();
    home.add(&format!("otpauth://hotp/VPN:ops?secret={RFC_SECRET}&counter=3"));
    assert_eq!(
        said(&home, &["code", "vpn", "--at", "59"]),
        "! keyfob: --at: it means nothing for hotp devices\n!   try: keyfob code --help\n[2]"
    );
    assert_eq!(home.json(&["list"])[0]["counter"], 3);
}

#[test]
fn a_counter_at_its_end_makes_no_code() {
    let home = Home::with_vault();
    home.add(&format!("otpauth://hotp/VPN:ops?secret={RFC_SECRET}&counter={}", u64::MAX));
    assert_eq!(said(&home, &["code", "vpn"]), "! keyfob: device: its counter is used up\n[4]");
}

// Only debug builds take their time from the test, and sleep without waiting.
#[cfg(debug_assertions)]
#[test]
fn a_fresh_code_was_not_handed_out_before() {
    let home = Home::with_two();
    let code = |at: u64, arguments: &[&str]| {
        let ran =
            run(&home, &[&["code", "alice"], arguments].concat(), "", &[("KEYFOB_NOW", &at.to_string())]);
        transcript(&home, &ran)
    };
    let at = |at: u64| said(&home, &["code", "alice", "--at", &at.to_string()]);
    // NOW stands 20 seconds into its step.
    assert_eq!(code(NOW, &[]), at(NOW));
    let waited =
        "! keyfob: note: the code of this step was handed out before: waiting 10 seconds for the next\n[0]";
    assert_eq!(code(NOW, &["--fresh"]), at(NOW + 10).replace("[0]", waited));
    // That step is spent too now, though it has not come yet.
    let waited = waited.replace("10 seconds", "39 seconds");
    assert_eq!(code(NOW + 1, &["--fresh"]), at(NOW + 40).replace("[0]", &waited));
    assert_eq!(code(NOW + 100, &["--fresh"]), at(NOW + 100));
    // Another device has steps of its own, and `--at` spends none.
    assert_eq!(
        said(&home, &["code", "bob", "--fresh"]),
        said(&home, &["code", "bob", "--at", &NOW.to_string()])
    );
}

#[cfg(debug_assertions)]
#[test]
fn a_clock_that_once_stood_wrong_does_not_hold_fresh_codes_up() {
    let home = Home::with_two();
    let far = (NOW + 1_000_000).to_string();
    run(&home, &["code", "alice", "--fresh"], "", &[("KEYFOB_NOW", &far)]);
    assert_eq!(
        said(&home, &["code", "alice", "--fresh"]),
        said(&home, &["code", "alice", "--at", &NOW.to_string()])
    );
}

#[test]
fn what_was_handed_out_is_remembered_by_step_alone_and_only_for_the_user() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_two();
    home.done(&["code", "alice"]);
    let folder = home.path("state/keyfob");
    let id = home.json(&["list"])[0]["id"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(folder.join("spent")).unwrap();
    let (named, step) = text.trim_end().split_once(' ').unwrap();
    assert!(named == id && step.parse::<u64>().is_ok(), "{text}");
    for (path, wanted) in
        [(folder.clone(), 0o700), (folder.join("spent"), 0o600), (folder.join("spent.lock"), 0o600)]
    {
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, wanted, "{}", path.display());
    }
    // Rubbish in it does no harm, and no file that can't be written keeps an ordinary code from being printed.
    std::fs::write(folder.join("spent"), "rubbish\n\u{0} 3\n").unwrap();
    home.done(&["code", "alice", "--fresh"]);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    home.done(&["code", "alice"]);
    let told = said(&home, &["code", "alice", "--fresh"]);
    assert!(told.starts_with("! keyfob: ~/state/keyfob/spent: ") && told.ends_with("[5]"), "{told}");
}

#[cfg(debug_assertions)]
#[test]
fn two_at_once_get_no_fresh_code_of_one_step() {
    let home = Home::with_two();
    let take = || {
        let ran = run(&home, &["code", "bob", "--fresh", "--json"], "", &[]);
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()["valid_from"].as_u64().unwrap()
    };
    let mut starts: Vec<u64> = std::thread::scope(|scope| {
        let both = [scope.spawn(take), scope.spawn(take)];
        both.map(|one| one.join().unwrap()).into()
    });
    starts.sort_unstable();
    assert_eq!(starts, [NOW - 20, NOW + 10]);
}

#[derive(Debug)]
enum NotSet {
    Vault,
    Change,
}

impl From<VaultError> for NotSet {
    fn from(_: VaultError) -> Self {
        Self::Vault
    }
}

impl From<ChangeError> for NotSet {
    fn from(_: ChangeError) -> Self {
        Self::Change
    }
}

/// Has a device's codes go by a clock that is so many steps off, as a yes on the screen does.
fn go_by(home: &Home, account: &str, steps: i64) {
    let passphrase = Passphrase::new(PASSPHRASE.to_owned().into()).unwrap();
    let sealed = Store::real(home.vault()).read().unwrap();
    let mut session = sealed.open(Unlock::Passphrase(&passphrase)).unwrap();
    let id = session.vault().devices().find(|device| device.account.raw() == account).unwrap().id;
    let edit = Box::new(Edit { drift: Drift::new(steps), ..Edit::default() });
    let now = UnixTime(NOW);
    let apply = |vault: &mut Vault| Ok::<_, NotSet>(vault.apply(&Change::Edit { id, edit }, now)?);
    session.update(Reason::Change, now, apply).unwrap();
}

#[test]
fn a_device_with_a_clock_of_its_own_has_its_codes_by_that_and_its_times_by_ours() {
    let home = Home::with_two();
    go_by(&home, "alice", -3);
    // 287082 is the code of 30 to 60 s (RFC 6238 appendix B): 90 s later by our clock.
    assert_eq!(said(&home, &["code", "alice", "--at", "149"]), "287082\n[0]");
    let json = home.json(&["code", "alice", "--at", "149"]);
    assert_eq!((&json["valid_from"], &json["valid_until"]), (&json!(120), &json!(150)));
    assert_eq!(home.json(&["list", "alice"])[0]["drift_steps"], -3);
    // What `check` says is by our clock all the same.
    let check = home.json(&["check", "alice", "287082", "--at", "149"]);
    assert_eq!((&check["verdict"], &check["drift_steps"]), (&json!("drifted"), &json!(-3)));
}
