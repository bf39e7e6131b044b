//! `duo`: the accounts that Duo Mobile keeps (JSON). Accounts that are approved by a push message have no secret here.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;

pub const FORMAT: Format = Format { name: "duo", extensions: &["json"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    file.json().as_list().is_some_and(|list| list.iter().any(|json| json.has("otpGenerator")))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let list = file.json().as_list().ok_or(ReadError::NotThis)?;
    Ok(draft::entries(list, entry).into())
}

/// A counter makes the difference: nothing else says the kind.
fn entry(place: Place, json: &Json) -> Entry {
    let otp = json.get("otpGenerator");
    let kind = if matches!(otp.get("counter"), Json::Null) { "totp" } else { "hotp" };
    let facts = Facts { kind, counter: otp.number("counter"), ..Facts::default() };
    let what = facts.method().and_then(|method| Ok((base32(otp.text("otpSecret"))?, method)));
    Draft { account: json.text("name"), ..Draft::default() }.entry(place, what)
}
