//! A file in memory, looked at once: what it is written in, before anybody asks of which app it is.

use super::super::error::ReadError;
use super::super::gauge::Gauge;
use super::json::Json;
use super::sheet;
use super::xml::Element;
use super::zip::{Archive, is_zip};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// A file in memory.
#[derive(Debug)]
pub struct File<'a> {
    name: Cow<'a, str>,
    bytes: &'a [u8],
    in_folder: bool,
    gauge: Option<&'a Gauge>,
    shape: Shape,
}

/// What a file is written in.
#[derive(Debug)]
enum Shape {
    Json(Json),
    Xml(Box<Element>),
    Zip(Vec<String>),
    /// Text in UTF-16, read; the file itself is no UTF-8.
    Text(Option<Zeroizing<String>>),
    /// Text that looks like JSON or XML, or a zip archive, but is no good one.
    Broken(ReadError),
    Binary,
}

impl<'a> File<'a> {
    /// Looks at a file of this name, without its folder.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name: name.into(), bytes, in_folder: false, gauge: None, shape: shape(bytes) }
    }

    /// The same for a file in a folder that is read whole: the name is its way from there.
    #[must_use]
    pub fn in_folder(self) -> Self {
        Self { in_folder: true, ..self }
    }

    /// The same, where somebody looks how far it is read.
    #[must_use]
    pub fn watched(self, gauge: &'a Gauge) -> Self {
        Self { gauge: Some(gauge), ..self }
    }

    /// Tells that so many more bytes are read.
    pub fn advance(&self, bytes: usize) {
        self.gauge.iter().for_each(|gauge| gauge.advance(bytes));
    }

    /// Whether it is one of a folder that is read whole.
    pub fn is_in_folder(&self) -> bool {
        self.in_folder
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name without what comes after the last dot.
    pub fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(&*self.name, |(stem, _)| stem)
    }

    /// Whether its name ends like this, after the last dot.
    pub fn ends_in(&self, extension: &str) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
    }

    /// All of it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The JSON that it is; null for anything else.
    pub fn json(&self) -> &Json {
        static NOTHING: Json = Json::Null;
        if let Shape::Json(json) = &self.shape { json } else { &NOTHING }
    }

    /// The XML that it is.
    pub fn xml(&self) -> Option<&Element> {
        if let Shape::Xml(root) = &self.shape { Some(root) } else { None }
    }

    /// The names of its members, when it is a zip archive; none for anything else.
    pub fn members(&self) -> &[String] {
        if let Shape::Zip(names) = &self.shape { names } else { &[] }
    }

    /// The text that it is, JSON and XML too, without a byte order mark.
    pub fn text(&self) -> Result<&str, ReadError> {
        match &self.shape {
            Shape::Text(Some(text)) => Ok(text),
            Shape::Zip(_) | Shape::Binary => Err(ReadError::NotText),
            _ => utf8(self.bytes).ok_or(ReadError::NotText),
        }
    }

    /// The text that it is, unless that is JSON or XML.
    pub fn plain_text(&self) -> Option<&str> {
        if let Shape::Text(_) = &self.shape { self.text().ok() } else { None }
    }

    /// What the columns of the table that it is are called, in lower case.
    pub fn columns(&self) -> Vec<String> {
        self.plain_text().map(sheet::head).unwrap_or_default()
    }

    /// Whether it is neither text nor an archive.
    pub fn is_binary(&self) -> bool {
        matches!(self.shape, Shape::Binary)
    }

    /// What is wrong with a file that no format knows.
    pub fn problem(&self) -> ReadError {
        let head = self.text().unwrap_or_default().trim_start().get(..14).unwrap_or_default();
        match &self.shape {
            _ if self.bytes.is_empty() => ReadError::Empty,
            _ if head.to_ascii_lowercase().starts_with("<!doctype html") => ReadError::WebPage,
            Shape::Broken(error) => error.clone(),
            Shape::Xml(root) if root.name.eq_ignore_ascii_case("html") => ReadError::WebPage,
            Shape::Json(Json::List(list)) if list.is_empty() => ReadError::NoEntry,
            Shape::Zip(names) if names.is_empty() => ReadError::NoEntry,
            _ => ReadError::UnknownFormat,
        }
    }
}

fn shape(bytes: &[u8]) -> Shape {
    if is_zip(bytes) {
        return Archive::open(bytes).map_or_else(Shape::Broken, |archive| Shape::Zip(archive.names()));
    }
    let wide = utf16(bytes);
    let Some(text) = wide.as_deref().map(String::as_str).or_else(|| utf8(bytes)) else {
        return Shape::Binary;
    };
    let parsed = match text.trim_start().chars().next() {
        Some('{' | '[') if !is_prose(text) => Json::parse(text).map(Shape::Json),
        Some('<') if !is_prose(text) => Element::parse(text).map(|root| Shape::Xml(Box::new(root))),
        _ => return Shape::Text(wide),
    };
    parsed.unwrap_or_else(Shape::Broken)
}

/// Whether a text starts with a bracket and is neither JSON nor XML all the same: `[my code](otpauth://…)`,
/// `<otpauth://…>`.
fn is_prose(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let (first, rest) = (letters.next(), letters.as_str().trim_start());
    match (first, rest.chars().next()) {
        (Some('<'), _) => {
            let name = rest.find(|letter: char| letter.is_whitespace() || letter == '>');
            name.and_then(|end| rest.get(..end)).is_some_and(|name| name.contains("://"))
        }
        (_, Some('{' | '}' | '[' | ']' | '"' | '-' | '0'..='9') | None) => false,
        _ => !["true", "false", "null"].iter().any(|word| rest.starts_with(word)),
    }
}

/// Text in UTF-8 without its byte order mark. A NUL stands in no text.
fn utf8(bytes: &[u8]) -> Option<&str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// Text in UTF-16, which a byte order mark tells.
fn utf16(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let unit: fn([u8; 2]) -> u16 = match bytes.first_chunk()? {
        [0xfe, 0xff] => u16::from_be_bytes,
        [0xff, 0xfe] => u16::from_le_bytes,
        _ => return None,
    };
    let units = bytes.get(2..)?.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit));
    char::decode_utf16(units).collect::<Result<String, _>>().ok().map(Zeroizing::new)
}
