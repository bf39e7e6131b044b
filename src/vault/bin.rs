//! Bytes in the vault's `MessagePack`.

use super::bad::BadVault;
use super::wiped::Wiped;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// Bytes as `MessagePack`'s bin, wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Bin(pub(super) Wiped);

impl From<&[u8]> for Bin {
    fn from(bytes: &[u8]) -> Self {
        Self(Wiped::from(bytes))
    }
}

impl Serialize for Bin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BinVisitor;
        impl de::Visitor<'_> for BinVisitor {
            type Value = Bin;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bin")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bin, E> {
                Ok(Bin::from(bytes))
            }
        }
        deserializer.deserialize_bytes(BinVisitor)
    }
}

/// The same, lent by whoever has them: contents need not be there twice.
#[derive(Clone, Copy)]
pub(super) struct Lent<'a>(pub(super) &'a [u8]);

impl Serialize for Lent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Lent<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LentVisitor;
        impl<'de> de::Visitor<'de> for LentVisitor {
            type Value = Lent<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bin")
            }

            fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Lent<'de>, E> {
                Ok(Lent(bytes))
            }
        }
        deserializer.deserialize_bytes(LentVisitor)
    }
}

/// Bytes of a fixed length.
pub(super) fn fixed<const N: usize>(bin: &Bin) -> Result<[u8; N], BadVault> {
    bin.0
        .as_slice()
        .try_into()
        .map_err(|_| BadVault::Contents(format!("{} bytes where {N} belong", bin.0.len())))
}
