//! Signed requests: AWS Signature Version 4, with the signature in the `Authorization` header.
//!
//! Source: "Create a signed AWS API request" of the IAM user guide.

use super::keys::Keys;
use super::when;
use crate::clock::UnixTime;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A request before it is signed. Names of headers are in lower case.
#[derive(Clone)]
pub struct Request {
    /// `POST`, say.
    pub method: &'static str,
    /// Host, with the port where that is not the usual one.
    pub host: String,
    /// From `/` on, encoded as it is sent.
    pub path: String,
    /// What follows `?`, sorted and encoded as it is sent; empty for none.
    pub query: String,
    /// Those besides `host` and what signing adds.
    pub headers: Vec<(&'static str, Zeroizing<String>)>,
    /// The body.
    pub body: Zeroizing<String>,
}

/// What a signature is good for.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The region that the service answers for.
    pub region: &'a str,
    /// `sts` or `iam`.
    pub service: &'a str,
}

impl Request {
    /// The same with the headers that sign it: date, token where there is one, and signature.
    #[must_use]
    pub fn signed(mut self, keys: &Keys, scope: Scope<'_>, now: UnixTime) -> Self {
        let time = when::compact(now);
        self.headers.push(("x-amz-date", Zeroizing::new(time.clone())));
        if let Some(token) = &keys.token {
            self.headers.push(("x-amz-security-token", token.clone()));
        }
        let names = self.signed_names();
        let day = time.get(..8).unwrap_or_default();
        let scoped = format!("{day}/{}/{}/aws4_request", scope.region, scope.service);
        let hash = hex(&Sha256::digest(self.canonical(&names).as_bytes()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scoped}\n{hash}");
        let signature = hex(hmac(&signing_key(keys, day, scope), &to_sign).as_slice());
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scoped}, SignedHeaders={}, Signature={signature}",
            keys.id,
            names.join(";")
        );
        self.headers.push(("authorization", Zeroizing::new(authorization)));
        self
    }

    fn signed_names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).chain(["host"]).collect();
        names.sort_unstable();
        names
    }

    fn canonical(&self, names: &[&str]) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!("{}\n{}\n{}\n", self.method, self.path, self.query));
        for name in names {
            let given = self.headers.iter().find(|(other, _)| other == name);
            let value = given.map_or(self.host.as_str(), |(_, value)| value.as_str());
            text.extend([*name, ":", value.trim(), "\n"]);
        }
        let hash = hex(&Sha256::digest(self.body.as_bytes()));
        text.extend(["\n", &names.join(";"), "\n", &hash]);
        text
    }
}

fn signing_key(keys: &Keys, day: &str, scope: Scope<'_>) -> Zeroizing<Vec<u8>> {
    let first = Zeroizing::new(format!("AWS4{}", keys.secret.as_str()).into_bytes());
    [day, scope.region, scope.service, "aws4_request"].iter().fold(first, |key, part| hmac(&key, part))
}

fn hmac(key: &[u8], text: &str) -> Zeroizing<Vec<u8>> {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Zeroizing::default() };
    mac.update(text.as_bytes());
    Zeroizing::new(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // a String takes everything
        text
    })
}
