//! `aws code`, as a stranger uses it.

use crate::cli::harness::{NOW, run, said};
use crate::harness::home::{Home, OTHER_SECRET, RFC_SECRET};
use insta::assert_snapshot;

const ARN: &str = "arn:aws:iam::123456789012:mfa/alice";

const CONFIG: &str = "\
[default]
mfa_serial = arn:aws:iam::123456789012:mfa/alice
[profile base]
mfa_serial = arn:aws:iam::123456789012:mfa/alice
[profile prod]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = base
[profile user]
mfa_serial = arn:aws:iam::123456789012:user/alice
[profile key]
mfa_serial = arn:aws:iam::123456789012:u2f/user/alice/key-ABC
[profile hardware]
mfa_serial = GAHT12345678
[profile none]
region = eu-west-1
[profile one]
role_arn = r
source_profile = two
[profile two]
role_arn = r
source_profile = one
";

/// `alice`, whose serial is the ARN, and `al`, whose ARN is the beginning of that.
fn home() -> Home {
    let home = Home::with_vault();
    std::fs::create_dir(home.path(".aws")).unwrap();
    std::fs::write(home.path(".aws/config"), CONFIG).unwrap();
    for (account, secret) in [("alice", RFC_SECRET), ("al", OTHER_SECRET)] {
        let uri = format!("otpauth://totp/AWS:{account}?secret={secret}&issuer=AWS");
        let serial = format!("arn:aws:iam::123456789012:mfa/{account}");
        let ran = home.run(&["add", "-", "--serial", &serial], &uri);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    home
}

/// RFC 6238's algorithm over its own secret, at the step of [`NOW`] and those after it.
fn codes(home: &Home) -> [String; 3] {
    [0, 30, 60].map(|later| home.done(&["code", "alice", "--at", &(NOW + later).to_string()]))
}

#[test]
fn a_profile_or_an_arn_gives_six_digits_and_nothing_else() {
    let home = home();
    let [first, second, third] = codes(&home);
    for (target, code) in [("prod", first), (ARN, second), ("123456789012:mfa/alice", third)] {
        // Each is a step later than the one before it: the clock of debug builds does not wait.
        let ran = run(&home, &["aws", "code", target], "", &[]);
        assert_eq!((ran.stdout, ran.code), (code, Some(0)), "{target}: {}", ran.stderr);
    }
}

#[test]
fn without_a_name_it_is_the_profile_of_the_environment() {
    let home = home();
    let [first, second, _] = codes(&home);
    assert_eq!(run(&home, &["aws", "code"], "", &[]).stdout, first);
    let ran = run(&home, &["aws", "code"], "", &[("AWS_PROFILE", "prod")]);
    assert_eq!(ran.stdout, second);
    assert!(ran.stderr.contains("waiting 10 seconds"), "{}", ran.stderr);
    let ran = run(&home, &["aws", "code"], "", &[("AWS_PROFILE", "gone")]);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn the_files_may_be_elsewhere() {
    let home = home();
    std::fs::write(home.path("elsewhere"), "[profile x]\nmfa_serial = arn:aws:iam::123456789012:mfa/al\n")
        .unwrap();
    let there = home.path("elsewhere").display().to_string();
    let ran = run(&home, &["aws", "code", "x"], "", &[("AWS_CONFIG_FILE", &there)]);
    assert_eq!(ran.stdout, home.done(&["code", "AWS:al", "--at", &NOW.to_string()]), "{}", ran.stderr);
    std::fs::write(home.path("elsewhere"), "[profile x]\nnonsense\n").unwrap();
    let ran = run(&home, &["aws", "code", "x"], "", &[("AWS_CONFIG_FILE", "~/elsewhere")]);
    let want = format!("keyfob: {there}, line 2: neither [section] nor name = value\n");
    assert_eq!((ran.stderr, ran.code), (want, Some(4)));
}

#[test]
fn what_gives_no_code_is_explained() {
    let home = home();
    let all: Vec<String> =
        ["user", "key", "hardware", "none", "one", "arn:aws:iam::123456789012:user/bob", "x"]
            .iter()
            .map(|target| format!("{target}\n{}", said(&home, &["aws", "code", target])))
            .collect();
    assert_snapshot!(all.join("\n\n"), @r"
    user
    ! keyfob: profile user: arn:aws:iam::123456789012:user/alice: it names a user, not an MFA device: those have :mfa/ in their ARN
    !   try: the ARN of the MFA device, arn:aws:iam::ACCOUNT:mfa/NAME
    [4]

    key
    ! keyfob: profile key: arn:aws:iam::123456789012:u2f/user/alice/key-ABC: it names a security key or passkey, and those make no codes
    !   try: the ARN of the MFA device, arn:aws:iam::ACCOUNT:mfa/NAME
    [4]

    hardware
    ! keyfob: GAHT12345678: no device here has this serial number
    !   try: keyfob edit QUERY --serial ARN, where it is one of those that keyfob list shows
    [1]

    none
    ! keyfob: profile none: it has no mfa_serial
    !   try: mfa_serial = arn:aws:iam::ACCOUNT:mfa/NAME in the profile
    [1]

    one
    ! keyfob: source_profile: it goes in a circle: one -> two -> one
    [4]

    arn:aws:iam::123456789012:user/bob
    ! keyfob: arn:aws:iam::123456789012:user/bob: it names a user, not an MFA device: those have :mfa/ in their ARN
    !   try: the ARN of the MFA device, arn:aws:iam::ACCOUNT:mfa/NAME
    [4]

    x
    ! keyfob: x: no profile and no device is called so
    !   try: aws configure list-profiles, or keyfob list
    [1]
    ");
}

#[test]
fn a_step_is_written_down_so_read_only_forbids_it() {
    let home = home();
    let ran = run(&home, &["--read-only", "aws", "code"], "", &[]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    let json: serde_json::Value =
        serde_json::from_str(&run(&home, &["aws", "code", "--json"], "", &[]).stdout).unwrap();
    assert_eq!(json["account"], "alice");
}
