//! What is wrong with pictures.

use super::{Exit, Reason};
use crate::picture::{MAX_BYTES, MAX_PIXELS, PictureError};

impl Reason for PictureError {
    const SUBJECT: &'static str = "picture";

    fn reason(&self) -> String {
        match self {
            Self::NotAPicture => "it is no picture that is known (PNG, JPEG, WebP, GIF, BMP)".into(),
            Self::TooLarge => format!("it is larger than {} MiB", MAX_BYTES >> 20),
            Self::TooManyPixels => {
                format!(
                    "it has more than {} million pixels, or wants too much memory",
                    MAX_PIXELS / 1_000_000
                )
            }
            Self::NoClipboard => "no clipboard can be reached from here".into(),
            Self::NotCopied => "there is no picture on it".into(),
            Self::Damaged => "the picture is damaged or cut short".into(),
            Self::NoCode => "no QR code was found in it".into(),
            Self::GaveUp => "reading it took too much time or memory, and was given up".into(),
            Self::NoChild(kind) => format!("it can't be read safely: no process for it ({kind})"),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NoCode => {
                Some("a sharper or larger picture of the code, with a light margin around it".into())
            }
            Self::NoClipboard => Some("over SSH: ssh HOST keyfob add --qr - < shot.png".into()),
            Self::TooLarge | Self::TooManyPixels | Self::GaveUp => {
                Some("a smaller picture, of the code alone".into())
            }
            _ => None,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoChild(_) => Exit::System,
            _ => Exit::BadInput,
        }
    }
}
