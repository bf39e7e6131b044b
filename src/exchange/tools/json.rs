//! JSON that wipes itself: `serde_json`'s own values would leave copies of every secret behind.

use super::super::error::{ReadError, Syntax};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use zeroize::Zeroizing;

/// How deep lists and objects may stand inside of each other.
const MAX_DEPTH: usize = 64;
/// The most values a file may hold. They take a few bytes of the file each, and 32 in memory.
const MAX_VALUES: usize = 2_000_000;

/// A value.
#[derive(Debug, Default)]
pub enum Json {
    /// `null`, and what is not there at all.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Other,
    /// Text.
    Text(Zeroizing<String>),
    /// A list.
    List(Vec<Self>),
    /// An object, in the order of the file.
    Map(Vec<(Box<str>, Self)>),
}

static NOTHING: Json = Json::Null;

impl Json {
    /// Reads a text that is one value, and nothing after it. An object with a key twice is refused: which of
    /// the two values its writer meant can't be told.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let text = without_lone_surrogates(text.trim_start_matches('\u{feff}'));
        let left = Cell::new(MAX_VALUES);
        let mut reader = serde_json::Deserializer::from_str(&text);
        let read = Seed { depth: 0, left: &left }.deserialize(&mut reader).and_then(|json| {
            reader.end()?;
            Ok(json)
        });
        read.map_err(|error| ReadError::Broken {
            syntax: Syntax::Json,
            line: error.line(),
            column: error.column(),
        })
    }

    /// The value of a key; null when there is none, or this is no object.
    pub fn get(&self, key: &str) -> &Self {
        match self {
            Self::Map(pairs) => {
                pairs.iter().find(|(name, _)| **name == *key).map_or(&NOTHING, |(_, json)| json)
            }
            _ => &NOTHING,
        }
    }

    /// Whether this is an object with this key.
    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Map(pairs) if pairs.iter().any(|(name, _)| **name == *key))
    }

    /// The text that this is; empty for anything else.
    pub fn as_text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// The text of a key; empty for anything else.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).as_text()
    }

    /// What stands in the list of a key, by a text that each has; of those with the same text the first. Who looks
    /// something up for every entry of a file does not go through the list each time: both can be long.
    pub fn by_text(&self, list: &str, key: &str) -> HashMap<&str, &Self> {
        let mut found = HashMap::new();
        for json in self.list(list) {
            found.entry(json.text(key)).or_insert(json);
        }
        found
    }

    /// The first of these keys that has a text.
    pub fn first_text(&self, keys: &[&str]) -> &str {
        keys.iter().map(|key| self.text(key)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The list that this is; none for anything else.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// The list of a key; empty for anything else.
    pub fn list(&self, key: &str) -> &[Self] {
        self.get(key).as_list().unwrap_or_default()
    }

    /// Whether a key says true, as `true` or as a text.
    pub fn is_true(&self, key: &str) -> bool {
        match self.get(key) {
            Self::Bool(truth) => *truth,
            other => other.as_text().eq_ignore_ascii_case("true"),
        }
    }

    /// The whole number of a key, from 0: written as a number or as a text of digits. None when there is
    /// nothing, null or an empty text; an error for anything else.
    pub fn number(&self, key: &str) -> Number {
        match self.get(key) {
            Self::Null => Ok(None),
            Self::Whole(number) => u64::try_from(*number).map(Some).map_err(|_| NotANumber),
            Self::Text(text) => digits_of_text(text),
            _ => Err(NotANumber),
        }
    }

    /// The bytes of a list of whole numbers, as Java writes them: from -128 to 127, or up to 255.
    pub fn bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        let byte = |json: &Self| match json {
            // The two's complement of a negative byte is what is meant.
            Self::Whole(number @ -128..=255) => Some(number.to_le_bytes()[0]),
            _ => None,
        };
        self.as_list()?.iter().map(byte).collect::<Option<Vec<u8>>>().map(Zeroizing::new)
    }
}

/// What should be a whole number is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

/// A number that may be missing, or none.
pub type Number = Result<Option<u64>, NotANumber>;

/// The number of a text of digits; none for an empty one.
pub fn digits_of_text(text: &str) -> Number {
    let text = text.trim();
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        _ if text.is_empty() => Ok(None),
        true => text.parse().map(Some).map_err(|_| NotANumber),
        false => Err(NotANumber),
    }
}

/// `30.0` is 30: some writers know no other numbers. Beyond 2^53 they are not exact, and taken for none.
fn whole(number: f64) -> Option<i64> {
    let is_exact = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    is_exact.then(|| format!("{number:.0}").parse().ok()).flatten()
}

/// JSON may escape half of a surrogate pair, which is no character: U+FFFD takes its place.
fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    const LOST: &str = "fffd";
    let mut lone = Vec::new();
    let mut high = None;
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('\\')).map(|at| from + at) {
        let unit = text
            .get(at + 2..at + 6)
            .filter(|_| text.as_bytes().get(at + 1) == Some(&b'u'))
            .and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let before = high.take();
        let is_low = matches!(unit, Some(0xdc00..0xe000));
        let is_pair = is_low && before.is_some_and(|before| before + 6 == at);
        lone.extend(before.filter(|_| !is_pair));
        match unit {
            Some(0xd800..0xdc00) => high = Some(at),
            Some(_) if is_low && !is_pair => lone.push(at),
            _ => {}
        }
        from = at + if unit.is_some() { 6 } else { 2 };
    }
    lone.extend(high);
    if lone.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut mended = text.to_owned();
    for at in lone {
        mended.replace_range(at + 2..at + 6, LOST);
    }
    Cow::Owned(mended)
}

/// Reads one value, within the limits.
#[derive(Clone, Copy)]
struct Seed<'a> {
    depth: usize,
    left: &'a Cell<usize>,
}

impl Seed<'_> {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("too deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let left = self.left.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Other, Json::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(whole(number).map_or(Json::Other, Json::Whole))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let seed = self.inside()?;
        let mut list = Vec::new();
        while let Some(json) = sequence.next_element_seed(seed)? {
            list.push(json);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let seed = self.inside()?;
        let mut pairs: Vec<(Box<str>, Json)> = Vec::new();
        // FreeOTP's map has a key for each token: looking through the pairs for every one would take too long.
        let mut known = std::collections::HashSet::new();
        while let Some(key) = map.next_key::<Box<str>>()? {
            if !known.insert(key.clone()) {
                return Err(A::Error::custom("a key twice"));
            }
            pairs.push((key, map.next_value_seed(seed)?));
        }
        Ok(Json::Map(pairs))
    }
}
