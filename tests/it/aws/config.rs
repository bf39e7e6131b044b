//! The AWS CLI's files, and how a profile comes to its credentials.

use crate::harness::samples::samples;
use keyfob::aws::{Base, Config, LineError, Plan, PlanError, Which};

fn config(text: &str) -> Config {
    Config::parse(text, "").unwrap()
}

fn names(config: &Config) -> Vec<&str> {
    config.profiles().map(|profile| profile.name).collect()
}

#[test]
fn profiles_are_sections_with_that_word_before_them() {
    let found =
        config("[default]\na=1\n[ profile   x ]\n[profile \"two words\"]\n[sso-session s]\n[y]\n[plugins]\n");
    assert_eq!(names(&found), ["default", "two words", "x"]);
    let found = Config::parse("", "[y]\n[default]\n").unwrap();
    assert_eq!(names(&found), ["default", "y"]);
}

#[test]
fn comments_and_white_space_say_nothing() {
    let text = "\u{feff}# one\r\n; two\r\n[profile x] # three\r\n  \r\nRegion = eu-west-1 # four\r\nmfa_serial\t=a;b#c\r\n";
    let found = config(text);
    let x = found.profile("x").unwrap();
    assert_eq!(x.get("region"), Some("eu-west-1"));
    assert_eq!(x.get("mfa_serial"), Some("a;b#c"));
}

#[test]
fn the_credentials_file_and_the_prefixed_default_go_first() {
    let found = Config::parse(
        "[profile default]\nregion = a\n[default]\nregion = b\naws_access_key_id = config\n",
        "[default]\naws_access_key_id = credentials\n",
    )
    .unwrap();
    let default = found.profile("default").unwrap();
    assert_eq!(default.get("region"), Some("a"));
    assert_eq!(default.get("aws_access_key_id"), Some("credentials"));
}

#[test]
fn nested_settings_belong_to_the_one_above_them() {
    let found = config(
        "[profile x]\nservices = local\nendpoint_url = http://localhost:1\ns3 =\n  region = nested\nregion = own\n\
         [services local]\nsts =\n  endpoint_url = http://localhost:2 # here\niam =\n  other = 1\n",
    );
    let x = found.profile("x").unwrap();
    assert_eq!(x.get("region"), Some("own"));
    assert_eq!(x.endpoint_url("sts"), Some("http://localhost:2"));
    assert_eq!(x.endpoint_url("iam"), Some("http://localhost:1"));
    assert_eq!(x.get("s3"), None);
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    for (text, line, error) in [
        ("[profile x]\n\nnonsense\n", 3, LineError::NoEquals),
        ("[profile x\n", 1, LineError::Unclosed),
        ("[]\n", 1, LineError::NoName),
        ("# a\na = b\n", 2, LineError::NoSection),
    ] {
        let bad = Config::parse(text, "").unwrap_err();
        assert_eq!((bad.which, bad.line, bad.error), (Which::Config, line, error), "{text}");
        assert_eq!(Config::parse("", text).unwrap_err().which, Which::Credentials);
    }
}

const KEYS: &str = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = hidden\n";

#[test]
fn keys_are_never_shown() {
    let found = config(&format!("[default]\n{KEYS}aws_session_token = hidden\n"));
    let plan = Plan::of(&found, "default").unwrap();
    let shown = format!("{found:?} {plan:?} {:?}", found.profile("default"));
    assert!(shown.contains("AKIAEXAMPLE") && !shown.contains("hidden"), "{shown}");
}

#[test]
fn roles_are_taken_on_from_the_keys_upwards() {
    let found = config(&format!(
        "[profile base]\n{KEYS}mfa_serial = S\nduration_seconds = 7200\n\
         [profile low]\nrole_arn = low\nsource_profile = base\nexternal_id = e\n\
         [profile high]\nrole_arn = high\nsource_profile = low\nrole_session_name = me\nduration_seconds = 900\n"
    ));
    let plan = Plan::of(&found, "high").unwrap();
    let arns: Vec<&str> = plan.roles.iter().map(|role| role.arn.as_str()).collect();
    assert_eq!(arns, ["low", "high"]);
    assert_eq!(plan.roles[0].external_id.as_deref(), Some("e"));
    assert_eq!((plan.roles[1].session_name.as_deref(), plan.roles[1].duration), (Some("me"), Some(900)));
    assert_eq!(plan.serial.as_deref(), Some("S"));
    assert!(matches!(plan.base, Base::Keys(_)));
    let plan = Plan::of(&found, "base").unwrap();
    assert_eq!((plan.roles.len(), plan.duration), (0, Some(7200)));
}

