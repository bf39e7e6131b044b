//! AWS: profiles and sessions, an enrolment with every step made to fail, a resync, and the root user's device.

use super::stage::{Disk, NOW, Stage, empty, explained, line, options, with_token};
use keyfob::app::{AwsAnswer, AwsProfile, AwsSession, AwsWho, Message, Outcome, Start};
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, Enrolled, note_for};
use keyfob::explain::{Exit, Explanation};
use keyfob::otp::Secret;

pub const ALICE: &str = "arn:aws:iam::123456789012:mfa/alice";
const LAPTOP: &str = "arn:aws:iam::123456789012:mfa/laptop";
const SECRET: &str = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";

pub fn profile(name: &str, serial: Option<&str>, session: AwsSession) -> AwsProfile {
    AwsProfile { name: name.to_owned(), serial: serial.map(str::to_owned), session }
}

/// Four profiles: three use alice's device.
pub fn profiles() -> AwsAnswer {
    let never = AwsSession::Never("profile odd: duration_seconds is 900 to 129600".to_owned());
    AwsAnswer::Profiles(vec![
        profile("admin", Some(ALICE), AwsSession::No),
        profile("base", Some(ALICE), AwsSession::Until(UnixTime(NOW + 3540))),
        profile("odd", Some(ALICE), never),
        profile("other", Some("GAHT12345678"), AwsSession::No),
    ])
}

/// What AWS made for alice.
pub fn made() -> AwsAnswer {
    let candidate = Candidate {
        issuer: line("Amazon Web Services"),
        account: line("laptop@123456789012"),
        serial: Some(line(LAPTOP)),
        tags: vec![line(Enrolled::Created.tag())],
        note: line(&note_for("alice")),
        ..Candidate::bare(Secret::from_base32(SECRET).unwrap())
    };
    let who = AwsWho { profile: Some("admin".to_owned()), user: Some("alice".to_owned()) };
    AwsAnswer::Made { candidate: Box::new(candidate), who }
}

pub fn denied() -> Explanation {
    explained("EnableMFADevice: AWS does not allow it: not authorized", Exit::No)
        .hint("keyfob aws credentials --profile base")
}

/// On the profiles of alice's device.
fn on_alice() -> Stage {
    let mut stage = Stage::open();
    stage.aws.push_back(Ok(profiles()));
    stage.keys("A");
    assert_eq!(stage.asked(), ["aws profiles"]);
    stage
}

/// On the form of an enrolment, its last field focused.
fn enrolling() -> Stage {
    let mut stage = on_alice();
    stage.keys("e tab tab 'laptop'");
    stage
}

fn laptop(stage: &Stage) -> Option<&Device> {
    stage.vault.devices().find(|device| device.serial.as_ref().is_some_and(|serial| serial.raw() == LAPTOP))
}

fn tags(stage: &Stage) -> Vec<&str> {
    laptop(stage).unwrap().tags.iter().map(keyfob::text::Text::raw).collect()
}

/// The codes of alice's laptop of the step before, and of this one.
fn pair(stage: &Stage) -> String {
    let device = laptop(stage).unwrap();
    let step = stage.now / 30;
    format!("{} {}", device.code(step - 1).as_str(), device.code(step).as_str())
}

#[test]
fn a_device_tells_which_profiles_use_it_and_how_long_their_sessions_last() {
    let mut stage = on_alice();
    let screen = stage.screen();
    assert!(screen.contains("session until 15:02:43, 59 min left"), "{screen}");
    assert!(screen.contains("no session") && screen.contains("duration_seconds"), "{screen}");
    assert!(!screen.contains("other"), "{screen}");
    stage.wait(20);
    assert!(stage.shows("58 min left"), "{}", stage.screen());
    // Where nothing is selected all profiles are told.
    let mut stage = Stage::of(empty());
    stage.aws.push_back(Ok(profiles()));
    stage.keys("A");
    assert!(stage.shows("other") && stage.shows("base"), "{}", stage.screen());
}

