//! How AWS names MFA devices.

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
        let _ = (issuer, account);
        todo!()
    }

    /// The account id, when it is one: twelve digits.
    pub fn account_id(&self) -> Option<&str> {
        (self.account.len() == 12 && self.account.bytes().all(|b| b.is_ascii_digit()))
            .then_some(&self.account)
    }
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
    /// Reads an MFA device's ARN; none for anything else.
    pub fn parse(serial: &str) -> Option<Self> {
        let _ = serial;
        todo!()
    }
}
