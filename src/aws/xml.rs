//! Just enough XML for AWS's answers: elements and their texts. Attributes and comments say nothing.

use std::borrow::Cow;
use zeroize::Zeroizing;

/// The longest reference of a character, in bytes, without `&` and `;`.
const MOST_NAMED: usize = 10;
/// Deeper than any answer.
const MOST_DEEP: usize = 24;

/// An element.
#[derive(Clone, Default)]
pub struct Element {
    name: String,
    text: Zeroizing<String>,
    children: Vec<Self>,
}

impl Element {
    /// Reads a document; none for what is no XML of this kind.
    pub fn parse(text: &str) -> Option<Self> {
        let mut open = vec![Self::default()];
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            open.last_mut()?.text.push_str(&unescaped(before));
            let (tag, after) = markup(after)?;
            rest = after;
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let done = open.pop().filter(|done| done.name == name.trim_end())?;
                open.last_mut()?.children.push(done);
                continue;
            }
            let name = tag.split([' ', '\t', '\r', '\n', '/']).next().filter(|name| !name.is_empty())?;
            let element = Self { name: name.to_owned(), ..Self::default() };
            if tag.ends_with('/') {
                open.last_mut()?.children.push(element);
            } else if open.len() < MOST_DEEP {
                open.push(element);
            } else {
                return None;
            }
        }
        let root = open.pop().filter(|_| open.is_empty())?;
        root.children.into_iter().next()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first element at the end of this way down.
    pub fn at(&self, way: &[&str]) -> Option<&Self> {
        way.iter().try_fold(self, |element, name| element.children.iter().find(|child| child.name == *name))
    }

    /// The text of the element at the end of this way down; an empty one is none.
    pub fn text(&self, way: &[&str]) -> Option<&str> {
        self.at(way).map(|element| element.text.trim()).filter(|text| !text.is_empty())
    }

    /// The elements of a list.
    pub fn members(&self, way: &[&str]) -> impl Iterator<Item = &Self> {
        let list = self.at(way).map(|list| list.children.as_slice()).unwrap_or_default();
        list.iter().filter(|child| child.name == "member")
    }
}

/// What stands up to the end of a tag or comment, and what follows it.
fn markup(after: &str) -> Option<(&str, &str)> {
    match after.strip_prefix("!--") {
        Some(comment) => comment.split_once("-->").map(|(_, rest)| ("!", rest)),
        None => after.split_once('>'),
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // Looked for nearby alone: a text of nothing but `&` would be read again for each of them.
        let end = after.bytes().take(MOST_NAMED + 1).position(|byte| byte == b';');
        let named = end.and_then(|end| Some((character(after.get(..end)?)?, after.get(end + 1..)?)));
        let (character, after) = named.unwrap_or(('&', after));
        out.push(character);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32)
        }
    }
}