#[test]
fn a_form_that_is_faster_than_the_profiles_gets_its_profile_later() {
    for (keys, profile) in
        [("A e tab tab 'x'", "Some(\"admin\")"), ("A e 'base' tab tab 'x'", "Some(\"base\")")]
    {
        let mut stage = Stage::open();
        stage.keys(keys);
        let number = stage.calls[0];
        stage.answer(Outcome::Aws { number, result: Ok(profiles()) });
        stage.asked();
        stage.aws.push_back(Err(denied()));
        stage.keys("enter");
        let asked = stage.asked();
        assert_eq!(asked, [format!("aws make AwsWho {{ profile: {profile}, user: None }} Some(\"x\")")]);
    }
}

#[test]
fn an_enrolment_is_saved_after_each_step() {
    let mut stage = enrolling();
    stage.aws.extend([Ok(made())]);
    stage.keys("enter");
    let id = laptop(&stage).unwrap().id;
    let enable = format!("aws enable {LAPTOP} {}", pair(&stage));
    let make = "aws make AwsWho { profile: Some(\"admin\"), user: None } Some(\"laptop\")";
    let add = "add Amazon Web Services:laptop@123456789012";
    assert_eq!(stage.asked(), [make, add, "spend true", &enable]);
    assert_eq!(tags(&stage), ["aws-not-enabled"]);
    assert!(stage.shows("AWS takes two of its codes: asking AWS"), "{}", stage.screen());
    stage.aws.push_back(Ok(AwsAnswer::Verified(id)));
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(AwsAnswer::Enabled(id)) });
    assert_eq!(stage.asked(), ["edit", &format!("aws verify {LAPTOP}"), "edit"]);
    assert_eq!(tags(&stage), [""; 0]);
    assert!(stage.shows("enrolled Amazon Web Services:laptop@123456789012, saved"), "{}", stage.screen());
    assert_eq!(stage.selected(), "Amazon Web Services:laptop@123456789012");
    assert_eq!(stage.remembered.spent[&id], NOW / 30);
}

#[test]
fn an_enrolment_that_stops_says_how_far_it_got_and_goes_on_there() {
    let mut stage = enrolling();
    stage.aws.extend([Err(denied())]);
    stage.keys("enter");
    assert!(stage.shows("not authorized") && stage.shows("try: keyfob aws"), "{}", stage.screen());
    assert!(laptop(&stage).is_none());
    // Making it works, giving it away does not.
    stage.aws.extend([Ok(made()), Err(denied())]);
    stage.keys("enter");
    assert!(stage.shows("not authorized"), "{}", stage.screen());
    assert_eq!(tags(&stage), ["aws-not-enabled"]);
    let id = laptop(&stage).unwrap().id;
    // The codes of this step went to AWS: the next ones are waited for.
    stage.asked();
    stage.keys("enter");
    assert!(stage.shows("waiting 47 s"), "{}", stage.screen());
    assert_eq!(stage.asked(), [""; 0]);
    stage.aws.extend([Ok(AwsAnswer::Enabled(id)), Err(denied())]);
    stage.wait(47);
    let enable = format!("aws enable {LAPTOP} {}", pair(&stage));
    assert_eq!(stage.asked(), ["spend true", &enable, "edit", &format!("aws verify {LAPTOP}")]);
    assert_eq!(tags(&stage), ["aws-not-verified"]);
    // Left, and gone on with from the list.
    stage.keys("esc esc");
    stage.aws.extend([Ok(profiles()), Ok(AwsAnswer::Verified(id))]);
    stage.keys("A");
    assert!(stage.shows("Its enrolment stopped: AWS took its codes"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.shows("alice"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.asked(), ["aws profiles", &format!("aws verify {LAPTOP}"), "edit"]);
    assert_eq!(tags(&stage), [""; 0]);
}

#[test]
fn what_aws_made_is_kept_though_nobody_waits_for_it() {
    let mut stage = enrolling();
    stage.keys("enter esc esc y esc");
    stage.asked();
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(made()) });
    assert_eq!(stage.asked(), ["add Amazon Web Services:laptop@123456789012"]);
    assert_eq!(tags(&stage), ["aws-not-enabled"]);
    assert!(stage.shows("AWS does not use it yet"), "{}", stage.screen());
}

