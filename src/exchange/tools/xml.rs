//! XML as other apps write it: elements, attributes and text. A document type is refused, and with it every
//! entity but the five of XML itself: nothing is fetched, nothing grows.

use super::super::error::{ReadError, Syntax};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zeroize::Zeroizing;

/// How deep elements may stand inside of each other.
const MAX_DEPTH: usize = 64;
/// The most elements that a file may hold.
const MAX_ELEMENTS: usize = 500_000;

/// An element, with the text that stands directly in it.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, as it is written.
    pub name: Box<str>,
    /// Its attributes.
    pub attributes: Vec<(Box<str>, String)>,
    /// Its text, all pieces joined.
    pub text: Zeroizing<String>,
    /// The elements in it, in their order.
    pub children: Vec<Self>,
}

impl Element {
    /// Reads a document, and gives its outermost element.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            let event = reader.read_event();
            let broken = || broken(text, reader.buffer_position());
            match event.map_err(|_| broken())? {
                Event::Start(start) => {
                    count += 1;
                    if count > MAX_ELEMENTS || open.len() > MAX_DEPTH {
                        return Err(ReadError::TooLarge);
                    }
                    open.push(Self::started(&start).ok_or_else(broken)?);
                }
                Event::Empty(start) => {
                    count += 1;
                    let element = Self::started(&start).ok_or_else(broken)?;
                    open.last_mut().ok_or_else(broken)?.children.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().ok_or_else(broken)?;
                    open.last_mut().ok_or_else(broken)?.children.push(element);
                }
                Event::Text(piece) => {
                    let piece = piece.xml10_content().map_err(|_| broken())?;
                    open.last_mut().ok_or_else(broken)?.text.push_str(&piece);
                }
                Event::CData(piece) => {
                    let piece = piece.xml10_content().map_err(|_| broken())?;
                    open.last_mut().ok_or_else(broken)?.text.push_str(&piece);
                }
                Event::GeneralRef(reference) => {
                    let character = character(&reference).ok_or_else(broken)?;
                    open.last_mut().ok_or_else(broken)?.text.push(character);
                }
                Event::DocType(_) => return Err(ReadError::Unsupported("DOCTYPE")),
                Event::Eof => break,
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            }
        }
        match (open.len(), open.pop().and_then(|document| document.children.into_iter().next())) {
            (1, Some(root)) => Ok(root),
            _ => Err(ReadError::Damaged),
        }
    }

    fn started(start: &BytesStart<'_>) -> Option<Self> {
        let mut element =
            Self { name: std::str::from_utf8(start.name().as_ref()).ok()?.into(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = std::str::from_utf8(&attribute.value).ok()?;
            let value = quick_xml::escape::unescape(value).ok()?.into_owned();
            element.attributes.push((std::str::from_utf8(attribute.key.as_ref()).ok()?.into(), value));
        }
        Some(element)
    }

    /// The elements of this name that stand directly in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| *child.name == *name)
    }

    /// The first element of this name that stands directly in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| *child.name == *name)
    }

    /// The text of the first element of this name; empty when there is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.as_str())
    }

    /// An attribute; empty when there is none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| **key == *name).map_or("", |(_, value)| value.as_str())
    }
}

/// The character of `&amp;` and its like, or of `&#38;`. No other entity is known.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character);
    }
    match &*reference.xml10_content().ok()? {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn broken(text: &str, position: u64) -> ReadError {
    let before = usize::try_from(position).ok().and_then(|end| text.get(..end)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    ReadError::Broken { syntax: Syntax::Xml, line, column }
}
