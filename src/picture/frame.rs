//! What goes through the pipe from the child: each text behind its length, and how it ended.
//!
//! The child may have been taken over by the picture: nothing it says is trusted to be well-formed.

use super::error::PictureError;
use super::{MAX_CODES, MAX_TEXT};
use std::io::ErrorKind;
use zeroize::Zeroizing;

/// A text follows: its length in four bytes, little-endian, and its UTF-8.
const TEXT: u8 = b'T';
/// The end: one more byte says how.
const END: u8 = b'E';

/// The most bytes that an answer may have.
pub(super) const MAX_ANSWER: usize = MAX_CODES * (MAX_TEXT + 5) + 2;

/// The ends that the child itself can tell.
const ENDS: [(u8, PictureError); 8] = [
    (b'0', PictureError::NoCode),
    (b'b', PictureError::NoClipboard),
    (b'n', PictureError::NotCopied),
    (b'p', PictureError::NotAPicture),
    (b'l', PictureError::TooLarge),
    (b'x', PictureError::TooManyPixels),
    (b'd', PictureError::Damaged),
    (b'c', PictureError::NoChild(ErrorKind::Other)),
];
const DONE: u8 = b'.';

/// An answer as bytes.
pub(super) fn write(answer: &Result<Vec<Zeroizing<String>>, PictureError>) -> Zeroizing<Vec<u8>> {
    let texts = answer.as_deref().unwrap_or_default();
    let length: usize = texts.iter().map(|text| text.len() + 5).sum();
    // Room for all at once: a buffer that grows leaves copies of secrets behind.
    let mut out = Zeroizing::new(Vec::with_capacity(length + 2));
    for text in texts {
        out.push(TEXT);
        out.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    let end = answer.as_ref().err().map(|error| ENDS.iter().find(|(_, known)| known == error));
    out.push(END);
    out.push(end.map_or(DONE, |known| known.map_or(b'd', |(byte, _)| *byte)));
    out
}

/// Reads an answer. One without an end, or with anything after it, is none.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Zeroizing<String>>, PictureError> {
    let mut texts = Vec::new();
    let mut rest = bytes;
    loop {
        match rest {
            [TEXT, after @ ..] if texts.len() < MAX_CODES => {
                let (text, more) = split_text(after).ok_or(PictureError::GaveUp)?;
                texts.push(text);
                rest = more;
            }
            [END, DONE] if texts.is_empty() => return Err(PictureError::NoCode),
            [END, DONE] => return Ok(texts),
            [END, end] => {
                let known = ENDS.into_iter().find(|(byte, _)| byte == end);
                return Err(known.map_or(PictureError::GaveUp, |(_, error)| error));
            }
            _ => return Err(PictureError::GaveUp),
        }
    }
}

fn split_text(bytes: &[u8]) -> Option<(Zeroizing<String>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length <= MAX_TEXT)?;
    let (text, rest) = rest.split_at_checked(length)?;
    Some((Zeroizing::new(std::str::from_utf8(text).ok()?.to_owned()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<Zeroizing<String>> {
        texts.iter().map(|text| Zeroizing::new((*text).to_owned())).collect()
    }

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        for answer in [Ok(texts(&["otpauth://a", "", "Zürich\nb"])), Err(PictureError::TooManyPixels)] {
            assert_eq!(read(&write(&answer)), answer);
        }
        assert_eq!(read(&write(&Ok(Vec::new()))), Err(PictureError::NoCode));
    }

    #[test]
    fn an_answer_that_is_cut_or_made_up_is_none() {
        let whole = write(&Ok(texts(&["otpauth://a"])));
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length]), Err(PictureError::GaveUp), "{length} bytes");
        }
        let made_up: [&[u8]; 5] = [b"T\xff\xff\xff\xffabcE.", b"T\x01\0\0\0\xffE.", b"E..", b"E?", b"XE."];
        for bytes in made_up {
            assert_eq!(read(bytes), Err(PictureError::GaveUp), "{bytes:?}");
        }
        let many = write(&Ok(texts(&["a"; MAX_CODES + 1])));
        assert_eq!(read(&many), Err(PictureError::GaveUp));
    }
}
