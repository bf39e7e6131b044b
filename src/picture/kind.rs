//! Kinds of picture files, told by how they begin.

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// JPEG, in JFIF or Exif clothes.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF: its first picture.
    Gif,
    /// Windows bitmaps.
    Bmp,
}

impl Kind {
    /// What a file's contents say that it is; its name says nothing.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            // Text may begin with these two letters: the four bytes that are kept free have to be zero, too.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Self::Bmp),
            _ if is_webp => Some(Self::Webp),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes_alone() {
        let cases: [(&[u8], Option<Kind>); 8] = [
            (b"\x89PNG\r\n\x1a\n....", Some(Kind::Png)),
            (b"\xff\xd8\xff\xe0", Some(Kind::Jpeg)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"GIF89a", Some(Kind::Gif)),
            (b"BM\x36\x10\0\0\0\0\0\0", Some(Kind::Bmp)),
            (b"BMW:alice,otpauth://", None),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(Kind::of(bytes), kind, "{bytes:?}");
        }
    }
}
