//! `html`: a sheet for paper, with a QR code and a label for each device, and what to do with them.
//!
//! The page is static: no scripts, nothing from elsewhere, every name escaped. Its words stand in `sheet.html`.

use super::super::entry::{Entry, Names, Place, Refusal};
use super::super::error::ReadError;
use super::super::format::{Contents, Format, Writer};
use super::super::keys::Keys;
use super::super::tools::File;
use crate::device::{Device, otpauth};
use crate::otp::Method;
use crate::qr::{Matrix, Redundancy, to_svg};
use crate::text::safe;
use std::fmt::Write;
use zeroize::Zeroizing;

pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    sniff,
    read,
    write: Some(Writer { fits: crate::device::Device::has_secret, clear: write, sealed: None }),
};

/// The page, with room for the devices behind [`ROOM`].
const PAGE: &str = include_str!("sheet.html");
const ROOM: &str = "<main>\n";
/// What tells the page from those of others.
const MARK: &str = "<meta name=\"generator\" content=\"keyfob sheet";
/// A device's URI stands between these two.
const URI: (&str, &str) = ("<p class=\"uri\">", "</p>");
/// The most bytes that a device takes: its code's picture, above all.
const DEVICE: usize = 96 << 10;

fn sniff(file: &File<'_>) -> bool {
    file.text().is_ok_and(|text| text.contains(MARK))
}

fn read(file: &File<'_>, _: Keys<'_>) -> Result<Contents, ReadError> {
    let text = file.text()?;
    let uris = text.split(URI.0).skip(1).map(|rest| rest.split(URI.1).next().unwrap_or_default());
    Ok(uris.enumerate().map(|(index, uri)| entry(index + 1, uri)).collect::<Vec<_>>().into())
}

fn entry(number: usize, escaped: &str) -> Entry {
    // What is ours has no other character of HTML in it.
    let uri = Zeroizing::new(escaped.replace("&amp;", "&"));
    let found = otpauth::parse(&uri).map_err(|error| (Names::default(), Refusal::Uri(error)));
    Entry { place: Place::Entry(number), found }
}

fn write(devices: &[&Device]) -> Zeroizing<Vec<u8>> {
    let (head, foot) = PAGE.split_once(ROOM).unwrap_or((PAGE, ""));
    // Room for all at once, since a buffer that grows leaves copies of secrets behind.
    let mut page = Zeroizing::new(String::with_capacity(PAGE.len() + devices.len() * DEVICE));
    page.push_str(head);
    page.push_str(ROOM);
    for device in devices {
        article(&mut page, device);
    }
    page.push_str(foot);
    Zeroizing::new(std::mem::take(&mut *page).into_bytes())
}

fn article(page: &mut String, device: &Device) {
    let uri = otpauth::to_uri(device);
    page.push_str("<article>\n");
    // Names may be so long that no code takes them all; the key can be typed.
    let code = Matrix::new(&uri, Redundancy::Paper).or_else(|| Matrix::new(&uri, Redundancy::Least));
    if let Some(code) = code {
        page.push_str(&to_svg(&code));
    }
    let (issuer, account) = (html(device.issuer.raw()), html(device.account.raw()));
    let (issuer, account) = (issuer.as_str(), account.as_str());
    let _ = write!(page, "<div>\n<h2>{issuer}</h2>\n<p>{account}</p>\n<p class=\"secret\">");
    for (index, letter) in device.secret.to_base32().chars().enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            page.push(' ');
        }
        page.push(letter);
    }
    let _ = write!(page, "</p>\n<p class=\"how\">{}</p>\n{}", how(&device.method), URI.0);
    page.push_str(&html(&uri));
    let _ = write!(page, "{}\n</div>\n</article>\n", URI.1);
}

/// What has to be said to an app beside the secret.
fn how(method: &Method) -> String {
    let (kind, algorithm, digits) = (method.kind().as_str(), method.algorithm(), method.digits());
    let kind = kind.to_ascii_uppercase();
    match method {
        Method::Totp { period, .. } => {
            format!("{kind}, {algorithm}, {digits} digits, {} seconds", period.get())
        }
        Method::Hotp { counter, .. } => format!("{kind}, {algorithm}, {digits} digits, counter {counter}"),
        Method::Steam | Method::Hardware => kind,
    }
}

/// A text from outside, harmless in HTML and to whoever reads it.
fn html(raw: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(6 * raw.len()));
    for letter in safe(raw).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}