#[test]
fn the_vault_is_not_left_while_aws_makes_a_device() {
    let mut stage = enrolling();
    stage.keys("enter esc esc y esc q");
    assert!(!stage.quit && stage.shows("its answer is waited for"), "{}", stage.screen());
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(made()) });
    assert!(stage.quit);
    assert_eq!(tags(&stage), ["aws-not-enabled"]);
    // Nor does time lock it.
    let mut stage = enrolling();
    stage.keys("enter").wait(300);
    assert!(!stage.model.is_locked());
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Err(denied()) });
    assert!(stage.model.is_locked());
    // Who does not want to wait need not.
    let mut stage = enrolling();
    stage.keys("enter ctrl-c ctrl-c");
    assert!(stage.quit);
}

#[test]
fn what_cannot_be_kept_is_deleted_again() {
    let mut stage = enrolling();
    let uri = format!("otpauth://totp/Other:one?secret={SECRET}&issuer=Other");
    super::stage::add(&mut stage.vault, &uri, |_| ());
    stage.aws.extend([Ok(made())]);
    stage.keys("enter");
    assert_eq!(stage.asked().last().unwrap(), &format!("aws delete {LAPTOP}"));
    assert!(stage.shows("already"), "{}", stage.screen());
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(AwsAnswer::Deleted) });
    assert!(stage.shows("deleted again"), "{}", stage.screen());
    // The same where the vault was locked meanwhile.
    let mut stage = enrolling();
    stage.keys("enter");
    stage.relocked = true;
    stage.send(Message::FileChanged);
    stage.keys("esc esc y esc");
    assert!(stage.model.is_locked(), "{}", stage.screen());
    stage.asked();
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(made()) });
    assert_eq!(stage.asked(), [format!("aws delete {LAPTOP}")]);
}

#[test]
fn a_full_disk_keeps_the_secret_until_it_can_be_saved() {
    let mut stage = enrolling();
    stage.aws.extend([Ok(made())]);
    stage.disk = Disk::Full;
    stage.keys("enter");
    assert!(stage.shows("not saved") && laptop(&stage).is_none(), "{}", stage.screen());
    stage.disk = Disk::Works;
    stage.asked();
    stage.keys("R");
    assert_eq!(stage.asked(), ["add Amazon Web Services:laptop@123456789012"]);
    assert_eq!(tags(&stage), ["aws-not-enabled"]);
}

#[test]
fn resync_waits_for_codes_that_were_not_handed_out_and_can_be_left() {
    let mut stage = Stage::open();
    stage.aws.push_back(Ok(profiles()));
    stage.keys("c A r tab");
    stage.asked();
    stage.keys("enter");
    assert!(stage.shows("waiting 47 s"), "{}", stage.screen());
    // Once left, it asks for nothing; the clipboard is cleared as ever.
    stage.keys("esc").wait(60);
    assert_eq!(stage.asked(), ["clear"]);
    stage.aws.push_back(Ok(AwsAnswer::Resynced));
    stage.keys("enter");
    let device = stage.model.open().and_then(|open| open.selected()).unwrap();
    let step = stage.now / 30;
    let codes = format!("{} {}", device.code(step - 1).as_str(), device.code(step).as_str());
    assert_eq!(stage.asked(), ["spend true", &format!("aws resync {ALICE} {codes}")]);
    assert!(stage.shows("resynced Amazon Web Services:alice@123456789012"), "{}", stage.screen());
}

