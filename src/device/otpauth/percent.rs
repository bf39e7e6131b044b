//! Percent escapes (RFC 3986 section 2.1), read strictly.

use super::error::{Part, UriError};
use zeroize::Zeroizing;

/// What a `+` means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plus {
    /// Itself: before the `?`.
    IsPlus,
    /// A space: in the parameters, as HTML forms write them.
    IsSpace,
}

/// Decodes a part of a URI.
pub(super) fn decode(raw: &str, plus: Plus, part: Part) -> Result<Zeroizing<String>, UriError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(raw.len()));
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => escaped(&mut rest).ok_or(UriError::Escape { part })?,
            b'+' if plus == Plus::IsSpace => b' ',
            _ => byte,
        });
    }
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            Err(UriError::NotUtf8 { part })
        }
    }
}

fn escaped(rest: &mut impl Iterator<Item = u8>) -> Option<u8> {
    let high = char::from(rest.next()?).to_digit(16)?;
    let low = char::from(rest.next()?).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}
