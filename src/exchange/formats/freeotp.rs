//! `freeotp`: the tokens of FreeOTP 1 as Android keeps them (`tokens.xml`): a JSON text a token.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{Draft, byte_list};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;

pub const FORMAT: Format = Format { name: "freeotp", extensions: &["xml"], sniff, read, write: None };

/// The one text of the map that is no token.
const ORDER: &str = "tokenOrder";

fn sniff(file: &File<'_>) -> bool {
    file.xml().is_some_and(|root| {
        *root.name == *"map"
            && root
                .all("string")
                .any(|string| string.attribute("name") == ORDER || string.text.contains("\"secret\""))
    })
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let root = file.xml().ok_or(ReadError::NotThis)?;
    let tokens = root.all("string").filter(|string| string.attribute("name") != ORDER);
    let entry = |(index, text): (usize, &str)| match Json::parse(text) {
        Ok(token) => token_entry(Place::Entry(index + 1), &token),
        Err(_) => {
            Entry { place: Place::Entry(index + 1), found: Err((Names::default(), Refusal::Malformed)) }
        }
    };
    Ok(tokens.map(|string| string.text.as_str()).enumerate().map(entry).collect::<Vec<_>>().into())
}

/// A token of FreeOTP 1, and of FreeOTP+. The counter is taken as it is stored: the app adds one before it makes a
/// code, so that it may be one behind; services look ahead of theirs, and refuse a code from before it.
pub fn token_entry(place: Place, token: &Json) -> Entry {
    let facts = Facts::from_json(token, kind(token), token.text("algo"));
    let what = facts.method().and_then(|method| Ok((byte_list(token.get("secret"))?, method)));
    draft(token).entry(place, what)
}

/// What a token is called: `Int` is what was enrolled, `Ext` what its URI's parameter says, `Alt` what the person made
/// of it.
pub fn draft(token: &Json) -> Draft<'_> {
    let issuer = token.first_text(&["issuerAlt", "issuerExt", "issuerInt"]);
    Draft { issuer, account: token.first_text(&["labelAlt", "label"]), ..Draft::default() }
}

/// Steam's tokens are TOTP there, told by the issuer that was enrolled.
pub fn kind(token: &Json) -> &str {
    let kind = token.text("type");
    let is_steam = ["issuerExt", "issuerInt"].iter().any(|key| token.text(key) == "Steam");
    if is_steam && kind.eq_ignore_ascii_case("totp") { "steam" } else { kind }
}
