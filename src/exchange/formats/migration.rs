//! `migration`: a text of nothing but Google Authenticator's `otpauth-migration:` URIs.

use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::{File, google};
use super::uris;
use crate::device::Device;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "migration",
    extensions: &["txt"],
    sniff,
    read,
    write: Some(Writer { fits: google::fits, clear: write, sealed: None }),
};

fn sniff(file: &File<'_>) -> bool {
    file.plain_text().is_some_and(|text| {
        let mut lines = uris::lines(text).peekable();
        lines.peek().is_some() && lines.all(|(_, line)| google::is_migration(line))
    })
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    Ok(uris::read_text(file.text()?))
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::new());
    for uri in google::to_uris(devices) {
        out.extend_from_slice(uri.as_bytes());
        out.push(b'\n');
    }
    out
}
