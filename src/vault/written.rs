//! Rows on their way into a file. Nothing of them is copied, and each says first how many fields it has: where that is
//! not said the serializer keeps all of it in a buffer of its own.

use super::model::Extra;
use super::stamp::{Stamp, Stamps};
use crate::otp::Secret;
use crate::text::Text;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// A row: its fields in their order, those that are none left out, and what a newer keyfob wrote.
pub(super) struct Written<'a, const N: usize> {
    pub(super) fields: [(&'static str, Option<Value<'a>>); N],
    pub(super) extra: &'a Extra,
}

/// What stands in a field.
pub(super) enum Value<'a> {
    Text(&'a str),
    Texts(&'a [Text]),
    Bytes(&'a [u8]),
    Secret(&'a Secret),
    Number(u64),
    Signed(i64),
    True,
    Stamp(Stamp),
    /// Those of fields, by name.
    Stamps(BTreeMap<&'a str, (u64, u64)>),
    /// The count of the last write of each writer.
    Past(&'a BTreeMap<u64, u64>),
}

impl<'a> Value<'a> {
    /// The stamps of the fields that were changed; none where none were.
    pub(super) fn stamps(stamps: &'a Stamps) -> Option<Self> {
        let since = stamps.since();
        let known = since.changed.iter().map(|(field, stamp)| (field.name(), stamp.row()));
        let foreign = since.foreign.iter().map(|(name, stamp)| (name.as_str(), stamp.row()));
        let all: BTreeMap<_, _> = known.chain(foreign).collect();
        (!all.is_empty()).then_some(Self::Stamps(all))
    }

    /// The writes that were overwritten; none where none were.
    pub(super) fn past(stamps: &'a Stamps) -> Option<Self> {
        let past = &stamps.since().past;
        (!past.is_empty()).then_some(Self::Past(past))
    }
}

impl<const N: usize> Serialize for Written<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let there = self.fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        let mut map = serializer.serialize_map(Some(there.clone().count() + self.extra.len()))?;
        for (name, value) in there {
            map.serialize_entry(name, value)?;
        }
        for (name, value) in self.extra {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => serializer.collect_seq(texts.iter().map(Text::raw)),
            Self::Bytes(bytes) => serializer.serialize_bytes(bytes),
            Self::Secret(secret) => secret.expose(|bytes| serializer.serialize_bytes(bytes)),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Signed(number) => serializer.serialize_i64(*number),
            Self::True => serializer.serialize_bool(true),
            Self::Stamp(stamp) => stamp.row().serialize(serializer),
            Self::Stamps(stamps) => stamps.serialize(serializer),
            Self::Past(past) => serializer.collect_seq(past.iter().map(|(writer, count)| (*count, *writer))),
        }
    }
}
