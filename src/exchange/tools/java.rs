//! Java's object serialisation, as little of it as is needed: a `HashMap` of texts.
//!
//! Source: Java Object Serialization Specification, chapter 6 (stream protocol).

use super::super::error::ReadError;
use super::bytes::Bytes;
use super::zip::MAX_UNPACKED;
use zeroize::Zeroizing;

const MAGIC: &[u8] = &[0xac, 0xed, 0, 5];
const OBJECT: u8 = 0x73;
const CLASS: u8 = 0x72;
const NULL: u8 = 0x70;
const REFERENCE: u8 = 0x71;
const STRING: u8 = 0x74;
const LONG_STRING: u8 = 0x7c;
const BLOCK: u8 = 0x77;
const END: u8 = 0x78;
/// The first number by which something that was written before is named again: the class, then the object.
const FIRST_HANDLE: u32 = 0x7e_0000;
const FIRST_STRING: u32 = FIRST_HANDLE + 2;

/// Key and value of a map.
pub type Pair = (String, Zeroizing<String>);

/// Whether these bytes are such a stream.
pub fn is_stream(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a stream that is one `HashMap` of texts.
pub fn string_map(bytes: &[u8]) -> Result<Vec<Pair>, ReadError> {
    let mut stream = Stream { bytes: Bytes::new(bytes), strings: Vec::new(), copied: 0 };
    let size = stream.head()?;
    let mut pairs = Vec::new();
    for _ in 0..size {
        let key = stream.string()?.ok_or(ReadError::Damaged)?;
        if let Some(value) = stream.string()? {
            pairs.push((key.to_string(), value));
        }
    }
    Ok(pairs)
}

struct Stream<'a> {
    bytes: Bytes<'a>,
    /// The texts so far: a text that comes again is only named.
    strings: Vec<Zeroizing<String>>,
    /// How many bytes were made of naming texts again: five bytes can stand for sixteen million.
    copied: u64,
}

impl Stream<'_> {
    /// Passes over the class and the map's own fields, and gives how many pairs follow.
    fn head(&mut self) -> Result<u32, ReadError> {
        if !self.bytes.skip(MAGIC) || self.byte()? != OBJECT || self.byte()? != CLASS {
            return Err(ReadError::NotThis);
        }
        if self.short_text()? != b"java.util.HashMap" {
            return Err(ReadError::NotThis);
        }
        // Its version and flags.
        self.bytes.take(8 + 1)?;
        let mut size_of_fields = 0;
        for _ in 0..u16::from_be_bytes(self.bytes.array()?) {
            size_of_fields += match self.byte()? {
                b'F' | b'I' => 4,
                _ => return Err(ReadError::NotThis),
            };
            self.short_text()?;
        }
        if self.byte()? != END || self.byte()? != NULL {
            return Err(ReadError::NotThis);
        }
        self.bytes.take(size_of_fields)?;
        if self.byte()? != BLOCK || self.byte()? != 8 {
            return Err(ReadError::NotThis);
        }
        // How many buckets it had.
        self.bytes.take(4)?;
        Ok(u32::from_be_bytes(self.bytes.array()?))
    }

    fn byte(&mut self) -> Result<u8, ReadError> {
        Ok(self.bytes.array::<1>()?[0])
    }

    fn short_text(&mut self) -> Result<&[u8], ReadError> {
        let length = u16::from_be_bytes(self.bytes.array()?);
        self.bytes.take(length.into())
    }

    fn string(&mut self) -> Result<Option<Zeroizing<String>>, ReadError> {
        let text = match self.byte()? {
            NULL => return Ok(None),
            REFERENCE => {
                let handle = u32::from_be_bytes(self.bytes.array()?).checked_sub(FIRST_STRING);
                let known = handle.and_then(|handle| self.strings.get(usize::try_from(handle).ok()?));
                let known = known.ok_or(ReadError::Damaged)?;
                self.copied += known.len() as u64;
                if self.copied > MAX_UNPACKED {
                    return Err(ReadError::TooLarge);
                }
                return Ok(Some(known.clone()));
            }
            STRING => self.short_text()?,
            LONG_STRING => {
                let length = u64::from_be_bytes(self.bytes.array()?);
                self.bytes.take(usize::try_from(length).map_err(|_| ReadError::Damaged)?)?
            }
            _ => return Err(ReadError::NotThis),
        };
        let text = modified_utf8(text).ok_or(ReadError::Damaged)?;
        self.strings.push(text.clone());
        Ok(Some(text))
    }
}

/// Java's own UTF-8: NUL in two bytes, and characters beyond U+FFFF as two halves of three bytes each.
fn modified_utf8(bytes: &[u8]) -> Option<Zeroizing<String>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Zeroizing::new(text.to_owned()));
    }
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first() {
        let tail =
            |at: usize| more.get(at).filter(|byte| **byte & 0xc0 == 0x80).map(|byte| u16::from(*byte & 0x3f));
        let first = u16::from(*first);
        let (unit, used) = match first {
            0..0x80 => (first, 0),
            0xc0..0xe0 => ((first & 0x1f) << 6 | tail(0)?, 1),
            0xe0..0xf0 => ((first & 0x0f) << 12 | tail(0)? << 6 | tail(1)?, 2),
            _ => return None,
        };
        units.push(unit);
        rest = more.get(used..)?;
    }
    let text =
        char::decode_utf16(units.iter().copied()).collect::<Result<String, _>>().ok().map(Zeroizing::new);
    zeroize::Zeroize::zeroize(&mut units);
    text
}
