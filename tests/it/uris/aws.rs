//! How AWS names devices.

use keyfob::device::{ArnKind, AwsLabel, MfaArn};

fn label(issuer: &str, account: &str) -> Option<(String, String)> {
    AwsLabel::parse(issuer, account).map(|label| (label.device, label.account))
}

#[allow(clippy::unnecessary_wraps)] // as the parser answers
fn pair(device: &str, account: &str) -> Option<(String, String)> {
    Some((device.to_owned(), account.to_owned()))
}

#[test]
fn labels_are_split_at_the_last_at() {
    let aws = "Amazon Web Services";
    assert_eq!(label(aws, "zoe@123456789012"), pair("zoe", "123456789012"));
    assert_eq!(label(aws, "zoe@my-alias"), pair("zoe", "my-alias"));
    assert_eq!(label("aws", "zoe@example.org@my-alias"), pair("zoe@example.org", "my-alias"));
    assert_eq!(
        label("", "root-account-mfa-device@123456789012"),
        pair("root-account-mfa-device", "123456789012")
    );
    // Without AWS's name it takes an account id to tell a label from an address.
    assert_eq!(label("GitHub", "zoe@example.org"), None);
    assert_eq!(label("", "zoe@12345678901"), None);
    assert_eq!(label("", "zoe@12345678901٢"), None);
    assert_eq!(label(aws, "zoe"), None);
    assert_eq!(label(aws, "@123456789012"), None);
    assert_eq!(label(aws, "zoe@"), None);
}

#[test]
fn an_alias_is_no_account_id() {
    let id = |account| AwsLabel::parse("AWS", account).unwrap().account_id().map(str::to_owned);
    assert_eq!(id("zoe@123456789012").as_deref(), Some("123456789012"));
    for alias in ["zoe@my-alias", "zoe@1234567890123", "zoe@12345678901a"] {
        assert_eq!(id(alias), None);
    }
}

#[test]
fn mfa_arns_of_every_partition_are_read() {
    for partition in
        ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"]
    {
        let arn = MfaArn::parse(&format!("arn:{partition}:iam::123456789012:mfa/zoe")).unwrap();
        assert_eq!((arn.partition.as_str(), arn.account_id.as_str()), (partition, "123456789012"));
        assert_eq!(arn.name, "zoe");
    }
}

#[test]
fn a_path_is_no_part_of_the_name() {
    for (resource, name) in [
        ("zoe", "zoe"),
        ("ops/berlin/zoe", "zoe"),
        ("zoe@example.org", "zoe@example.org"),
        ("a+b=c,d.e_f-1", "a+b=c,d.e_f-1"),
        ("p!th/zoe", "zoe"),
    ] {
        let arn = MfaArn::parse(&format!("arn:aws:iam::123456789012:mfa/{resource}")).unwrap();
        assert_eq!(arn.name, name);
    }
    let arn = MfaArn::parse("arn:aws:iam::123456789012:mfa/ops/zoe").unwrap();
    assert!(arn.is_named_by(&AwsLabel::parse("AWS", "zoe@123456789012").unwrap()));
    assert!(!arn.is_named_by(&AwsLabel::parse("AWS", "zoe@210987654321").unwrap()));
    assert!(!arn.is_named_by(&AwsLabel::parse("AWS", "bob@123456789012").unwrap()));
}

#[test]
fn other_arns_are_told_apart() {
    let kind = |text| ArnKind::parse(text);
    assert_eq!(kind("arn:aws:iam::123456789012:u2f/user/zoe/key-ABC"), Some(ArnKind::SecurityKey));
    assert_eq!(kind("arn:aws:iam::123456789012:user/zoe"), Some(ArnKind::User));
    assert_eq!(kind("arn:aws:iam::123456789012:root"), Some(ArnKind::User));
    for other in [
        "arn:aws:iam::123456789012:role/ops",
        "arn:aws:s3:::bucket",
        "arn:aws:iam::12345678901:mfa/zoe",
        "arn:aws:iam:eu-west-1:123456789012:mfa/zoe",
        "arn:aws:sts::123456789012:mfa/zoe",
        "arn:azure:iam::123456789012:mfa/zoe",
        "arn:aws-:iam::123456789012:mfa/zoe",
        "arn:awsx:iam::123456789012:mfa/zoe",
        "arn:aws:iam::123456789012:mfa/",
        "arn:aws:iam::123456789012:mfa/ops/",
        "arn:aws:iam::123456789012:mfa/zoe b",
        "arn:aws:iam::123456789012:mfa/zo\u{1b}e",
        "arn:aws:iam::123456789012:mfa/zoë",
        "arn:aws:iam::123456789012:mfa",
    ] {
        assert_eq!(kind(other), Some(ArnKind::Other), "{other:?}");
        assert_eq!(MfaArn::parse(other), None);
    }
    for none in ["", "GAHT12345678", "arn", "arn:", "arn:aws:iam::123456789012", "zoe", " arn:aws:iam::1:x"] {
        assert_eq!(kind(none), None, "{none:?}");
    }
}
