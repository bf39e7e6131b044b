//! `freeotp+`: FreeOTP+'s JSON. Its other export is a list of URIs.

use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft;
use super::super::tools::json::Json;
use super::freeotp;

pub const FORMAT: Format = Format { name: "freeotp+", extensions: &["json"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    let is_token = |json: &Json| json.has("secret") && (json.has("algo") || json.has("label"));
    let json = file.json();
    json.has("tokens") && (json.has("tokenOrder") || json.list("tokens").iter().any(is_token))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let tokens = file.json().get("tokens").as_list().ok_or(ReadError::Lacks("tokens"))?;
    Ok(draft::entries(tokens, freeotp::token_entry).into())
}
