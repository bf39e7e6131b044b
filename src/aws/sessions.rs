//! Sessions: temporary keys that STS hands out for long-term ones and a code.

use super::call::{Call, Client};
use super::endpoint::Endpoint;
use super::error::CallError;
use super::keys::Keys;
use super::plan::Role;
use super::when;
use super::xml::Element;
use crate::clock::UnixTime;
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// What a session is called in logs where nothing says so.
const SESSION_NAME: &str = "keyfob";

/// A session's keys, and when they are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// With a token.
    pub keys: Keys,
    /// The first second in which they are good for nothing.
    pub expires: UnixTime,
}

/// The MFA device and its code, as a call sends them.
#[derive(Clone, Copy)]
pub struct Mfa<'a> {
    /// The device's serial number.
    pub serial: &'a str,
    /// Its code, which AWS takes once.
    pub code: &'a str,
}

/// A call with which a session begins.
#[derive(Clone, Copy, Debug)]
pub enum Begin<'a> {
    /// `GetSessionToken`: for the user itself, for so many seconds.
    Session(Option<u32>),
    /// `AssumeRole`.
    Role(&'a Role),
}

impl Client<'_> {
    /// Begins a session.
    pub fn begin(
        &self,
        sts: &Endpoint,
        keys: &Keys,
        begin: Begin<'_>,
        mfa: Option<Mfa<'_>>,
    ) -> Result<Credentials, CallError> {
        let (action, call) = match begin {
            Begin::Session(duration) => {
                let call = Call::once("GetSessionToken");
                (
                    "GetSessionToken",
                    call.with_some("DurationSeconds", duration.map(|seconds| seconds.to_string())),
                )
            }
            Begin::Role(role) => ("AssumeRole", assume(role)),
        };
        let call = call
            .with_some("SerialNumber", mfa.map(|mfa| mfa.serial))
            .with_some("TokenCode", mfa.map(|mfa| mfa.code));
        let answer = self.call(sts, keys, &call)?;
        Credentials::read(&answer).ok_or(CallError::Unreadable { action })
    }

    /// The ARN of whoever these keys belong to.
    pub fn caller(&self, sts: &Endpoint, keys: &Keys) -> Result<String, CallError> {
        let action = "GetCallerIdentity";
        let answer = self.call(sts, keys, &Call::asking(action))?;
        answer.text(&["Arn"]).map(str::to_owned).ok_or(CallError::Unreadable { action })
    }
}

fn assume(role: &Role) -> Call {
    Call::once("AssumeRole")
        .with("RoleArn", &role.arn)
        .with("RoleSessionName", role.session_name.as_deref().unwrap_or(SESSION_NAME))
        .with_some("ExternalId", role.external_id.as_deref())
        .with_some("DurationSeconds", role.duration.map(|seconds| seconds.to_string()))
}

impl Credentials {
    fn read(answer: &Element) -> Option<Self> {
        let text = |name| answer.text(&["Credentials", name]);
        let keys = Keys {
            id: text("AccessKeyId")?.to_owned(),
            secret: Zeroizing::new(text("SecretAccessKey")?.to_owned()),
            token: Some(Zeroizing::new(text("SessionToken")?.to_owned())),
        };
        Some(Self { keys, expires: when::from_iso(text("Expiration")?)? })
    }

    /// When they are over, as AWS writes it.
    pub fn expiration(&self) -> String {
        when::iso(self.expires)
    }

    /// As a `credential_process` prints them (the AWS CLI's "sourcing credentials with an external process").
    pub fn to_json(&self) -> Zeroizing<String> {
        let told = json!({
            "Version": 1,
            "AccessKeyId": self.keys.id,
            "SecretAccessKey": self.keys.secret.as_str(),
            "SessionToken": self.keys.token.as_ref().map(|token| token.as_str()),
            "Expiration": self.expiration(),
        });
        Zeroizing::new(told.to_string())
    }

    /// Reads that again.
    pub fn from_json(text: &[u8]) -> Option<Self> {
        let told: Value = serde_json::from_slice(text).ok()?;
        let keys = Keys::from_json(&told)?;
        Some(Self { keys, expires: when::from_iso(told.get("Expiration")?.as_str()?)? })
    }
}

impl Keys {
    /// Reads what a `credential_process` prints, and `aws configure export-credentials`.
    pub fn from_process(text: &[u8]) -> Option<Self> {
        Self::from_json(&serde_json::from_slice(text).ok()?)
    }

    fn from_json(told: &Value) -> Option<Self> {
        let text = |name: &str| told.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        Some(Self {
            id: text("AccessKeyId")?.to_owned(),
            secret: Zeroizing::new(text("SecretAccessKey")?.to_owned()),
            token: text("SessionToken").map(|token| Zeroizing::new(token.to_owned())),
        })
    }
}