#[test]
fn a_profile_may_take_its_own_role_on() {
    let found = config(&format!("[profile x]\n{KEYS}role_arn = r\nsource_profile = x\n"));
    let plan = Plan::of(&found, "x").unwrap();
    assert_eq!(plan.roles.len(), 1);
    assert!(matches!(plan.base, Base::Keys(_)));
}

#[test]
fn circles_are_named() {
    let found = config(
        "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = c\n\
         [profile c]\nrole_arn = r\nsource_profile = b\n",
    );
    let names = ["b", "c", "b"].map(str::to_owned).to_vec();
    assert_eq!(Plan::of(&found, "a"), Err(PlanError::Circle { names }));
    assert_eq!(found.serial_of("a"), None);
}

#[test]
fn credentials_of_other_programs_are_theirs_to_get() {
    let text = |settings: &str| config(&format!("[profile x]\n{settings}\n"));
    for settings in [
        "sso_session = s",
        "sso_start_url = u",
        "credential_process = /usr/bin/helper keyfob",
        "web_identity_token_file = f\nrole_arn = r",
        "role_arn = r\ncredential_source = Ec2InstanceMetadata",
    ] {
        let plan = Plan::of(&text(settings), "x").unwrap();
        assert_eq!((plan.base, plan.roles.len()), (Base::Elsewhere("x".into()), 0), "{settings}");
    }
    let plan = Plan::of(&text("role_arn = r\ncredential_source = Environment"), "x").unwrap();
    assert_eq!((plan.base, plan.roles.len()), (Base::Environment, 1));
}

#[test]
fn what_leads_nowhere_says_so() {
    let of = |settings: &str| Plan::of(&config(&format!("[profile x]\n{settings}\n")), "x").unwrap_err();
    let name = || "x".to_owned();
    assert_eq!(of(""), PlanError::NoCredentials { name: name() });
    assert_eq!(of("role_arn = r"), PlanError::NoSource { name: name() });
    for process in ["keyfob aws credentials --profile x", "\"/opt/a b/keyfob\" aws", "~/bin/keyfob"] {
        assert_eq!(of(&format!("credential_process = {process}")), PlanError::Ourselves { name: name() });
    }
    let gone = PlanError::NoProfile { name: "gone".into(), named_by: Some(name()) };
    assert_eq!(of("role_arn = r\nsource_profile = gone"), gone);
    for duration in ["899", "129601", "1h", "-1"] {
        let settings = format!("{KEYS}duration_seconds = {duration}");
        assert_eq!(of(&settings), PlanError::Duration { name: name() });
    }
}

#[test]
fn the_samples_say_what_is_expected_of_them() {
    let Some(folder) = samples("aws") else { return };
    let folder = folder.join("config");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "config") {
            continue;
        }
        let expected = std::fs::read_to_string(format!("{}.expected.json", path.display())).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        let found = Config::parse(&std::fs::read_to_string(&path).unwrap(), "").unwrap();
        for (name, serial) in expected["profiles"].as_object().unwrap() {
            let profile = found.profile(name).unwrap_or_else(|| panic!("{}: {name}", path.display()));
            assert_eq!(profile.get("mfa_serial"), serial.as_str(), "{}: {name}", path.display());
        }
    }
    let credentials = std::fs::read_to_string(folder.join("credentials")).unwrap();
    let found = Config::parse("", &credentials).unwrap();
    assert_eq!(names(&found), ["base", "session"]);
    let Base::Keys(keys) = Plan::of(&found, "session").unwrap().base else { panic!("no keys") };
    assert!(keys.token.is_some());
}
