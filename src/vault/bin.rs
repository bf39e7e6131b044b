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

/// Bytes of a fixed length.
pub(super) fn fixed<const N: usize>(bin: &Bin) -> Result<[u8; N], BadVault> {
    bin.0
        .as_slice()
        .try_into()
        .map_err(|_| BadVault::Contents(format!("{} bytes where {N} belong", bin.0.len())))
}