#[test]
fn a_tokens_codes_are_typed_and_each_one_once() {
    let mut stage = Stage::of(with_token());
    stage.aws.push_back(Ok(profiles()));
    stage.keys("/ 'gaht' enter A r tab tab '111 222' tab '111222' enter");
    assert!(stage.shows("this is the first code again"), "{}", stage.screen());
    stage.asked();
    stage.keys("ctrl-u '333444' enter");
    assert_eq!(stage.asked(), ["aws resync GAHT12345678 111222 333444"]);
    // The answer of a call that was left is none.
    stage.keys("esc");
    let number = stage.calls[0];
    stage.answer(Outcome::Aws { number, result: Ok(AwsAnswer::Resynced) });
    assert!(!stage.shows("resynced"), "{}", stage.screen());
}

#[test]
fn the_root_users_device_is_saved_before_its_codes_are_shown() {
    let mut stage = on_alice();
    stage.keys("o");
    stage.paste(SECRET).keys("enter '1234 5678 9012'");
    assert!(!stage.shows(SECRET), "{}", stage.screen());
    stage.asked();
    stage.keys("enter");
    let label = "Amazon Web Services:root-account-mfa-device@123456789012";
    assert_eq!(stage.asked(), [format!("add {label}")]);
    let root = stage.vault.devices().last().unwrap().clone();
    assert_eq!(root.serial.as_ref().unwrap().raw(), "arn:aws:iam::123456789012:mfa/root-account-mfa-device");
    assert_eq!(Enrolled::of(&root), Some(Enrolled::Created));
    // Both codes can be typed at once.
    for step in [NOW / 30 - 1, NOW / 30] {
        assert!(stage.shows(&root.code(step).grouped()), "{}", stage.screen());
    }
    stage.keys("r");
    assert!(stage.shows(&root.code(NOW / 30 + 1).grouped()), "{}", stage.screen());
    // Left, and gone on with.
    stage.keys("esc");
    stage.aws.push_back(Ok(profiles()));
    stage.keys("A enter e");
    assert!(stage.shows("the root user's device is enrolled, saved"), "{}", stage.screen());
    let root = stage.vault.get(root.id).unwrap();
    assert_eq!(Enrolled::of(root), None);
    // `e` is there for such devices alone.
    stage.asked();
    stage.keys("v 'e'");
    assert_eq!(stage.asked(), [""; 0]);
}

#[test]
fn a_label_of_the_console_fills_in_the_account() {
    let mut stage = on_alice();
    let uri = format!(
        "otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@999999999999?secret={SECRET}&issuer=Amazon%20Web%20Services"
    );
    stage.keys("o").paste(&uri).keys("enter enter");
    let root = stage.vault.devices().last().unwrap();
    assert_eq!(root.serial.as_ref().unwrap().raw(), "arn:aws:iam::999999999999:mfa/root-account-mfa-device");
}

#[test]
fn where_aws_cannot_be_asked_there_is_no_word_of_it() {
    for aws in [false, true] {
        let mut stage = Stage::changed(|options| (options.aws, options.demo) = (aws, aws));
        stage.keys("A");
        assert_eq!(stage.asked(), [""; 0]);
        stage.keys("?");
        assert!(!stage.shows("AWS:"), "{}", stage.screen());
        stage.keys("esc : 'aws'");
        assert!(!stage.shows("AWS:"), "{}", stage.screen());
    }
    // Where nothing may be written it is looked at, and no more.
    let vault = super::stage::sample();
    let mut options = options(Start::Open(Box::new(vault.clone())));
    options.read_only = true;
    let mut stage = Stage::with(vault, options);
    stage.aws.push_back(Ok(profiles()));
    stage.keys("A");
    assert!(stage.shows("59 min left"), "{}", stage.screen());
    stage.keys("e");
    assert!(stage.shows("59 min left") && !stage.shows("Enrol with"), "{}", stage.screen());
}
