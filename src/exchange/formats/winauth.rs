//! `winauth`: WinAuth's zip archive with a list of URIs, with a password or without. Its text file is `uris`.

use super::super::error::ReadError;
use super::super::format::{Contents, Format};
use super::super::keys::Keys;
use super::super::tools::File;
use super::super::tools::zip::Archive;
use super::uris;

pub const FORMAT: Format = Format { name: "winauth", extensions: &["zip"], sniff, read, write: None };

fn sniff(file: &File<'_>) -> bool {
    file.members().iter().any(|name| is_list(name))
}

fn is_list(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("txt"))
}

fn read(file: &File<'_>, keys: Keys<'_>) -> Result<Contents, ReadError> {
    let data = Archive::open(file.bytes())?.member(is_list, keys)?.ok_or(ReadError::NotThis)?;
    Ok(uris::read_text(std::str::from_utf8(&data).map_err(|_| ReadError::NotText)?))
}
