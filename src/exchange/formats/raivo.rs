//! `raivo`: Raivo OTP's JSON, and the zip archive with a password that it comes in. Every value is a text.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::zip::Archive;

pub const FORMAT: Format = Format { name: "raivo", extensions: &["json", "zip"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    let is_entry = |json: &Json| json.has("timer") && json.has("secret");
    file.members().iter().any(|name| is_export(name))
        || file.json().as_list().is_some_and(|list| list.iter().any(is_entry))
}

fn is_export(name: &str) -> bool {
    let end = name.strip_prefix("raivo-otp-export").and_then(|rest| rest.rsplit_once('.'));
    end.is_some_and(|(_, end)| end.eq_ignore_ascii_case("json"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if file.members().is_empty() {
        return entries(file.json());
    }
    let data = Archive::open(file.bytes())?.member(is_export, keys)?.ok_or(ReadError::NotThis)?;
    entries(&Json::parse(std::str::from_utf8(&data).map_err(|_| ReadError::NotText)?)?)
}

fn entries(json: &Json) -> Result<Contents, ReadError> {
    let list = json.as_list().ok_or(ReadError::NotThis)?;
    Ok(draft::entries(list, entry).into())
}

fn entry(place: Place, json: &Json) -> Entry {
    let draft = Draft {
        issuer: json.text("issuer"),
        account: json.text("account"),
        favourite: json.is_true("pinned"),
        ..Draft::default()
    };
    let facts = Facts {
        kind: json.text("kind"),
        algorithm: json.text("algorithm"),
        digits: json.number("digits"),
        period: json.number("timer"),
        counter: json.number("counter"),
    };
    draft.entry(place, facts.method().and_then(|method| Ok((base32(json.text("secret"))?, method))))
}
