//! `lastpass`: LastPass Authenticator's JSON, and the table of LastPass' vault.

use super::super::entry::{Entry, Place};
use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::draft::{self, Draft, base32};
use super::super::tools::facts::Facts;
use super::super::tools::json::Json;
use super::super::tools::sheet::{self, Columns};

pub const FORMAT: Format =
    Format { name: "lastpass", extensions: &["json", "csv"], sniff, read, write: None };

const COLUMNS: Columns = Columns {
    issuer: &["name"],
    account: &["username"],
    secret: &["totp"],
    favourite: &["fav"],
    ..Columns::NONE
};

fn sniff(file: &File<'_>) -> bool {
    let has_names = |json: &Json| json.has("issuerName") || json.has("originalIssuerName");
    file.json().list("accounts").iter().any(has_names)
        || sheet::has(&file.columns(), &["url", "username", "totp", "extra", "grouping"])
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    match file.json().get("accounts").as_list() {
        Some(accounts) => {
            let folders = file.json().list("folders");
            Ok(draft::entries(accounts, |place, account| entry(place, account, folders)).into())
        }
        None => Ok(sheet::read(file.text()?, &COLUMNS)?.into()),
    }
}

fn entry(place: Place, json: &Json, folders: &[Json]) -> Entry {
    let data = json.get("folderData");
    let folder = data.number("folderId").ok().flatten().filter(|id| *id > 0);
    let folder = folders.iter().find(|known| folder.is_some() && known.number("id").ok() == Some(folder));
    let draft = Draft {
        tags: folder.map(|folder| folder.text("name")).into_iter().collect(),
        issuer: json.first_text(&["issuerName", "originalIssuerName"]),
        account: json.first_text(&["userName", "originalUserName"]),
        favourite: json.is_true("isFavorite"),
        ..Draft::default()
    };
    let facts = Facts {
        algorithm: json.text("algorithm"),
        digits: json.number("digits"),
        period: json.number("timeStep"),
        ..Facts::default()
    };
    draft.entry(place, facts.method().and_then(|method| Ok((base32(json.text("secret"))?, method))))
}
