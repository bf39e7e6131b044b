//! How AWS names MFA devices.
//!
//! Source: IAM identifiers (reference-arns), `CreateVirtualMFADevice` and `VirtualMFADevice` of the
//! IAM API reference, and the labels that the console writes.

/// Whom AWS's codes are for, as its console says it.
pub const AWS_ISSUER: &str = "Amazon Web Services";

/// A label as the AWS console writes it: `device@account`, split at the last `@`, since a device's
/// name may hold one itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsLabel {
    /// The device's name.
    pub device: String,
    /// An account id of twelve digits, an account alias or a user name.
    pub account: String,
}

impl AwsLabel {
    /// Takes an account text apart, when `issuer` is AWS's or the part after the last `@` is an account id.
    pub fn parse(issuer: &str, account: &str) -> Option<Self> {
        let (device, owner) = account.rsplit_once('@')?;
        let from_aws = is_aws(issuer) || is_account_id(owner);
        (from_aws && !device.is_empty() && !owner.is_empty())
            .then(|| Self { device: device.to_owned(), account: owner.to_owned() })
    }

    /// The account id, when it is one: twelve digits.
    pub fn account_id(&self) -> Option<&str> {
        is_account_id(&self.account).then_some(&self.account)
    }
}

/// What an ARN names, as far as it matters to somebody who wants codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnKind {
    /// A virtual MFA device: it makes codes.
    Mfa(MfaArn),
    /// A FIDO security key or passkey (`:u2f/`): it makes no codes.
    SecurityKey,
    /// A user (`:user/`, or an account's `:root`), who has MFA devices but is none.
    User,
    /// Anything else, such as a role.
    Other,
}

/// The ARN of an MFA device: `arn:PARTITION:iam::ACCOUNT:mfa/[PATH/]NAME` (IAM identifiers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MfaArn {
    /// `aws`, `aws-cn`, `aws-us-gov` and so on.
    pub partition: String,
    /// Twelve digits.
    pub account_id: String,
    /// The device's name, without its path.
    pub name: String,
}

impl MfaArn {
    /// The label that the AWS console gives such a device: [`AwsLabel`].
    pub fn label(&self) -> String {
        format!("{}@{}", self.name, self.account_id)
    }
}

impl ArnKind {
    /// Reads an ARN; none for what is no ARN at all, such as a hardware token's serial number.
    pub fn parse(serial: &str) -> Option<Self> {
        let mut parts = serial.strip_prefix("arn:")?.splitn(5, ':');
        let (partition, service, region) = (parts.next()?, parts.next()?, parts.next()?);
        let (account_id, resource) = (parts.next()?, parts.next()?);
        let is_iam = is_partition(partition) && service == "iam" && region.is_empty();
        if !is_iam || !is_account_id(account_id) {
            return Some(Self::Other);
        }
        Some(match resource.split_once('/') {
            Some(("mfa", path)) => name_of(path).map_or(Self::Other, |name| {
                let [partition, account_id, name] = [partition, account_id, name].map(str::to_owned);
                Self::Mfa(MfaArn { partition, account_id, name })
            }),
            Some(("u2f", _)) => Self::SecurityKey,
            Some(("user", _)) => Self::User,
            None if resource == "root" => Self::User,
            _ => Self::Other,
        })
    }
}

impl MfaArn {
    /// Reads an MFA device's ARN; none for anything else.
    pub fn parse(serial: &str) -> Option<Self> {
        match ArnKind::parse(serial)? {
            ArnKind::Mfa(arn) => Some(arn),
            _ => None,
        }
    }

    /// Whether a label says the same device: name and account id.
    pub fn is_named_by(&self, label: &AwsLabel) -> bool {
        self.name == label.device && self.account_id == label.account
    }
}

fn is_aws(issuer: &str) -> bool {
    [AWS_ISSUER, "AWS"].iter().any(|name| issuer.eq_ignore_ascii_case(name))
}

fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `aws`, and whatever partitions there are or will be: all of them start with `aws-`.
fn is_partition(text: &str) -> bool {
    let rest = text.strip_prefix("aws");
    rest.is_some_and(|rest| rest.is_empty() || (rest.len() > 1 && rest.starts_with('-')))
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The name at the end of a path, when both are of the characters that IAM allows.
fn name_of(path: &str) -> Option<&str> {
    let (path, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name_byte) && path.bytes().all(|byte| byte.is_ascii_graphic()))
        .then_some(name)
}
