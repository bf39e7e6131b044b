//! `1password`: 1Password's 1PUX (a zip archive with `export.data`) and its table.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::Draft;
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::sheet::{self, Columns};
use super::super::tools::zip::Archive;

pub const FORMAT: Format =
    Format { name: "1password", extensions: &["1pux", "csv"], sniff, read, write: None };

const DATA: &str = "export.data";
const COLUMNS: Columns = Columns {
    issuer: &["title"],
    account: &["username"],
    secret: &["otpauth", "one-time password"],
    favourite: &["favorite"],
    ..Columns::NONE
};

fn sniff(file: &File<'_>) -> bool {
    file.members().iter().any(|name| name == DATA)
        || sheet::has(&file.columns(), &["title", "username", "otpauth"])
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    if file.members().is_empty() {
        return Ok(sheet::read(file.text()?, &COLUMNS)?.into());
    }
    let data =
        Archive::open(file.bytes())?.member(|name| name == DATA, keys)?.ok_or(ReadError::Lacks(DATA))?;
    let json = Json::parse(std::str::from_utf8(&data).map_err(|_| ReadError::NotText)?)?;
    let accounts = json.get("accounts").as_list().ok_or(ReadError::Lacks("accounts"))?;
    let vaults = accounts.iter().flat_map(|account| account.list("vaults"));
    let mut entries = Vec::new();
    for item in vaults.flat_map(|vault| vault.list("items")) {
        // Older files have the item one level deeper.
        let item = if item.has("item") { item.get("item") } else { item };
        add(&mut entries, item);
    }
    Ok(entries.into())
}

/// An item may have several codes, each a field of one of its sections.
fn add(entries: &mut Vec<Entry>, item: &Json) {
    let overview = item.get("overview");
    let fields = item.get("details").list("sections").iter().flat_map(|section| section.list("fields"));
    for code in fields.map(|field| field.get("value").text("totp")).filter(|code| !code.is_empty()) {
        let draft = Draft {
            issuer: overview.text("title"),
            account: username(item),
            tags: overview.list("tags").iter().map(Json::as_text).chain(state(item)).collect(),
            favourite: matches!(item.get("favIndex"), Json::Whole(1..)),
            ..Draft::default()
        };
        entries.push(draft.entry_of_field(Place::Entry(entries.len() + 1), code, Facts::default()));
    }
}

/// The tag of what was put away, or thrown away.
fn state(item: &Json) -> Option<&str> {
    match item.text("state") {
        _ if item.is_true("trashed") => Some("trashed"),
        state @ ("archived" | "trashed") => Some(state),
        _ => None,
    }
}

fn username(item: &Json) -> &str {
    let fields = item.get("details").list("loginFields");
    fields
        .iter()
        .find(|field| field.text("designation") == "username")
        .map_or("", |field| field.text("value"))
}
